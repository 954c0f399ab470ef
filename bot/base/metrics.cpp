#include "bot/base/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <mutex>

namespace bot {
namespace {

class counted final : public counter {
public:
    explicit counted(prometheus::Counter& inner) : inner_(inner) {}
    void add(double n) override { inner_.Increment(n); }
    double value() const override { return inner_.Value(); }

private:
    prometheus::Counter& inner_;
};

class gauged final : public gauge {
public:
    explicit gauged(prometheus::Gauge& inner) : inner_(inner) {}
    void set(double value) override { inner_.Set(value); }
    void add(double n) override { inner_.Increment(n); }

private:
    prometheus::Gauge& inner_;
};

class observed final : public histogram {
public:
    explicit observed(prometheus::Histogram& inner) : inner_(inner) {}
    void observe(double value) override { inner_.Observe(value); }

private:
    prometheus::Histogram& inner_;
};

using series = std::map<std::string, std::string>;

series series_of(metrics::labels with)
{
    series made;
    for (const auto& [name, value] : with) made.emplace(name, value);
    return made;
}

}  // namespace

struct metrics::state {
    // prometheus-cpp takes its labels as std::map or, from 1.1 on, as the same type under another name.
    template <class Port>
    using table = std::map<std::pair<std::string, series>, std::unique_ptr<Port>>;

    // make: called once for each new name and labels, under the lock.
    template <class Port, class Make>
    Port& find_or_make(table<Port>& in, std::string_view name, labels with, Make make)
    {
        const std::scoped_lock hold(mutex);
        auto key = std::pair(std::string(name), series_of(with));
        auto& slot = in[key];
        if (!slot) slot = make(key.first, prometheus::Labels(key.second.begin(), key.second.end()));
        return *slot;
    }

    std::mutex mutex;
    prometheus::Registry registry;  // merges families of one name; the first help text stands
    table<bot::counter> counters;
    table<bot::gauge> gauges;
    table<bot::histogram> histograms;
};

metrics::metrics() : state_(std::make_unique<state>()) {}

metrics::~metrics() = default;

counter& metrics::counter(std::string_view name, std::string_view help, labels with)
{
    return state_
        ->find_or_make(state_->counters, name, with, [&](const std::string& called, const auto& labelled) {
            auto& family =
                prometheus::BuildCounter().Name(called).Help(std::string(help)).Register(state_->registry);
            return std::make_unique<counted>(family.Add(labelled));
        });
}

gauge& metrics::gauge(std::string_view name, std::string_view help, labels with)
{
    return state_
        ->find_or_make(state_->gauges, name, with, [&](const std::string& called, const auto& labelled) {
            auto& family =
                prometheus::BuildGauge().Name(called).Help(std::string(help)).Register(state_->registry);
            return std::make_unique<gauged>(family.Add(labelled));
        });
}

histogram& metrics::histogram(
    std::string_view name, std::string_view help, std::vector<double> bounds, labels with
)
{
    return state_
        ->find_or_make(state_->histograms, name, with, [&](const std::string& called, const auto& labelled) {
            auto& family =
                prometheus::BuildHistogram().Name(called).Help(std::string(help)).Register(state_->registry);
            return std::make_unique<observed>(family.Add(labelled, bounds));
        });
}

std::string metrics::render() const
{
    return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace bot
