#pragma once
// Turns that nobody on the platform waits for: what staff do and say. What such a turn says to the citizen cannot go out
// as the answer to a request, so it goes into the outbox; and the queue's row follows the owner, all in one transaction.

#include "bot/base/clock.hpp"
#include "dialogs/turn.hpp"

namespace bot::turns {

// Adds the effects; leaves every other turn as it is.
void add_unasked_effects(const dialogs::said& what, bot::instant at, dialogs::turn& to);

}  // namespace bot::turns
