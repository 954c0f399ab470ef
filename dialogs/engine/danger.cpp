// Words of danger come before everything (domain reference §20): the form is put aside, approved templates only, no
// question of a form and no choice that leads back into one in the same turn. How the talk goes on from there is in
// danger_talk.cpp.
#include "dialogs/engine/danger_steps.hpp"
#include "dialogs/engine/ownership.hpp"
#include "dialogs/engine/turn_maker.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr auto comfort_once_in = std::chrono::minutes(30);
// A new alarm within it belongs to the same episode: its follow-ups are planned already.
constexpr auto one_episode = std::chrono::hours(24);
constexpr std::chrono::hours follow_ups[] = {std::chrono::hours(24), std::chrono::hours(72), std::chrono::hours(7 * 24),
                                             std::chrono::hours(14 * 24), std::chrono::hours(30 * 24)};
// Somebody who talks so long, without a pause of this length, is told again that nobody is there but a machine.
constexpr auto long_talk = std::chrono::hours(2);
constexpr auto pause = std::chrono::minutes(30);

// Of a child or an old person, or between people of one home: told by whoever suffers it or sees it.
bool told_of_abuse(const screening& seen)
{
    return seen.violence && std::any_of(seen.reasons.begin(), seen.reasons.end(), [](const std::string& r) { return r.starts_with("abuse."); });
}

}  // namespace

// True when the turn is made: nothing else is to be said in it.
bool turn_maker::screen()
{
    if (heard_.text.empty())
        return false;
    auto looked = remember(std::move(after_.signs), data_.look_for_danger(heard_.text), input_.now);
    auto seen = std::move(looked.found);
    after_.signs = std::move(looked.after);
    // Turns without a sign before the first sign change nothing that comes.
    const auto first = std::find_if(after_.signs.begin(), after_.signs.end(), [](const turn_sign& t) { return t.level > crisis_level::c0; });
    after_.signs.erase(after_.signs.begin(), first);
    if (!seen.third_person && data_.minors && data_.minors->said_in(heard_.text))
        after_.minor = true;
    if (seen.level == crisis_level::c0)
        return false;
    if (after_.held_by == owner::person && seen.level < crisis_level::c3 && !seen.violence)
        return false;  // the person who holds the conversation reads it
    out_.crisis_level = to_string(seen.level);
    if (seen.level == crisis_level::c1) {
        const bool recent = after_.care && input_.now - after_.care->at < comfort_once_in;
        const bool in_danger = top() && top()->flow == danger_flow;
        const bool violence = seen.violence || (after_.care && after_.care->violence);
        if (!recent || after_.care->level == "C1")
            after_.care = distress{"C1", input_.now, violence};
        if (recent || in_danger)
            return false;
        comfort(seen);
        return true;
    }
    alarm(std::move(seen));
    return true;
}

// The approved text for what was read, and the step of the danger frame that waits for the answer to it.
text_id turn_maker::template_of(const screening& seen, std::string_view& asked) const
{
    const bool now = seen.level == crisis_level::c4;
    asked = now ? danger_where : danger_company;
    if (seen.third_person && seen.abuse) {
        asked = danger_third;
        return now ? text_id::crisis_violence_third : text_id::crisis_child_third;
    }
    if (seen.violence && seen.third_person && now)
        return text_id::crisis_violence_third;
    if (after_.minor && !seen.third_person)
        return now ? text_id::crisis_minor_now : text_id::crisis_minor;
    if (seen.violence) {
        if (!now && told_of_abuse(seen))
            asked = danger_safe;
        return now ? text_id::crisis_violence_now : text_id::crisis_violence;
    }
    if (seen.third_person) {
        asked = danger_third;
        return now ? text_id::crisis_third_now : text_id::crisis_third;
    }
    if (seen.level == crisis_level::c2)
        asked = danger_thoughts;
    return now ? text_id::crisis_c4 : seen.level == crisis_level::c3 ? text_id::crisis_c3 : text_id::crisis_c2;
}

