// The applicant's own acts on a case: withdraw, reopen, supplement. A case that has changed since the question was asked
// is left as it is, and said so: the turn that storage refused is made again with what is true now.
#include "dialogs/engine/ending_parts.hpp"
#include "dialogs/engine/endings.hpp"

namespace dialogs {

namespace {

// Says what became of the case; without one, the text alone.
bool say_gone(turn_maker& turn, const frame& done, const case_view* view)
{
    const auto now = view ? turn.show_case(*view) : std::string{};
    turn.say(fill(turn.own_text(done, "gone"), {{"progress", now}}), ways(turn, {"cmd/progress"}));
    return true;
}

// A time kept for a case that is given up goes back to others.
std::string give_back_times(turn_maker& turn, const frame& done, std::string_view code)
{
    std::string out;
    for (const auto& a : turn.facts().own_appointments.value())
        if (a.case_code == code) {
            turn.effect(cancel_appointment{a.id, turn.now()});
            turn.effect(call_off{"appointment/" + std::to_string(a.id.value)});
            out += fill(turn.own_text(done, "appointment"), {{"starts", turn.show_moment(a.starts_at)}});
        }
    return out;
}

}  // namespace

bool end_withdraw(turn_maker& turn, frame& done)
{
    const auto& picked = slot_of(done, "case");
    const auto* view = own_case(turn, picked.value);
    if (slot_of(done, "sure").value != "yes") {
        turn.say(turn.own_text(done, "kept"), ways(turn, {"cmd/progress"}));
        return true;
    }
    if (!view || !is_open(*view))
        return say_gone(turn, done, view);
    turn.effect(withdraw_case{view->code, {}, turn.now()});
    const auto appointment = give_back_times(turn, done, view->code);
    turn.say(fill(turn.own_text(done, "done"), {{"case", picked.shown}, {"at", turn.show_moment(turn.now())}, {"appointment", appointment}}));
    return true;
}

bool end_reopen(turn_maker& turn, frame& done)
{
    const auto& picked = slot_of(done, "case");
    const auto* view = own_case(turn, picked.value);
    if (!view || !may_be_reopened(*view, turn.now()))
        return say_gone(turn, done, view);
    turn.effect(reopen_case{view->code, slot_of(done, "reason").value, turn.now()});
    turn.say(fill(turn.own_text(done, "done"), {{"case", picked.shown},
                                                {"at", turn.show_moment(turn.now())},
                                                {"unit", turn.data().unit_name(view->unit)},
                                                {"by", answered_by(turn, done, 3)}}),
             ways(turn, {"cmd/progress"}));
    return true;
}

bool end_supplement(turn_maker& turn, frame& done)
{
    const auto& picked = slot_of(done, "case");
    const auto* view = own_case(turn, picked.value);
    const auto& text = slot_of(done, "text").value;
    if (text.empty() && done.evidence.empty()) {
        turn.say(turn.own_text(done, "nothing"));
        return true;
    }
    if (!view || !is_open(*view))
        return say_gone(turn, done, view);
    turn.effect(supplement_case{view->code, text, done.evidence, turn.now()});
    turn.say(fill(turn.own_text(done, "done"), {{"case", picked.shown},
                                                {"at", turn.show_moment(turn.now())},
                                                {"count", std::to_string(done.evidence.size())},
                                                {"unit", turn.data().unit_name(view->unit)}}),
             ways(turn, {"cmd/progress"}));
    return true;
}

}  // namespace dialogs
