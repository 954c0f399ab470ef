#pragma once
// Jobs that come round by themselves, on one thread. A job is called again after its interval, counted from its end;
// what it reports is its own business. The destructor lets the job under way end and waits for it.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace bot::outbox {

struct background_job {
    std::chrono::milliseconds every;
    std::function<void()> work;  // must not throw
};

class background {
public:
    explicit background(std::vector<background_job> jobs);
    ~background();
    background(const background&) = delete;

private:
    void run();

    std::vector<background_job> jobs_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace bot::outbox
