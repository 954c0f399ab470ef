#pragma once
// Counters, gauges and histograms in the Prometheus text format. Names and label values hold no personal data:
// label values come from fixed sets (reasons, routes), never from a request.

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bot {

// Handles stay valid as long as the registry; all methods are safe from any thread.
class counter {
public:
    virtual ~counter() = default;
    virtual void add(double n = 1) = 0;
    virtual double value() const = 0;
};

class gauge {
public:
    virtual ~gauge() = default;
    virtual void set(double value) = 0;
    virtual void add(double n) = 0;
};

class histogram {
public:
    virtual ~histogram() = default;
    virtual void observe(double value) = 0;
};

class metrics {
public:
    using labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    metrics();
    ~metrics();
    metrics(const metrics&) = delete;

    // The same name and labels give the same handle; keep the handle, the look-up takes a lock.
    bot::counter& counter(std::string_view name, std::string_view help, labels with = {});
    bot::gauge& gauge(std::string_view name, std::string_view help, labels with = {});
    bot::histogram& histogram(
        std::string_view name, std::string_view help, std::vector<double> bounds, labels with = {}
    );

    // The whole registry as `/metrics` serves it.
    std::string render() const;

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace bot
