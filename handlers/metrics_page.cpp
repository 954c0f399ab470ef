#include "handlers/metrics_page.hpp"

namespace handlers {

boost::asio::awaitable<bot::net::http_response> metrics_page::operator()(bot::net::http_request) const
{
    bot::net::http_response response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = registry_.render();
    response.route = "metrics";
    co_return response;
}

}  // namespace handlers
