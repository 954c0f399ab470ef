#include "dialogs/engine/endings.hpp"

#include "dialogs/engine/conversation.hpp"

#include <algorithm>

namespace dialogs {

namespace {

// clang-format off
constexpr ending table[] = {
    {"consent", end_consent, "", ""},
    {"file_case", end_file_case,
     "story kind date place street requests amount respondent respondent_phone acting acting_for adult guardian name phone reach other_body workers evidence",
     "receipt receipt_by receipt_by_days receipt_person", true},
    {"judge_eligibility", judge_eligibility, "", ""},
    {"show_invitation", show_invitation, "code", "none own blocked over answered asked"},
    {"answer_invitation", end_answer_invitation, "code state choice decided notice side name phone", "thanks_agree thanks_refuse no_notice"},
};
// clang-format on

}  // namespace

std::span<const ending> endings() { return table; }

const ending* find_ending(std::string_view name)
{
    const auto at = std::find_if(std::begin(table), std::end(table), [&](const ending& e) { return e.name == name; });
    return at == std::end(table) ? nullptr : at;
}

const slot_value& slot_of(const frame& f, std::string_view name)
{
    static const slot_value empty;
    const auto at = f.slots.find(std::string(name));
    return at == f.slots.end() ? empty : at->second;
}

}  // namespace dialogs
