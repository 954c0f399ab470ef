#pragma once
// One run: warm-up, measurement, drain. Closed loop: as many messages under way as there are connections,
// each citizen speaking again as soon as it is answered. Open loop: messages fall due by the clock whatever
// the server does, and latency counts from that moment, so that a stall is felt by all that should have been
// sent in it.

#include "tests/bench/turns/citizens.hpp"
#include "tests/bench/turns/connections.hpp"
#include "tests/bench/turns/processes.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace load {

struct plan {
    std::vector<endpoint> to;
    citizens::options talk;
    std::size_t connections = 64;  // in all
    std::size_t max_connections =
        0;                     // open loop: more are opened up to here when none is free; 0: as many as above
    std::size_t citizens = 0;  // at least; 0: one a connection, in open loop 1024
    double warmup = 1, duration = 5;  // seconds
    std::uint64_t messages = 0;       // end after so many measured messages instead of after the duration
    double rate = 0;                  // messages a second, open loop; 0: closed loop
    bool poisson = false;             // exponential gaps; otherwise even ones
    unsigned copies = 1;              // of each message at once, each on a connection of its own
    bool retry = false;               // deliver again by itself, 1 s after a failure, at most three times
    double patience = 5;              // seconds that a message may be overdue before it is given up unsent
    double time_limit = 5;            // seconds until the platform hangs up
    std::vector<pid_t> watched;
};

struct outcome {
    double seconds = 0;               // measured
    std::uint64_t replies = 0;        // good ones within the measured time, every copy counted
    std::uint64_t messages = 0;       // answered within it
    std::uint64_t in_time = 0;        // messages of it answered within 4.5 s of falling due
    std::uint64_t due = 0;            // open loop: messages that fell due in it
    std::uint64_t conversations = 0;  // scripts run to their end, whole run
    std::size_t citizens = 0, connections = 0;
    // From the start of the measurement to the end of the drain.
    std::uint64_t server_errors = 0;  // 5xx
    std::uint64_t other_status = 0;   // neither 200 nor 5xx
    std::uint64_t closed = 0, timed_out = 0, broken = 0, connect_failed = 0;
    std::uint64_t retried = 0;     // deliveries that repeat an unanswered message
    std::uint64_t abandoned = 0;   // citizens given up after four failed deliveries
    std::uint64_t unsent = 0;      // overdue by more than the patience
    std::uint64_t unanswered = 0;  // still under way when the drain ended
    // Whole run: a wrong reply is wrong whenever it came.
    std::array<std::uint64_t, static_cast<std::size_t>(verdict::count)> verdicts{};
    std::string example;
    std::vector<float> latencies;        // milliseconds, sorted
    double cpu_own = 0, cpu_others = 0;  // seconds
    std::vector<double> cpu_watched;     // seconds
    std::vector<memory> memory_watched;  // at the end

    std::uint64_t wrong() const;        // all verdicts but good and silent
    double percentile(double p) const;  // of latencies; 0 when there are none
};

class load_run final : connection_events {
public:
    explicit load_run(plan p);
    // Throws std::runtime_error when the connections cannot be opened.
    outcome run();

private:
    enum class phase { warming, measuring, draining, done };

    void answered(ticket of, int status, std::string_view body) override;
    void failed(ticket of, failure why) override;

    void open_connections();
    void turn_phase(nanoseconds at);
    void start_measuring(nanoseconds at);
    void stop_measuring(nanoseconds at);
    void arrive(nanoseconds at);
    void drop_overdue(nanoseconds at);
    void wake_retries(nanoseconds at);
    void dispatch();
    bool connections_free();
    void deliver(std::uint32_t who, nanoseconds intended);
    std::uint32_t pick_citizen();
    void copy_done(std::uint32_t who);
    void message_done(std::uint32_t who);
    bool is_measured(const citizen& c) const;
    void count_latency(const citizen& c, nanoseconds at);
    nanoseconds next_event(nanoseconds at) const;

    plan plan_;
    citizens citizens_;
    connections connections_;
    outcome out_;
    std::mt19937_64 random_;
    phase phase_ = phase::warming;
    nanoseconds phase_ends_ = 0, measured_from_ = 0;
    nanoseconds next_arrival_ = 0, next_sweep_ = 0;
    double gap_ = 0;                   // mean nanoseconds between arrivals
    std::deque<nanoseconds> due_;      // fallen due, not yet sent
    std::vector<std::uint32_t> idle_;  // citizens with nothing under way
    std::deque<std::pair<nanoseconds, std::uint32_t>> retries_;
    std::size_t speaking_ = 0;  // messages under way
    std::uint64_t refused_before_ = 0;
    cpu_reading cpu_before_;
};

}  // namespace load
