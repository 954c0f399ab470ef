#include "tests/unit/net/loopback.hpp"

#include <gtest/gtest.h>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <sys/resource.h>

#include <fcntl.h>
#include <unistd.h>

#include <set>

namespace {

using bot::net::server_options;
using bot::test::loopback_server;
using bot::test::raw_client;
using namespace std::chrono_literals;

std::string get(const std::string& path, const std::string& fields = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

TEST(Server, KeepsTheConnectionAndGivesEachRequestAnId)
{
    loopback_server server;
    raw_client client(server.port());
    std::set<std::string> ids;
    for (int i = 0; i < 50; ++i) {
        client.send(get("/a"));
        const auto response = client.read();
        ASSERT_TRUE(response);
        EXPECT_EQ(response->status, 200);
        EXPECT_EQ(response->body, "GET\n/a\n\n");
        const std::string id = response->header("X-Request-Id");
        EXPECT_EQ(id.size(), 16U);
        EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos) << id;
        ids.insert(id);
        EXPECT_EQ(response->header("Server"), "");
        EXPECT_EQ(response->header("Date").size(), 29U);
    }
    EXPECT_EQ(ids.size(), 50U);
}

TEST(Server, AnswersPipelinedRequestsInTheirOrder)
{
    loopback_server server;
    raw_client client(server.port());
    std::string all;
    for (int i = 0; i < 500; ++i) all += get("/" + std::to_string(i));
    client.send(all);
    for (int i = 0; i < 500; ++i) {
        const auto response = client.read();
        ASSERT_TRUE(response) << i;
        EXPECT_EQ(response->body, "GET\n/" + std::to_string(i) + "\n\n");
    }
}

TEST(Server, AnswersAPipelinedRequestOnlyAfterTheSlowOneBeforeIt)
{
    loopback_server server;
    raw_client client(server.port());
    client.send(get("/wait") + get("/after"));
    ASSERT_TRUE(server.handler_entered("/wait"));
    server.release();
    EXPECT_EQ(client.read()->body, "GET\n/wait\n\n");
    EXPECT_EQ(client.read()->body, "GET\n/after\n\n");
}

TEST(Server, OneSlowRequestDoesNotHoldUpOthers)
{
    loopback_server server;
    raw_client slow(server.port());
    slow.send(get("/wait"));
    ASSERT_TRUE(server.handler_entered("/wait"));
    raw_client quick(server.port());
    quick.send(get("/quick"));
    EXPECT_EQ(quick.read()->status, 200);
    server.release();
    EXPECT_EQ(slow.read()->status, 200);
}

TEST(Server, HeadSendsTheLengthButNoBody)
{
    loopback_server server;
    raw_client client(server.port());
    client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n" + get("/b"));
    const auto head = client.read(true);
    ASSERT_TRUE(head);
    EXPECT_EQ(head->header("Content-Length"), "9");  // "HEAD\n/a\n\n"
    EXPECT_EQ(client.read()->body, "GET\n/b\n\n");
}

TEST(Server, NoContentHasNeitherBodyNorLength)
{
    loopback_server server;
    raw_client client(server.port());
    client.send(get("/empty") + get("/b"));
    const auto empty = client.read();
    ASSERT_TRUE(empty);
    EXPECT_EQ(empty->status, 204);
    EXPECT_EQ(empty->header("Content-Length"), "");
    EXPECT_EQ(client.read()->body, "GET\n/b\n\n");
}

TEST(Server, ClosesWhenAskedTo)
{
    loopback_server server;
    raw_client client(server.port());
    client.send(get("/a", "Connection: close\r\n") + get("/never"));
    EXPECT_EQ(client.read()->header("Connection"), "close");
    EXPECT_TRUE(client.closed_by_server());
    EXPECT_EQ(server.seen().size(), 1U);
}

TEST(Server, ServesHttp10WithAndWithoutKeepAlive)
{
    loopback_server server;
    raw_client one_shot(server.port());
    one_shot.send("GET /a HTTP/1.0\r\n\r\n");
    EXPECT_EQ(one_shot.read()->status, 200);
    EXPECT_TRUE(one_shot.closed_by_server());
    raw_client kept(server.port());
    kept.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(kept.read()->header("Connection"), "keep-alive");
    kept.send("GET /b HTTP/1.0\r\n\r\n");
    EXPECT_EQ(kept.read()->body, "GET\n/b\n\n");
}

TEST(Server, InvitesTheBodyOfAClientThatAsksFirst)
{
    loopback_server server;
    raw_client client(server.port());
    client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    const auto invitation = client.read();
    ASSERT_TRUE(invitation);
    EXPECT_EQ(invitation->status, 100);
    client.send("abc");
    EXPECT_EQ(client.read()->body, "POST\n/a\n\nabc");
    client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read()->status, 413) << "refused without being sent";
}

