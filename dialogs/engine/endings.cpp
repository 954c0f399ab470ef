#include "dialogs/engine/endings.hpp"

#include "dialogs/engine/turn_maker.hpp"

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
    {"psych_open", psych_open, "", "closed"},
    {"psych_told", psych_told, "", "invite invite_told machine"},
    {"psych_listen", psych_listen, "", "hear_1 hear_2 hear_3 hear_4 hear_5 hear_6 open_1 open_2 open_3 open_4 suggest"},
    {"psych_want", psych_want, "", ""},
    {"psych_end", psych_end, "wish after visit agree slot name phone",
     "for_other goodbye visit_agreed visit_text refused booked asked taken remind_day remind_hours"},
    {"screen_phq9", end_screen_phq9, "agree q1 q2 q3 q4 q5 q6 q7 q8 q9",
     "refused doctor counsellor follow_up minimal mild moderate moderately_severe severe"},
    {"screen_gad7", end_screen_gad7, "agree q1 q2 q3 q4 q5 q6 q7", "refused doctor counsellor follow_up minimal mild moderate severe"},
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

// Words of a choice are that choice; everything else is for the code.
void turn_maker::answer_talk(const step& s, frame& f)
{
    if (const auto chosen = s.words.find(heard_.plain); chosen != s.words.end())
        return answer_option(offers(f, s)[static_cast<std::size_t>(chosen->second)]);
    if (!s.does->run(*this, f)) {
        asked_ = true;  // the next message is for it, however short
        return;
    }
    f.asked.push_back(s.id);
    proceed();
}

const slot_value& slot_of(const frame& f, std::string_view name)
{
    static const slot_value empty;
    const auto at = f.slots.find(std::string(name));
    return at == f.slots.end() ? empty : at->second;
}

}  // namespace dialogs
