#pragma once
// /metrics, in the Prometheus text format.

#include "bot/base/metrics.hpp"
#include "bot/net/http_types.hpp"

#include <boost/asio/awaitable.hpp>

namespace handlers {

class metrics_page {
public:
    // The registry must outlive the page, and the page its requests.
    explicit metrics_page(const bot::metrics& registry) : registry_(registry) {}

    boost::asio::awaitable<bot::net::http_response> operator()(bot::net::http_request request) const;

private:
    const bot::metrics& registry_;
};

}  // namespace handlers
