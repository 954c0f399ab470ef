#pragma once
// What the safety screen remembers of a conversation (domain reference §20.1): how serious each of the last turns was, and
// when. Never the words. So three vague messages add up that would pass one by one. A value; the conversation keeps it.

#include "bot/base/clock.hpp"
#include "dialogs/understanding/safety_screen.hpp"

#include <vector>

namespace dialogs {

struct turn_sign {
    crisis_level level = crisis_level::c0;
    bot::instant at;
    friend bool operator==(const turn_sign&, const turn_sign&) = default;
};

// The last turns, oldest first: at most ten, none older than a day.
using safety_memory = std::vector<turn_sign>;

struct remembered {
    screening found;  // as it was, or raised to C2 with the reason "memory.mild_signs"
    safety_memory after;
};

// Three turns of distress (C1) since the last alert, this one among them, are a C2. Turns without a sign take a place
// too. Only for what the citizen said himself; `now` may be earlier than what is remembered, then that counts as now.
remembered remember(safety_memory before, screening found, bot::instant now);

}  // namespace dialogs
