#include "bot/outbox/background.hpp"

#include <algorithm>

namespace bot::outbox {

using steady = std::chrono::steady_clock;

background::background(std::vector<background_job> jobs) : jobs_(std::move(jobs))
{
    thread_ = std::thread([this] { run(); });
}

background::~background()
{
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void background::run()
{
    std::vector<steady::time_point> due(jobs_.size(), steady::now());
    std::unique_lock lock(mutex_);
    while (!stopping_ && !jobs_.empty()) {
        const auto next = std::min_element(due.begin(), due.end());
        if (wake_.wait_until(lock, *next, [this] { return stopping_; })) return;
        const auto& job = jobs_[static_cast<std::size_t>(next - due.begin())];
        lock.unlock();
        job.work();
        lock.lock();
        *next = steady::now() + job.every;
    }
}

}  // namespace bot::outbox