TEST(Server, TakesABodyOfExactlyTheLimit)
{
    loopback_server server;
    raw_client client(server.port());
    const std::string body(64 * 1024, 'x');
    client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 65536\r\n\r\n" + body);
    EXPECT_EQ(client.read()->body, "POST\n/a\n\n" + body);
}

TEST(Server, AClientThatSendsFarTooMuchStillReadsWhy)
{
    loopback_server server;
    raw_client client(server.port());
    client.send(
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1048576\r\n\r\n" + std::string(1024 * 1024, 'x')
    );
    const auto response = client.read();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 413);
    EXPECT_TRUE(client.closed_by_server());
}

TEST(Server, AHandlerThatThrowsIsA500AndTheConnectionLives)
{
    loopback_server server;
    raw_client client(server.port());
    testing::internal::CaptureStderr();
    client.send(get("/throw") + get("/unwritable") + get("/after"));
    const auto thrown = client.read();
    const auto unwritable = client.read();
    const auto after = client.read();
    const std::string log = testing::internal::GetCapturedStderr();
    ASSERT_TRUE(thrown && unwritable && after);
    EXPECT_EQ(thrown->status, 500);
    EXPECT_EQ(thrown->body, "");
    EXPECT_EQ(unwritable->status, 500);
    EXPECT_EQ(unwritable->head.find("Set-Cookie"), std::string::npos);
    EXPECT_EQ(after->status, 200);
    EXPECT_EQ(server.counters().counter("hejie_http_handler_failures_total", "").value(), 2);
    EXPECT_NE(log.find("the handler broke"), std::string::npos);
    EXPECT_NE(log.find(thrown->header("X-Request-Id")), std::string::npos);
}

TEST(Server, CountsRequestsByRouteAndStatusAndKeepsPathsOut)
{
    loopback_server server;
    raw_client client(server.port());
    client.send(get("/secret-path?secret-query") + get("/throw") + get("/empty"));
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(client.read());
    // Counted after the last byte is sent; the page is asked for by a later request's turn.
    client.send(get("/after"));
    ASSERT_TRUE(client.read());
    const std::string page = server.counters().render();
    EXPECT_NE(page.find(R"(hejie_http_requests_total{route="test",status="2xx"})"), std::string::npos);
    EXPECT_NE(page.find(R"(hejie_http_requests_total{route="failed",status="5xx"} 1)"), std::string::npos);
    EXPECT_NE(page.find(R"(hejie_http_request_seconds_count{route="test"})"), std::string::npos);
    EXPECT_NE(page.find("hejie_http_open_connections 1\n"), std::string::npos);
    EXPECT_EQ(page.find("secret"), std::string::npos);
}

TEST(Server, LogsRequestsOnlyWhenToldToAndWithoutPathOrAddress)
{
    testing::internal::CaptureStderr();
    std::string id;
    {
        server_options options;
        options.access_log = true;
        loopback_server server(options);
        raw_client client(server.port());
        client.send(get("/secret-path?secret-query"));
        id = client.read()->header("X-Request-Id");
        EXPECT_TRUE(server.stop(10s).wait_for(20s) == std::future_status::ready);
    }
    {
        loopback_server silent;
        raw_client client(silent.port());
        client.send(get("/a"));
        ASSERT_TRUE(client.read());
    }
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_NE(
        log.find(R"("event":"http","request_id":")" + id + R"(","route":"test","status":200,"us":)"),
        std::string::npos
    ) << log;
    EXPECT_EQ(log.find("secret"), std::string::npos) << log;
    EXPECT_EQ(log.find("127.0.0.1"), std::string::npos) << log;
    EXPECT_EQ(log.find('\n'), log.size() - 1) << "one line only: " << log;
}

// The limits below are short; the tests wait for what the server does, not for a time.

TEST(ServerLimits, ASlowHeaderIsToldAndClosed)
{
    server_options options;
    options.header_time = 50ms;
    loopback_server server(options);
    raw_client client(server.port());
    client.send("GET / HTTP/1.1\r\nHo");
    const auto response = client.read();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 408);
    EXPECT_TRUE(client.closed_by_server());
    EXPECT_EQ(server.refused("header_time"), 1);
}

TEST(ServerLimits, ASlowBodyIsToldAndClosed)
{
    server_options options;
    options.body_time = 50ms;
    loopback_server server(options);
    raw_client client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc");
    const auto response = client.read();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 408);
    EXPECT_TRUE(client.closed_by_server());
    EXPECT_EQ(server.refused("body_time"), 1);
    EXPECT_TRUE(server.seen().empty());
}

TEST(ServerLimits, IdleAndSilentConnectionsAreClosedWithoutAWord)
{
    server_options options;
    options.idle_time = 50ms;
    options.header_time = 50ms;
    loopback_server server(options);
    raw_client silent(server.port());
    raw_client idle(server.port());
    idle.send(get("/a"));
    EXPECT_EQ(idle.read()->status, 200);
    EXPECT_TRUE(idle.closed_by_server());
    EXPECT_TRUE(silent.closed_by_server());
    EXPECT_EQ(server.refused("header_time"), 0);
}

