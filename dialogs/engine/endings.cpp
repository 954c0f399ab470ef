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
    {"complaint", end_complaint, "anonymous target matter date place street name phone evidence",
     "receipt receipt_anonymous receipt_by receipt_by_days", true},
    {"material", end_material, "case other_code meaning evidence", "other_meaning receipt receipt_box until gone", true},
    {"material_code", material_code, "", "code_misspelt code_unread code_not_own"},
    {"appointment", end_appointment, "which do sure case slot phone confirm",
     "booked with changed only_one taken cancelled kept not_cancelled not_booked gone remind_day remind_hours"},
    {"appointment_look", appointment_look, "", ""},
    {"appointment_old", appointment_old, "", ""},
    {"callback", end_callback, "phone when", "noted any_time by by_days"},
    {"withdraw", end_withdraw, "case sure", "done appointment kept gone"},
    {"reopen", end_reopen, "case reason", "done by by_days gone", true},
    {"supplement", end_supplement, "case text evidence", "done nothing gone", true},
    {"rate", end_rate, "case score words", "thanks unhappy none gone"},
    {"rate_quiet", rate_quiet, "", "later"},
    {"privacy", end_privacy, "what sure_export wrong sure_erase erase_again scope sure_consent",
     "asked_export asked_correct asked_erase taken_back taken_back_all kept by by_days"},
    {"privacy_view", privacy_view, "",
     "view view_since view_turns view_cases view_complaints view_materials view_appointments view_psych view_consent day"},
    {"privacy_scope", privacy_scope, "", "means_sensitive means_screening means_counselling means_care means_all"},
    {"legal_find", legal_find, "", ""},
    {"legal_topic", legal_topic, "", ""},
    {"legal_prepare", legal_prepare, "", ""},
    {"legal_answer", legal_answer, "",
     "danger restate told told_item aid rule cited verbatim verbatim_cut changed_law gone_law means missing clocks authority "
     "authority_general clock_by clock_rolled clock_unrolled clock_left clock_now clock_over clock_not_before clock_general "
     "clock_refused clock_month_only length_day length_working_day length_month length_year evidence ways way_line limits listing "
     "colon and_article found_articles nothing"},
    {"legal_articles", legal_articles, "", "verbatim"},
    {"legal_next", legal_next, "", "again"},
    {"legal_end", legal_end, "question", "closing told_item"},
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
