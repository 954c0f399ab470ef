#include "handlers/health.hpp"
#include "handlers/metrics_page.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <stdexcept>

namespace handlers {
namespace {

using bot::net::http_response;

http_response run(boost::asio::awaitable<http_response> work)
{
    boost::asio::io_context io;
    http_response got;
    std::exception_ptr thrown;
    boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr failed, http_response response) {
        thrown = failed;
        got = std::move(response);
    });
    io.run();
    if (thrown) std::rethrow_exception(thrown);
    return got;
}

boost::asio::awaitable<readiness> says(readiness now)
{
    co_return now;
}

boost::asio::awaitable<readiness> breaks()
{
    throw std::runtime_error("the pool is gone");
    co_return readiness{};
}

http_response ready_when(readiness now)
{
    const health checked([now] { return says(now); });
    return run(checked.ready({}));
}

TEST(Health, IsAliveWithoutAskingTheDatabase)
{
    const health checked(breaks);
    const http_response response = run(checked.alive({}));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.route, "healthz");
}

TEST(Health, IsReadyOnlyWithDatabaseAndSchema)
{
    EXPECT_EQ(ready_when({true, true}).status, 200);
    EXPECT_EQ(ready_when({true, true}).body, R"({"ready":true})");
    EXPECT_EQ(ready_when({true, false}).status, 503);
    EXPECT_NE(ready_when({true, false}).body.find("hejie migrate"), std::string::npos);
    EXPECT_EQ(ready_when({false, false}).status, 503);
    EXPECT_EQ(ready_when({false, true}).status, 503);
}

TEST(Health, AProbeThatBreaksMeansNotReadyAndTellsNobodyWhy)
{
    const health checked(breaks);
    const http_response response = run(checked.ready({}));
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(response.body.find("pool"), std::string::npos);
}

TEST(MetricsPage, ShowsTheRegistry)
{
    bot::metrics registry;
    registry.counter("turns_total", "turns").add(3);
    const metrics_page page(registry);
    const http_response response = run(page({}));
    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(response.content_type.starts_with("text/plain; version=0.0.4"));
    EXPECT_NE(response.body.find("turns_total 3\n"), std::string::npos);
}

}  // namespace
}  // namespace handlers
