#pragma once
// /healthz and /readyz for load balancers and supervisors. Healthy: the I/O thread answers; restart what is
// not. Ready: the database answers and has the schema this program was built for; send no traffic to what is
// not.

#include "bot/net/http_types.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>

namespace handlers {

struct readiness {
    bool database_reachable = false;
    bool schema_current = false;  // every migration of this binary is applied, and none that it does not know
};

class health {
public:
    // Asked anew at each /readyz, on the I/O thread: it must not block. What it throws counts as "not
    // reachable".
    using probe = std::function<boost::asio::awaitable<readiness>()>;

    explicit health(probe ask) : ask_(std::move(ask)) {}

    // The health must outlive both.
    boost::asio::awaitable<bot::net::http_response> alive(bot::net::http_request request) const;
    boost::asio::awaitable<bot::net::http_response> ready(bot::net::http_request request) const;

private:
    probe ask_;
};

}  // namespace handlers
