#pragma once
// What a channel hands to the turn pipeline, and what it gets back.

#include "bot/base/clock.hpp"
#include "dialogs/turn.hpp"
#include "storage/turn_journal.hpp"

#include <chrono>
#include <vector>

namespace bot::turns {

// One message of one citizen, as often as the platform delivers it.
struct delivery {
    storage::address from;
    dialogs::said what;
    storage::delivery_key key{};  // same for every delivery of the message
    instant received;
    std::chrono::steady_clock::time_point arrived;
    std::chrono::steady_clock::time_point reply_by;  // after this the waiting request is answered without a turn
};

// A committed turn, as every delivery of its message is answered with it.
struct answer {
    instant at;  // the turn's time
    std::vector<dialogs::reply> replies;
};

}  // namespace bot::turns
