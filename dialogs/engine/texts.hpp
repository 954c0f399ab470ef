#pragma once
// The sentences the engine itself says, by name; their words stand in flows/*.yaml under "texts". Beside each name the
// placeholders that may occur in it.

#include <array>
#include <string_view>

namespace dialogs {

// clang-format off
#define HEJIE_TEXTS(X) \
    X(help, "") X(unclear_label, "") X(why, "why") X(human, "hours") X(human_waiting, "hours") X(human_crisis, "hours") \
    X(hours_now, "") X(hours_then, "year month day") X(hours_unknown, "") X(person_left, "") X(person_missed, "") \
    X(returned, "title recap") X(returned_bare, "title") X(closed, "") X(draft_gone, "") X(resume_ask, "") \
    X(more_follows, "") X(more, "") X(no_more, "") X(heard_ask, "lines") X(heard_yes, "") X(heard_no, "") X(heard_which, "") X(heard_again, "") X(heard_dropped, "") \
    X(correct_ask, "label") X(idle_again, "") X(idle_person, "") X(back_first, "") X(nothing_open, "") \
    X(cancel_ask, "title") X(cancel_yes, "") X(cancel_no, "") X(cancelled, "") X(cancel_kept, "") X(cancel_again, "") \
    X(paused, "title") X(resume, "title recap") X(resume_bare, "title") X(resume_go, "") X(resume_new, "") \
    X(resumed, "") X(started_anew, "") X(recap_line, "label value") X(restart_ask, "") \
    X(old_value, "value") X(keep, "") X(kept, "") X(invalid_kept, "value") X(changed, "label value") X(stuck, "") X(pick_gone, "") X(weekdays, "") \
    X(too_long, "max") X(more_text, "") X(draft_so_far, "value") X(done_text, "") \
    X(done_evidence, "") X(skip, "") X(skipped, "") \
    X(unknown_refused, "") X(cut, "value") X(day, "year month day") X(month, "year month") X(year, "year") \
    X(stretch, "from to") X(moment, "year month day hour minute") X(place_outside, "") X(place_located, "value") \
    X(place_unnamed, "latitude longitude") X(street_set, "unit") X(district, "") \
    X(evidence_got, "count") X(evidence_full, "count") X(evidence_early, "count") X(evidence_list, "count") \
    X(evidence_none, "") X(media_idle, "") X(voice_unclear, "") X(location_idle, "") X(location_unasked, "") \
    X(link_unasked, "") X(stale_answered, "") X(stale_old, "") X(stale_other, "") X(idle, "") X(thanks, "") \
    X(offer, "kind") X(offer_plain, "") X(offer_more, "") X(offer_person, "") X(offer_yes, "") X(offer_no, "") X(offer_legal, "") X(offer_declined, "") \
    X(progress_none, "") X(progress_bad_code, "") X(progress_not_yours, "") \
    X(progress_case, "code kind submitted state next") X(progress_since, "year month day") X(progress_list, "count") \
    X(progress_line, "number kind code state") X(progress_more, "") X(progress_appointment, "starts weekday place") \
    X(progress_until, "year month day") X(progress_within, "count") X(progress_within_days, "count") X(progress_by, "by") \
    X(progress_late, "year month day") \
    X(holder_unit, "unit") X(holder_person, "unit since") X(state_draft, "") \
    X(state_submitted, "holder") X(state_need_more, "unit") X(state_declined, "") X(state_accepted, "unit") \
    X(state_awaiting_consent, "") X(state_assigned, "unit") X(state_in_hand, "") X(state_scheduled, "") \
    X(state_mediating, "") X(state_suspended, "") X(state_agreed, "") X(state_performing, "") \
    X(state_closed_success, "") X(state_closed_failed, "") X(state_closed_withdrawn, "") X(state_transferred, "") \
    X(state_archived, "") X(next_need_more, "by") X(next_need_more_over, "") X(next_declined, "") X(next_accepted, "by") \
    X(next_awaiting_consent, "by") X(next_assigned, "by") X(next_in_hand, "by") X(next_scheduled, "session") \
    X(next_scheduled_undated, "") X(next_mediating, "by") X(next_suspended, "") X(next_agreed, "by") X(next_performing, "") \
    X(next_closed_success, "by") X(next_closed_failed, "by") X(next_closed_over, "") X(next_closed_withdrawn, "") \
    X(next_transferred, "by") X(next_archived, "") X(service_complaint, "code state") X(service_material, "code state") \
    X(service_export, "code state") X(service_erase, "code state") X(service_correct, "code state") \
    X(complaint_received, "by") X(complaint_received_anonymous, "") X(complaint_handling, "") X(complaint_answered, "") \
    X(complaint_closed, "") X(material_boxed, "year month day") X(material_delivered, "") X(material_expired, "") \
    X(request_open, "by") X(request_done, "") X(request_held, "") X(request_refused, "") \
    X(crisis_c1, "") X(crisis_c1_kept, "") X(crisis_c1_offer, "") X(crisis_c1_violence, "") X(crisis_c1_go, "") X(crisis_c1_rest, "") X(crisis_c1_human, "") \
    X(crisis_c2, "") X(crisis_c2_yes, "") X(crisis_c2_no, "") X(crisis_c2_silent, "") X(crisis_c2_cleared, "") \
    X(crisis_c3, "") X(crisis_c3_stay, "") X(crisis_c4, "") X(crisis_c4_stay, "") X(crisis_third, "") \
    X(crisis_third_stay, "") X(crisis_violence, "") X(crisis_violence_now, "") X(crisis_violence_third, "") \
    X(crisis_leaving, "") X(crisis_repeat, "") X(crisis_fallback, "") X(crisis_fallback_now, "") \
    X(crisis_fallback_violence, "") \
    X(crisis_third_now, "") X(crisis_minor, "") X(crisis_minor_now, "") X(crisis_minor_stay, "") X(crisis_child_third, "") \
    X(crisis_waiting, "") X(crisis_follow_up, "") X(violence_private, "") X(violence_safe, "") X(violence_seen, "") \
    X(violence_exit, "") X(violence_hidden, "") X(violence_help, "") X(violence_proof_label, "") X(violence_proof, "") \
    X(violence_who_label, "") X(violence_who, "") X(violence_left, "") X(machine_reminder, "")

// The words that mean the same in every state; under "commands" in the data.
#define HEJIE_COMMANDS(X) \
    X(help) X(menu) X(back) X(cancel) X(human) X(go_on) X(anew) X(progress) X(withdraw) X(privacy) X(hello) X(thanks) \
    X(ack) X(done) X(keep) X(skip) X(more) X(only_ask) X(none_right) X(crisis_clear_no) X(crisis_leave) X(quick_exit)
// clang-format on

enum class text_id : unsigned char {
#define X(name, placeholders) name,
    HEJIE_TEXTS(X)
#undef X
};

enum class command : unsigned char {
#define X(name) name,
    HEJIE_COMMANDS(X)
#undef X
};

struct text_name {
    std::string_view name;
    std::string_view placeholders;  // apart by spaces
};

inline constexpr std::array text_names{
#define X(name, placeholders) text_name{#name, placeholders},
    HEJIE_TEXTS(X)
#undef X
};

inline constexpr std::array command_names{
#define X(name) std::string_view{#name},
    HEJIE_COMMANDS(X)
#undef X
};

}  // namespace dialogs