void turn_maker::alarm(screening seen)
{
    const bool held = after_.held_by == owner::person;
    if (!held)
        put_aside();
    std::string_view asked;
    const auto text = template_of(seen, asked);
    if (after_.minor && !seen.third_person)
        seen.reasons.emplace_back("minor");
    const bool before = after_.care && after_.care->level >= "C3" && input_.now - after_.care->at < one_episode;
    const bool violence = told_of_abuse(seen) || (after_.care && after_.care->violence);
    out_.crisis_level = to_string(seen.level);
    out_.effects.push_back(crisis_alert{out_.crisis_level, std::move(seen.reasons), input_.now,
                                        std::string(text_names[static_cast<std::size_t>(text)].name)});
    after_.care = distress{out_.crisis_level, input_.now, violence};
    if (held)
        return say(text);
    call_person(seen.level == crisis_level::c2 ? 1 : 2);
    // Nothing is sent by itself to a telephone that somebody violent may hold.
    if (seen.level >= crisis_level::c3 && !before && !seen.third_person && !seen.violence && !violence)
        plan_follow_ups();
    after_.stack = {frame{.flow = std::string(danger_flow), .step = std::string(asked)}};
    std::vector<choice> choices;
    if (text == text_id::crisis_c2)
        choices = {{data_.text(text_id::crisis_c2_yes), "safety/ask/yes"},
                   {data_.text(text_id::crisis_c2_no), "safety/ask/no"},
                   {data_.text(text_id::crisis_c2_silent), "safety/ask/silent"}};
    say(text, std::move(choices));
}

// The conversation waits for a person from here on; the queue's row is written once, and again when it is more urgent.
void turn_maker::call_person(int urgency)
{
    const bool fresh = change_owner(after_, owner::waiting, changed_by::citizen);
    const bool more_urgent = urgency > 1 && !(before_.care && before_.care->level >= "C3" && before_.held_by == owner::waiting);
    if (fresh || more_urgent)
        effect(ask_for_person{"crisis", urgency, input_.now});
}

void turn_maker::plan_follow_ups()
{
    const auto about = "crisis/" + std::to_string(new_id(0xCA4E));
    for (const auto after : follow_ups)
        effect(send_later{input_.now + after, "psych_follow_up", about, data_.text(text_id::crisis_follow_up)});
}

// C1: a warm word first; what was told is kept, and the form goes on only when they want.
void turn_maker::comfort(const screening& seen)
{
    frame* f = top();
    std::string text = data_.text(seen.violence ? text_id::crisis_c1_violence : text_id::crisis_c1);
    const bool telling = f && (f->waits == awaiting::answer || f->waits == awaiting::correction) && step_of(*f).several && heard_.target.empty();
    if (telling) {
        const auto before = out_.replies.size();
        const auto draft_size = f->draft.size();
        collect(step_of(*f), *f, false);
        out_.replies.resize(before);
        if (f->draft.size() > draft_size)
            text += "\n" + data_.text(text_id::crisis_c1_kept);
    }
    // Between spouses or family a form is not what goes on after blows: first whether one can talk at all.
    if (told_of_abuse(seen) && !seen.third_person && after_.held_by != owner::person) {
        put_aside();
        say(std::move(text));
        return comfort_violence();
    }
    if (f)
        return say(std::move(text), {command_choice(text_id::crisis_c1_go, "go_on"), command_choice(text_id::crisis_c1_rest, "menu"),
                                     command_choice(text_id::crisis_c1_human, "human")});
    if (seen.violence || after_.paused || data_.disputes->guess(heard_.text).empty())
        return say(std::move(text), {command_choice(text_id::crisis_c1_human, "human")});
    auto choices = keep_for_filing();
    say(text + "\n" + data_.text(text_id::crisis_c1_offer), std::move(choices));
}

// The people who talk for hours may forget that nobody is there.
void turn_maker::remind_of_machine()
{
    const bool fresh = !before_.last_turn || input_.now - *before_.last_turn > pause || !after_.talking_since;
    if (fresh)
        after_.talking_since = input_.now;
    const bool quiet = out_.replies.empty() || after_.held_by == owner::person || out_.crisis_level >= "C2";
    if (quiet || input_.now - *after_.talking_since < long_talk)
        return;
    after_.talking_since = input_.now;
    out_.replies.insert(out_.replies.begin(), reply{data_.text(text_id::machine_reminder), {}});
}

}  // namespace dialogs
