#pragma once
// The case state machine (domain reference §6). Names as stored.

#include <optional>
#include <string_view>

namespace cases {

enum class case_state {
    draft, submitted, need_more, declined, accepted, awaiting_consent, assigned, in_hand, scheduled, mediating,
    suspended, agreed, performing, closed_success, closed_failed, closed_withdrawn, transferred, archived,
};

std::string_view to_string(case_state state);
std::optional<case_state> parse_case_state(std::string_view text);

// Whether the table of §6 has this transition; anything else is rejected and logged by the caller.
bool may_become(case_state from, case_state to);
// Under way: not closed, declined, withdrawn, transferred or archived. A draft is not a case yet, so it is not open.
bool is_open(case_state state);

}  // namespace cases
