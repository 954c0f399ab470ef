#pragma once
// How many customer messages the account may still send to one person, and until when (protocol §8.2).

#include "bot/base/clock.hpp"

#include <string_view>
#include <vector>

namespace bot::simulator {

enum class contact { message, menu_tap, follow, scan };

class send_ledger {
public:
    // A contact opens its window, or opens it anew: a message 5 in 48 hours, anything else 3 in a minute.
    void opened(contact by, bot::instant now);
    // The person left: all windows close.
    void closed() { windows_.clear(); }
    // Takes one message. 0; 45015: no window is open; 45047: the open ones are used up.
    int take(bot::instant now);

private:
    struct window {
        contact by;
        int left;
        bot::instant until;
    };
    std::vector<window> windows_;
};

}  // namespace bot::simulator
