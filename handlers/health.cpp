#include "handlers/health.hpp"

#include "bot/base/log.hpp"

namespace handlers {
namespace {

using bot::net::http_response;

http_response sentence(int status, std::string_view body, std::string_view route)
{
    http_response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = body;
    response.headers.emplace_back("Cache-Control", "no-store");
    response.route = route;
    return response;
}

http_response told(const readiness& now)
{
    if (!now.database_reachable)
        return sentence(503, R"({"ready":false,"reason":"the database does not answer"})", "readyz");
    if (!now.schema_current)
        return sentence(
            503,
            R"({"ready":false,"reason":"the database schema is not current: run hejie migrate"})",
            "readyz"
        );
    return sentence(200, R"({"ready":true})", "readyz");
}

}  // namespace

boost::asio::awaitable<http_response> health::alive(bot::net::http_request) const
{
    co_return sentence(200, R"({"alive":true})", "healthz");
}

boost::asio::awaitable<http_response> health::ready(bot::net::http_request request) const
{
    readiness now;
    try {
        now = co_await ask_();
    } catch (const std::exception& e) {
        bot::log::warn(
            "readiness_unknown",
            {{"request_id", std::string_view(request.request_id)}, {"what", std::string_view(e.what())}}
        );
    }
    co_return told(now);
}

}  // namespace handlers
