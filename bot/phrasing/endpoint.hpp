#pragma once
// A language model behind an OpenAI-compatible endpoint (POST …/chat/completions). Off by default. It may put stored
// articles into plainer words for the staff, and nothing else; everything it says is checked (dialogs/phrasing/draft.hpp).
//
// The total time of a call is bounded here, whatever the other side does: silence, a byte a second, endless headers.

#include "bot/base/error.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace bot::phrasing {

struct endpoint_settings {
    std::string base_url;  // with or without /v1; https or http
    std::string key;       // may be empty
    std::string model;
    std::chrono::milliseconds deadline{40'000};  // of a whole call
    std::int64_t tokens_a_day = 200'000;         // as the endpoint counts them; where it does not, bytes / 2
    int failures_until_rest = 5;
    std::chrono::milliseconds rest{30'000};
};

// Blocking: call it on a thread of its own. Safe from any thread; one call at a time, the others are refused.
class endpoint {
public:
    using clock = std::chrono::steady_clock;

    explicit endpoint(endpoint_settings settings);

    // The model's message. Errors: overloaded (a call is under way, the day's tokens are used, it rests after failures
    // or asked us to wait), timed_out, bad_message (not what such an endpoint answers), not_found (cannot be reached).
    // now: for the rest after failures; day: for the day's tokens, days since 1970.
    bot::result<std::string> ask(std::string_view system, std::string_view question, clock::time_point now, std::int64_t day);

private:
    struct call_result {
        bot::result<std::string> message;
        std::int64_t tokens = 0;
        std::chrono::milliseconds wait{0};  // "Retry-After"
    };
    call_result call(std::string_view body) const;
    bool may_call(clock::time_point now, std::int64_t day);
    void note(const call_result& done, clock::time_point now);

    endpoint_settings settings_;
    std::string origin_, path_;
    std::mutex one_;
    std::mutex state_;
    clock::time_point resting_until_{};
    int failures_ = 0;
    std::int64_t day_ = 0, used_ = 0;
};

}  // namespace bot::phrasing
