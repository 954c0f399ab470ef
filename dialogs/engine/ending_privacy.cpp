// The rights of the person (domain reference §26). What is stored is put together by a worker, never in the turn.
#include "dialogs/engine/ending_parts.hpp"
#include "dialogs/engine/endings.hpp"

namespace dialogs {

namespace {

// Working days until a request is answered.
constexpr int answer_days = 15;

bool ask_for(turn_maker& turn, const frame& done, std::string kind, std::string words = {})
{
    const auto text = "asked_" + kind;
    const data_request asked{std::move(kind), turn.new_code(), std::move(words), turn.now()};
    turn.say(fill(turn.own_text(done, text), {{"code", asked.code}, {"by", answered_by(turn, done, answer_days)}, {"words", asked.words}}),
             ways(turn, {"cmd/progress"}));
    turn.effect(asked);
    return true;
}

bool take_back(turn_maker& turn, const frame& done)
{
    const auto& scope = slot_of(done, "scope");
    turn.effect(consent_withdrawn{scope.value, turn.now()});
    auto text = fill(turn.own_text(done, "taken_back"), {{"scope", scope.shown}});
    if (scope.value == "all") {
        turn.consent_taken_back();
        text += "\n" + fill(turn.own_text(done, "taken_back_all"), {{"by", answered_by(turn, done, answer_days)}});
        turn.effect(ask_for_person{.reason = "consent", .at = turn.now()});
    }
    turn.say(std::move(text));
    return true;
}

}  // namespace

bool privacy_view(turn_maker& turn, frame& f)
{
    const auto& stored = turn.facts().stored.value();
    std::string lines;
    const auto add = [&](std::string line) { lines += (lines.empty() ? "" : "\n") + std::move(line); };
    const auto count = [&](std::string_view text, int n) {
        if (n > 0)
            add(fill(turn.own_text(f, text), {{"count", std::to_string(n)}}));
    };
    if (stored.since)
        add(fill(turn.own_text(f, "view_since"), {{"day", turn.show_day(turn.own_text(f, "day"), *stored.since)}}));
    add(fill(turn.own_text(f, "view_turns"), {{"count", std::to_string(stored.turns)}}));
    count("view_cases", stored.cases);
    count("view_complaints", stored.complaints);
    count("view_materials", stored.materials);
    count("view_appointments", stored.appointments);
    count("view_psych", stored.psych);
    if (!stored.consent_version.empty())
        add(fill(turn.own_text(f, "view_consent"), {{"version", stored.consent_version}}));
    turn.say(fill(turn.own_text(f, "view"), {{"lines", lines}}));
    return true;
}

bool privacy_scope(turn_maker& turn, frame& f)
{
    const auto& means = turn.own_text(f, "means_" + slot_of(f, "scope").value);
    f.slots["scope_means"] = {"said", means};
    return true;
}

bool end_privacy(turn_maker& turn, frame& done)
{
    const auto& what = slot_of(done, "what").value;
    if (what == "view")
        return true;
    if (what == "export" && slot_of(done, "sure_export").value == "yes")
        return ask_for(turn, done, "export");
    if (what == "correct")
        return ask_for(turn, done, "correct", slot_of(done, "wrong").value);
    if (slot_of(done, "erase_again").value == "yes")
        return ask_for(turn, done, "erase");
    if (slot_of(done, "erase_again").value == "copy")
        return ask_for(turn, done, "export");
    if (slot_of(done, "sure_consent").value == "yes")
        return take_back(turn, done);
    turn.say(turn.own_text(done, "kept"));
    return true;
}

}  // namespace dialogs
