#include "handlers/routes.hpp"

#include <algorithm>

namespace handlers {

void routes::add(
    std::initializer_list<std::string_view> methods, std::string path, std::string_view name,
    bot::net::http_handler handler
)
{
    routes_.push_back({methods, std::move(path), false, name, std::move(handler)});
}

void routes::add_below(
    std::initializer_list<std::string_view> methods, std::string prefix, std::string_view name,
    bot::net::http_handler handler
)
{
    routes_.push_back({methods, std::move(prefix), true, name, std::move(handler)});
}

bool routes::route::matches(std::string_view asked) const
{
    return below ? asked.starts_with(path) : asked == path;
}

boost::asio::awaitable<bot::net::http_response> routes::operator()(bot::net::http_request request) const
{
    std::string allowed;
    for (const auto& candidate : routes_) {
        if (!candidate.matches(request.path))
            continue;
        if (std::ranges::find(candidate.methods, request.method) != candidate.methods.end()) {
            auto response = co_await candidate.handler(std::move(request));
            response.route = candidate.name;
            co_return response;
        }
        for (const auto method : candidate.methods)
            allowed.append(allowed.empty() ? "" : ", ").append(method);
    }
    bot::net::http_response refused;
    refused.route = "none";
    refused.status = allowed.empty() ? 404 : 405;
    if (!allowed.empty())
        refused.headers.emplace_back("Allow", std::move(allowed));
    co_return refused;
}

}  // namespace handlers
