// The invited side: what they are told of the case, and what becomes of their answer (domain reference §6, §7 row 12).
#include "dialogs/engine/endings.hpp"
#include "dialogs/engine/readers.hpp"
#include "dialogs/engine/turn_maker.hpp"

namespace dialogs {

namespace {

bool agreed(const frame& f)
{
    return slot_of(f, "choice").value == "agree" || slot_of(f, "decided").value == "agree";
}

std::string_view reason_against(const std::optional<invitation_view>& seen)
{
    if (!seen)
        return "none";
    if (seen->own)
        return "own";
    if (seen->state == "blocked")
        return "blocked";
    if (seen->state == "agreed" || seen->state == "refused")
        return "answered";
    return seen->state == "open" ? "" : "over";
}

}  // namespace

bool show_invitation(turn_maker& turn, frame& f)
{
    const auto& found = *turn.facts().invitation;
    if (const auto against = reason_against(found); !against.empty()) {
        f.slots["state"] = {"closed", {}};
        turn.say(turn.own_text(f, against));
        return true;
    }
    f.slots["state"] = {"open", {}};
    const auto& data = turn.data();
    const auto* kind = data.disputes->find(found->dispute_type);
    turn.say(fill(turn.own_text(f, "asked"), {{"when", turn.show_moment(found->invited_at)},
                                              {"applicant", found->applicant},
                                              {"kind", kind ? std::string_view(kind->name) : std::string_view{}},
                                              {"unit", data.unit_name(found->unit)},
                                              {"requests", found->requests}}));
    return true;
}

bool end_answer_invitation(turn_maker& turn, frame& done)
{
    if (slot_of(done, "state").value != "open")
        return true;
    const auto& found = *turn.facts().invitation;
    // Withdrawn, answered or stopped while they were still telling.
    if (const auto against = reason_against(found); !against.empty()) {
        turn.say(turn.own_text(done, against));
        return true;
    }
    answer_invitation answer{.code = found->code, .at = turn.now()};
    if (!agreed(done)) {
        turn.effect(std::move(answer));
        turn.say(turn.own_text(done, "thanks_refuse"));
        return true;
    }
    if (slot_of(done, "notice").value != "agree") {
        turn.say(turn.own_text(done, "no_notice"));
        return true;
    }
    answer.agrees = true;
    answer.statement = slot_of(done, "side").value;
    answer.who = {.name = slot_of(done, "name").value, .phone = slot_of(done, "phone").value};
    answer.evidence = done.evidence;
    turn.effect(consent_given{turn.data().notice_version, turn.now(), "respondent"});
    turn.effect(std::move(answer));
    turn.say(fill(turn.own_text(done, "thanks_agree"), {{"unit", turn.data().unit_name(found->unit)}}));
    return true;
}

}  // namespace dialogs
