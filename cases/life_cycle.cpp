#include "cases/life_cycle.hpp"

#include <array>
#include <cstddef>

namespace cases {

namespace {

using enum case_state;

// In the order of the enum.
constexpr std::array<std::string_view, 18> names{
    "draft",      "submitted",      "need_more",     "declined",         "accepted",    "awaiting_consent",
    "assigned",   "in_hand",        "scheduled",     "mediating",        "suspended",   "agreed",
    "performing", "closed_success", "closed_failed", "closed_withdrawn", "transferred", "archived",
};

struct transition {
    case_state from;
    case_state to;
};

// Row by row as in the domain reference §6. Withdrawal and transfer, open to every open case, are in may_become.
// clang-format off
constexpr transition transitions[] = {
    {draft, submitted},
    {submitted, accepted}, {submitted, declined}, {submitted, need_more},
    {need_more, submitted}, {need_more, declined},  // declined: nothing came within 30 days
    {accepted, awaiting_consent},
    {awaiting_consent, closed_failed},              // refused, or not to be reached
    {accepted, assigned}, {awaiting_consent, assigned},
    {assigned, in_hand},
    {in_hand, scheduled}, {scheduled, mediating},
    {mediating, suspended}, {suspended, mediating},
    {mediating, agreed}, {mediating, closed_failed},
    {agreed, performing}, {performing, closed_success},
    {performing, performing},                       // a breach is recorded, the case stays
    {closed_success, archived}, {closed_failed, archived}, {closed_withdrawn, archived},
    {closed_success, mediating},                    // reopened at both parties' wish
};
// clang-format on

}  // namespace

std::string_view to_string(case_state state)
{
    return names.at(static_cast<std::size_t>(state));
}

std::optional<case_state> parse_case_state(std::string_view text)
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == text)
            return static_cast<case_state>(i);
    return std::nullopt;
}

bool is_open(case_state state)
{
    switch (state) {
        case draft:
        case declined:
        case closed_success:
        case closed_failed:
        case closed_withdrawn:
        case transferred:
        case archived:
            return false;
        default:
            return true;
    }
}

bool may_become(case_state from, case_state to)
{
    if (to == closed_withdrawn || to == transferred)
        return is_open(from);
    for (const auto& allowed : transitions)
        if (allowed.from == from && allowed.to == to)
            return true;
    return false;
}

}  // namespace cases
