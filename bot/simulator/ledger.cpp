#include "bot/simulator/ledger.hpp"

#include <algorithm>
#include <chrono>

namespace bot::simulator {

void send_ledger::opened(contact by, bot::instant now)
{
    std::erase_if(windows_, [by](const window& one) { return one.by == by; });
    if (by == contact::message)
        windows_.push_back({by, 5, now + std::chrono::hours(48)});
    else
        windows_.push_back({by, 3, now + std::chrono::minutes(1)});
}

int send_ledger::take(bot::instant now)
{
    std::erase_if(windows_, [now](const window& one) { return one.until <= now; });
    if (windows_.empty()) return 45015;
    // The window that ends first is used first: it is worth the least.
    std::sort(windows_.begin(), windows_.end(), [](const window& a, const window& b) {
        return a.until < b.until;
    });
    const auto open =
        std::find_if(windows_.begin(), windows_.end(), [](const window& one) { return one.left > 0; });
    if (open == windows_.end()) return 45047;
    --open->left;
    return 0;
}

}  // namespace bot::simulator
