#include "dialogs/understanding/safety_memory.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

namespace dialogs {

namespace {

constexpr std::size_t turns_kept = 10;
constexpr auto kept_for = std::chrono::hours(24);
constexpr int mild_signs_for_alert = 3;

// An alert has called a person already: what came before it is not counted again.
int mild_signs_since_alert(const safety_memory& turns)
{
    int mild = 0;
    for (auto turn = turns.rbegin(); turn != turns.rend() && turn->level < crisis_level::c2; ++turn)
        mild += turn->level == crisis_level::c1 ? 1 : 0;
    return mild;
}

}  // namespace

remembered remember(safety_memory before, screening found, bot::instant now)
{
    for (auto& turn : before)
        turn.at = std::min(turn.at, now);
    std::erase_if(before, [now](const turn_sign& turn) { return now - turn.at > kept_for; });
    before.push_back({found.level, now});
    if (before.size() > turns_kept)
        before.erase(before.begin(), before.end() - static_cast<std::ptrdiff_t>(turns_kept));
    if (found.level == crisis_level::c1 && mild_signs_since_alert(before) >= mild_signs_for_alert) {
        found.level = crisis_level::c2;
        found.reasons.emplace_back("memory.mild_signs");
        before.back().level = found.level;
    }
    return {std::move(found), std::move(before)};
}

}  // namespace dialogs
