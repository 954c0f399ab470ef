// How satisfied the applicant is, once for each ended case; nothing is chosen beforehand (domain reference §17, §23).
#include "dialogs/engine/ending_parts.hpp"
#include "dialogs/engine/endings.hpp"

namespace dialogs {

// Nobody is asked to rate soon after words of acute danger (§20.4), not even who began it.
bool rate_quiet(turn_maker& turn, frame& f)
{
    if (!turn.acute_recently())
        return true;
    turn.say(turn.own_text(f, "later"), ways(turn, {"cmd/human"}));
    turn.leave_flow();
    return false;
}

bool end_rate(turn_maker& turn, frame& done)
{
    const auto* view = own_case(turn, slot_of(done, "case").value);
    if (!view || !may_be_rated(*view)) {
        turn.say(turn.own_text(done, "gone"));
        return true;
    }
    const auto& chosen = slot_of(done, "score");
    const int score = chosen.value.front() - '0';
    turn.effect(rate_case{view->code, score, slot_of(done, "words").value, turn.now()});
    if (score == 0)
        turn.say(turn.own_text(done, "none"));
    else if (score > 1)
        turn.say(fill(turn.own_text(done, "thanks"), {{"score", chosen.shown}}));
    else
        turn.say(turn.own_text(done, "unhappy"), ways(turn, {"reopen/start", "cmd/human"}));
    return true;
}

}  // namespace dialogs
