#include "bot/net/traffic.hpp"

namespace bot::net {
namespace {

// Routes are a fixed set of words; should one ever carry a path, the registry must not grow with it.
constexpr std::size_t max_routes = 100;

constexpr std::array<std::string_view, 6> class_names = {"1xx", "1xx", "2xx", "3xx", "4xx", "5xx"};

}  // namespace

traffic::traffic(metrics& registry)
    : open_connections(registry.gauge("hejie_http_open_connections", "HTTP connections that are open")),
      accept_errors(
          registry.counter("hejie_http_accept_errors_total", "connections that could not be accepted")
      ),
      handler_failures(registry.counter("hejie_http_handler_failures_total", "handlers that threw")),
      registry_(registry)
{
    for (int i = 0; i < refusal_count; ++i)
        refused_[static_cast<std::size_t>(i)] = &registry.counter(
            "hejie_http_refused_total",
            "requests and connections refused before a handler saw them",
            {{"reason", refusal_name(static_cast<refusal>(i))}}
        );
}

traffic::routes::value_type& traffic::of(std::string_view route)
{
    if (route.empty()) route = "none";
    if (const auto known = routes_.find(route); known != routes_.end()) return *known;
    if (routes_.size() >= max_routes) route = "other";
    auto& entry = *routes_.try_emplace(std::string(route)).first;
    if (entry.second.seconds == nullptr)
        entry.second.seconds = &registry_.histogram(
            "hejie_http_request_seconds",
            "time from a request's first bytes to its response",
            {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 4.5},
            {{"route", route}}
        );
    return entry;
}

void traffic::answered(std::string_view route, int status, std::chrono::nanoseconds took)
{
    auto& [name, known] = of(route);
    const auto status_class = static_cast<std::size_t>(status / 100);
    counter*& hits = known.by_class[status_class];
    if (hits == nullptr)
        hits = &registry_.counter(
            "hejie_http_requests_total",
            "requests answered",
            {{"route", name}, {"status", class_names[status_class]}}
        );
    hits->add();
    known.seconds->observe(std::chrono::duration<double>(took).count());
}

}  // namespace bot::net
