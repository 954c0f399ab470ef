#include "handlers/routes.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace handlers {
namespace {

bot::net::http_handler saying(const std::string& text)
{
    return [text](bot::net::http_request) -> boost::asio::awaitable<bot::net::http_response> {
        return [](std::string body) -> boost::asio::awaitable<bot::net::http_response> {
            bot::net::http_response response;
            response.body = std::move(body);
            co_return response;
        }(text);
    };
}

bot::net::http_response ask(const routes& table, const std::string& method, const std::string& path)
{
    boost::asio::io_context io;
    bot::net::http_request request;
    request.method = method;
    request.path = path;
    bot::net::http_response got;
    boost::asio::co_spawn(io, table(std::move(request)), [&got](std::exception_ptr failed, auto response) {
        EXPECT_FALSE(failed);
        got = std::move(response);
    });
    io.run();
    return got;
}

class Routes : public testing::Test {
protected:
    Routes()
    {
        table.add({"GET", "HEAD"}, "/healthz", "healthz", saying("well"));
        table.add({"POST"}, "/wechat/main", "webhook", saying("push"));
        table.add({"GET"}, "/wechat/main", "webhook", saying("echo"));
        table.add_below({"GET"}, "/simulator/", "simulator", saying("page"));
    }
    routes table;
};

TEST_F(Routes, FindByPathAndMethod)
{
    EXPECT_EQ(ask(table, "GET", "/healthz").body, "well");
    EXPECT_EQ(ask(table, "POST", "/wechat/main").body, "push");
    EXPECT_EQ(ask(table, "GET", "/wechat/main").body, "echo");
    EXPECT_EQ(ask(table, "GET", "/wechat/main").route, "webhook");
    EXPECT_EQ(ask(table, "GET", "/simulator/assets/a.js").body, "page");
}

TEST_F(Routes, UnknownPathIs404AndWrongMethodIs405)
{
    EXPECT_EQ(ask(table, "GET", "/nowhere").status, 404);
    EXPECT_EQ(ask(table, "GET", "/healthz/deeper").status, 404);
    EXPECT_EQ(ask(table, "GET", "/simulator").status, 404);
    const auto refused = ask(table, "DELETE", "/wechat/main");
    EXPECT_EQ(refused.status, 405);
    ASSERT_EQ(refused.headers.size(), 1u);
    EXPECT_EQ(refused.headers[0].second, "POST, GET");
}

}  // namespace
}  // namespace handlers
