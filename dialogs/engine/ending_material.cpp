// Material delivered: to an open case of one's own, else into a holding box that is found by its code.
#include "cases/calendar.hpp"
#include "dialogs/engine/ending_parts.hpp"
#include "dialogs/engine/endings.hpp"

namespace dialogs {

namespace {

constexpr auto kept_for = std::chrono::days(30);

}  // namespace

// The code of a case that is not the sender's own: it is noted, nothing of that case is said.
bool material_code(turn_maker& turn, frame& f)
{
    const auto& asked = *turn.data().flows.find(f.flow)->second.find(f.step);
    const auto& none = asked.options.front();
    std::string code;
    switch (read_code(turn.data().code_prefix, turn.said().plain, code)) {
    case code_check::misspelt:
        turn.say(turn.own_text(f, "code_misspelt"), {{none.label, none.target}});
        return false;
    case code_check::none:
        if (asked.words.contains(turn.said().plain)) {
            f.slots["other_code"] = {none.value, none.label};
            return true;
        }
        turn.say(fill(turn.own_text(f, "code_unread"), {{"prefix", turn.data().code_prefix}}), {{none.label, none.target}});
        return false;
    case code_check::good:
        break;
    }
    if (const auto* own = own_case(turn, code); own && is_open(*own))
        f.slots["case"] = {code, code};
    else
        turn.say(turn.own_text(f, "code_not_own"));
    f.slots["other_code"] = {code, code};
    return true;
}

bool end_material(turn_maker& turn, frame& done)
{
    deliver_material given{.id = {turn.new_id(0x3A7E)}, .at = turn.now(), .meaning = slot_of(done, "meaning").value, .evidence = done.evidence};
    const auto count = std::to_string(given.evidence.size());
    const auto submitted = turn.show_moment(given.at);
    const auto& code = slot_of(done, "case").value;
    const auto* own = own_case(turn, code);
    if (own && is_open(*own)) {
        given.case_code = code;
        turn.say(fill(turn.own_text(done, "receipt"), {{"unit", turn.data().unit_name(own->unit)}, {"count", count}, {"code", code}, {"submitted", submitted}}),
                 ways(turn, {"cmd/progress"}));
    } else {
        if (own)
            turn.say(turn.own_text(done, "gone"));
        given.box_code = turn.new_code();
        given.expires = cases::end_of_day(std::chrono::sys_days(cases::china_date(turn.now())) + kept_for);
        if (const auto& other = slot_of(done, "other_code").value; !other.empty() && other != "none")
            given.meaning = fill(turn.own_text(done, "other_meaning"), {{"meaning", given.meaning}, {"code", other}});
        const auto until = turn.show_day(turn.own_text(done, "until"), *given.expires);
        turn.say(fill(turn.own_text(done, "receipt_box"), {{"count", count}, {"code", given.box_code}, {"submitted", submitted}, {"until", until}}),
                 ways(turn, {"filing/start", "cmd/progress"}));
    }
    turn.effect(std::move(given));
    return true;
}

}  // namespace dialogs