TEST(ServerLimits, AClientThatDoesNotReadIsCutOff)
{
    server_options options;
    options.write_time = 50ms;
    loopback_server server(options);
    raw_client client(server.port());
    client.send(get("/large"));
    EXPECT_TRUE(server.eventually([&] { return server.refused("write_time") == 1; }));
    const auto rest = client.read_to_end();
    ASSERT_TRUE(rest);
    EXPECT_LT(rest->size(), 8U * 1024 * 1024);
}

TEST(ServerLimits, AHandlerMayTakeLongerThanAnyOfThem)
{
    server_options options;
    options.header_time = options.body_time = options.idle_time = options.write_time = 20ms;
    loopback_server server(options);
    raw_client waiting(server.port());
    waiting.send(get("/wait"));
    ASSERT_TRUE(server.handler_entered("/wait"));
    raw_client silent(server.port());
    ASSERT_TRUE(silent.closed_by_server());  // by now the limits have passed for the waiting one, too
    server.release();
    EXPECT_EQ(waiting.read()->status, 200);
}

TEST(ServerLimits, ALargeResponseArrivesWhole)
{
    loopback_server server;
    raw_client client(server.port());
    client.send(get("/large") + get("/after"));
    const auto large = client.read();
    ASSERT_TRUE(large);
    EXPECT_EQ(large->body, std::string(8 * 1024 * 1024, 'x'));
    EXPECT_EQ(client.read()->body, "GET\n/after\n\n");
}

TEST(ServerLimits, ConnectionsInAllAndPerAddress)
{
    server_options options;
    options.max_connections = 3;
    options.max_connections_per_address = 2;
    loopback_server server(options);
    raw_client one(server.port());
    raw_client two(server.port());
    raw_client third_of_one_address(server.port());
    EXPECT_TRUE(third_of_one_address.closed_by_server());
    EXPECT_EQ(server.refused("connections_per_address"), 1);
    raw_client other_address(server.port(), "127.0.0.2");
    other_address.send(get("/a"));
    EXPECT_EQ(other_address.read()->status, 200);
    raw_client one_too_many(server.port(), "127.0.0.3");
    EXPECT_TRUE(one_too_many.closed_by_server());
    EXPECT_EQ(server.refused("connections"), 1);

    one.send(get("/a"));
    EXPECT_EQ(one.read()->status, 200) << "those inside are served on";
    two.close();
    EXPECT_TRUE(server.eventually([&] {
        raw_client again(server.port());
        again.send(get("/again"));
        return again.read().has_value();
    })) << "a place that became free is given again";
}

// The number that the next opened file would get.
rlim_t next_file()
{
    const int lowest = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::close(lowest);
    return static_cast<rlim_t>(lowest);
}

// While it lives, the process can open no file.
class no_more_files {
public:
    no_more_files()
    {
        ::getrlimit(RLIMIT_NOFILE, &normal_);
        rlimit none_left = normal_;
        none_left.rlim_cur = next_file();
        ::setrlimit(RLIMIT_NOFILE, &none_left);
    }
    ~no_more_files() { ::setrlimit(RLIMIT_NOFILE, &normal_); }

private:
    rlimit normal_{};
};

TEST(ServerLimits, RunningOutOfFilesDoesNotEndTheServer)
{
    loopback_server server;
    boost::asio::io_context io;
    boost::asio::ip::tcp::socket late(io, boost::asio::ip::tcp::v4());
    raw_client before(server.port());
    before.send(get("/before"));
    ASSERT_TRUE(before.read());

    {
        const no_more_files limit;
        late.connect({boost::asio::ip::make_address("127.0.0.1"), server.port()});
        auto& errors = server.counters().counter("hejie_http_accept_errors_total", "");
        EXPECT_TRUE(server.eventually([&] { return errors.value() > 0; }));
        before.send(get("/during"));
        EXPECT_TRUE(before.read()) << "connections that are there are served on";
    }
    boost::asio::write(late, boost::asio::buffer(get("/late", "Connection: close\r\n")));
    std::string answer;
    boost::system::error_code end;
    boost::asio::read(late, boost::asio::dynamic_buffer(answer), end);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
}

TEST(ServerStart, RefusesAnAddressItCannotHave)
{
    loopback_server first;
    const std::vector<std::string> unusable = {
        "127.0.0.1:" + std::to_string(first.port()),
        "127.0.0.1",
        ":8080",
        "127.0.0.1:",
        "127.0.0.1:99999",
        "127.0.0.1:80x",
        "192.0.2.1:0",
    };
    for (const std::string& listen : unusable) {
        server_options options;
        options.listen = listen;
        boost::asio::io_context io;
        bot::metrics counters;
        EXPECT_THROW(bot::net::server(io, options, {}, counters), boost::system::system_error) << listen;
    }
}

}  // namespace
