#pragma once
// Keeps the time of waiting requests: whoever has no turn at their reply_by is answered timed_out. One timer for all,
// running only while somebody waits. On the I/O thread.

#include "bot/base/metrics.hpp"
#include "bot/turns/lane.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <deque>
#include <memory>

namespace bot::turns {

class reply_watch {
public:
    reply_watch(boost::asio::io_context& io, counter& timed_out) : timer_(io), timed_out_(timed_out) {}

    void add(std::shared_ptr<waiter> who, std::chrono::steady_clock::time_point reply_by);

private:
    void arm();
    void look();

    struct watched {
        std::chrono::steady_clock::time_point reply_by;
        std::weak_ptr<waiter> who;
    };
    std::deque<watched> watched_;  // all requests have the same budget, so they are nearly in order
    boost::asio::steady_timer timer_;
    counter& timed_out_;
    bool armed_ = false;
};

}  // namespace bot::turns
