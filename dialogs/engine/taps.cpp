// A tapped choice says which flow, step and value it belongs to; one of an earlier question is told so.
#include "dialogs/engine/turn_maker.hpp"

namespace dialogs {

bool turn_maker::try_tap(std::string_view target)
{
    const auto first = target.find('/');
    if (first == std::string_view::npos)
        return false;
    const auto head = target.substr(0, first);
    if (head == "menu" || head == "cmd") {
        open_target(target);
        return true;
    }
    if (!data_.flows.contains(head))
        return false;
    const auto rest = target.substr(first + 1);
    if (rest == "start") {
        open_target(target);
        return true;
    }
    frame* f = top();
    const auto second = rest.find('/');
    const auto step_id = rest.substr(0, second);
    const auto value = second == std::string_view::npos ? std::string_view{} : rest.substr(second + 1);
    const bool here = f && f->flow == head;
    if (step_id == "resume" && (here ? f->waits == awaiting::resume : !f && bring_forward(head))) {
        value == "new" ? start_anew() : value == "ask" ? only_ask() : resume();
        return true;
    }
    if (here && (tap_on_decision(step_id, value == "yes") || (f->step == step_id && tap_on_question(value))))
        return true;
    if (!f) {
        say(text_id::stale_old);
        welcome("main");
        return true;
    }
    ask_after(data_.text(here && answered(*f, step_id) ? text_id::stale_answered : text_id::stale_other));
    return true;
}

// "Really cancel?" and "shall we file this?" bind to their own buttons.
bool turn_maker::tap_on_decision(std::string_view step_id, bool yes)
{
    const auto waits = top()->waits;
    if (step_id == "cancel" && waits == awaiting::cancel) {
        heard_.plain = plain(data_.text(yes ? text_id::cancel_yes : text_id::cancel_no));
        hear_cancel();
        return true;
    }
    if (step_id == "heard" && waits == awaiting::heard) {
        heard_.plain = heard_.text = data_.text(yes ? text_id::heard_yes : text_id::heard_no);
        hear_gleaned();
        return true;
    }
    if (step_id == "offer" && waits == awaiting::offer) {
        heard_.plain = plain(data_.text(yes ? text_id::offer_yes : text_id::offer_no));
        hear_offer();
        return true;
    }
    return false;
}

bool turn_maker::tap_on_question(std::string_view value)
{
    frame& f = *top();
    const bool open = f.waits == awaiting::answer || f.waits == awaiting::correction || f.waits == awaiting::summary;
    if (!open)
        return false;
    const auto& s = step_of(f);
    if (value == "keep" && f.slots.contains(s.slot)) {
        keep_old();
        return true;
    }
    const bool ended_by_word = s.type == slot_type::evidence || (s.type == slot_type::text && s.several);
    if (ended_by_word && (value == "done" || value == "skip")) {
        heard_.plain = plain(data_.text(value == "skip" ? text_id::skip : text_id::done_text));
        answer();
        return true;
    }
    for (const auto& o : offers(f, s))
        if (o.value == value) {
            answer_option(o);
            return true;
        }
    return false;
}

}  // namespace dialogs
