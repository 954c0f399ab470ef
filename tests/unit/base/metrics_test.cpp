#include "bot/base/metrics.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace {

TEST(Metrics, GivesTheSameHandleForTheSameNameAndLabels)
{
    bot::metrics registry;
    auto& one = registry.counter("refused_total", "why", {{"reason", "host"}, {"where", "here"}});
    auto& again = registry.counter("refused_total", "other words", {{"where", "here"}, {"reason", "host"}});
    auto& other = registry.counter("refused_total", "why", {{"reason", "body"}, {"where", "here"}});
    EXPECT_EQ(&one, &again);
    EXPECT_NE(&one, &other);
    one.add();
    again.add(2);
    EXPECT_EQ(one.value(), 3);
    EXPECT_EQ(other.value(), 0);
}

TEST(Metrics, RendersThePrometheusText)
{
    bot::metrics registry;
    registry.counter("turns_total", "turns committed", {{"engine", "sqlite"}}).add(5);
    registry.gauge("open_lanes", "lanes with work").set(2.5);
    registry.gauge("open_lanes", "lanes with work").add(-1);
    auto& seconds = registry.histogram("turn_seconds", "time of a turn", {0.01, 0.1});
    seconds.observe(0.05);
    seconds.observe(7);
    const std::string page = registry.render();
    for (const char* line : {
             "# HELP turns_total turns committed\n",
             "# TYPE turns_total counter\n",
             "turns_total{engine=\"sqlite\"} 5\n",
             "# TYPE open_lanes gauge\n",
             "open_lanes 1.5\n",
             "turn_seconds_bucket{le=\"0.01\"} 0\n",
             "turn_seconds_bucket{le=\"0.1\"} 1\n",
             "turn_seconds_bucket{le=\"+Inf\"} 2\n",
             "turn_seconds_count 2\n",
         })
        EXPECT_NE(page.find(line), std::string::npos) << line << "\nin\n" << page;
}

TEST(Metrics, EscapesLabelValues)
{
    bot::metrics registry;
    registry.counter("odd_total", "odd", {{"label", "a\"b\\c\nd"}}).add();
    EXPECT_NE(registry.render().find(R"(odd_total{label="a\"b\\c\nd"} 1)"), std::string::npos);
}

TEST(Metrics, RefusesAMalformedNameEachTime)
{
    bot::metrics registry;
    EXPECT_THROW(registry.counter("not a name", "x"), std::exception);
    EXPECT_THROW(registry.counter("not a name", "x"), std::exception);
}

TEST(Metrics, CountsFromManyThreads)
{
    bot::metrics registry;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 1'000; ++i) {
                registry.counter("hits_total", "hits", {{"route", "webhook"}}).add();
                registry.histogram("hit_seconds", "time", {1.0}).observe(0.5);
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(registry.counter("hits_total", "hits", {{"route", "webhook"}}).value(), 4'000);
    EXPECT_NE(registry.render().find("hit_seconds_count 4000\n"), std::string::npos);
}

}  // namespace
