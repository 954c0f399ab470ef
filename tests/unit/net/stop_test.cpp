#include "tests/unit/net/loopback.hpp"

#include <gtest/gtest.h>

namespace {

using bot::test::loopback_server;
using bot::test::raw_client;
using namespace std::chrono_literals;

const std::string wait_request = "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n";

bool done(std::future<void>& stopped)
{
    return stopped.wait_for(20s) == std::future_status::ready;
}

TEST(Stop, WithoutConnectionsIsImmediate)
{
    loopback_server server;
    auto stopped = server.stop(24h);
    EXPECT_TRUE(done(stopped));
}

TEST(Stop, ClosesIdleConnectionsAndTheListener)
{
    loopback_server server;
    const auto port = server.port();
    raw_client idle(port);
    idle.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(idle.read());
    raw_client silent(port);
    auto stopped = server.stop(24h);
    EXPECT_TRUE(idle.closed_by_server());
    EXPECT_TRUE(silent.closed_by_server());
    EXPECT_TRUE(done(stopped));
    EXPECT_THROW(raw_client{port}, boost::system::system_error);
}

TEST(Stop, LetsARequestUnderWayFinish)
{
    loopback_server server;
    raw_client client(server.port());
    client.send(wait_request + "GET /pipelined HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(server.handler_entered("/wait"));
    auto stopped = server.stop(24h);
    server.release();
    const auto response = client.read();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "GET\n/wait\n\n");
    EXPECT_EQ(response->header("Connection"), "close");
    EXPECT_TRUE(done(stopped));
    EXPECT_EQ(server.seen().size(), 1U) << "the next request was not begun";
}

TEST(Stop, LetsABodyUnderWayArrive)
{
    loopback_server server;
    raw_client client(server.port());
    client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    ASSERT_EQ(client.read()->status, 100);
    auto stopped = server.stop(24h);
    client.send("abc");
    const auto response = client.read();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "POST\n/a\n\nabc");
    EXPECT_TRUE(done(stopped));
}

TEST(Stop, CutsOffWhatDoesNotEndInItsGrace)
{
    loopback_server server;
    raw_client client(server.port());
    client.send(wait_request);
    ASSERT_TRUE(server.handler_entered("/wait"));
    auto stopped = server.stop(20ms);
    EXPECT_TRUE(client.closed_by_server()) << "no answer is better than a false one";
    EXPECT_TRUE(done(stopped));
    EXPECT_EQ(server.counters().counter("hejie_http_handler_failures_total", "").value(), 0);
}

TEST(Stop, CutsOffAClientThatDoesNotRead)
{
    loopback_server server;
    raw_client client(server.port());
    client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(server.handler_entered("/large"));
    auto stopped = server.stop(20ms);
    EXPECT_TRUE(done(stopped));
}

TEST(Stop, DestroyingTheServerUnderRequestsIsSafe)
{
    std::optional<raw_client> waiting;
    std::optional<raw_client> idle;
    {
        loopback_server server;
        waiting.emplace(server.port());
        idle.emplace(server.port());
        waiting->send(wait_request);
        ASSERT_TRUE(server.handler_entered("/wait"));
    }
    EXPECT_TRUE(idle->closed_by_server());
}

TEST(Stop, AContextThatNeverRunsAgainIsSafe)
{
    bot::metrics counters;
    auto io = std::make_unique<boost::asio::io_context>(1);
    bot::net::server_options options;
    options.listen = "127.0.0.1:0";
    auto server = std::make_unique<bot::net::server>(*io, options, bot::net::http_handler(), counters);
    raw_client client(server->port());
    io->poll();
    server.reset();
    io.reset();
    EXPECT_TRUE(client.closed_by_server());
}

}  // namespace
