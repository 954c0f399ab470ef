#include "bot/turns/reply_watch.hpp"

namespace bot::turns {
namespace {

// How exactly a waiting request's time is kept.
constexpr std::chrono::milliseconds step{20};

}  // namespace

void reply_watch::add(std::shared_ptr<waiter> who, std::chrono::steady_clock::time_point reply_by)
{
    watched_.push_back({reply_by, std::move(who)});
    if (!armed_)
        arm();
}

void reply_watch::arm()
{
    armed_ = true;
    timer_.expires_after(step);
    timer_.async_wait([this](boost::system::error_code error) {
        if (error)
            return;
        armed_ = false;
        look();
    });
}

void reply_watch::look()
{
    const auto now = std::chrono::steady_clock::now();
    while (!watched_.empty()) {
        const auto who = watched_.front().who.lock();
        const bool waits = who && !who->done();
        if (waits && watched_.front().reply_by > now)
            break;
        watched_.pop_front();
        if (waits) {
            timed_out_.add();
            who->complete(bot::errc::timed_out);
        }
    }
    if (!watched_.empty())
        arm();
}

}  // namespace bot::turns
