#pragma once
// The metrics of one HTTP server.

#include "bot/base/metrics.hpp"
#include "bot/net/refusal.hpp"

#include <array>
#include <chrono>
#include <map>
#include <string>
#include <string_view>

namespace bot::net {

class traffic {
public:
    explicit traffic(metrics& registry);

    void refused(refusal why) { refused_[static_cast<std::size_t>(why)]->add(); }
    void answered(std::string_view route, int status, std::chrono::nanoseconds took);

    gauge& open_connections;
    counter& accept_errors;
    counter& handler_failures;  // threw, or gave a response that cannot be written

private:
    struct route_metrics {
        std::array<counter*, 6> by_class{};  // 2 for 2xx and so on; made when first needed
        histogram* seconds = nullptr;
    };
    using routes = std::map<std::string, route_metrics, std::less<>>;
    routes::value_type& of(std::string_view route);

    metrics& registry_;
    std::array<counter*, refusal_count> refused_{};
    routes routes_;
};

}  // namespace bot::net
