// Words of danger come before everything (domain reference §20): the form is put aside, approved templates only, no
// question of a form and no choice that leads back into one in the same turn.
#include "dialogs/engine/turn_maker.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr auto comfort_once_in = std::chrono::minutes(30);

// Steps of the frame of somebody in danger: what the next message answers.
constexpr std::string_view asked_thoughts = "ask";     // the gentle question of C2
constexpr std::string_view asked_company = "present";  // is somebody with you?
constexpr std::string_view asked_where = "where";
constexpr std::string_view other_person = "third";

}  // namespace

// True when the turn is made: nothing else is to be said in it.
bool turn_maker::screen()
{
    if (heard_.text.empty())
        return false;
    auto looked = remember(std::move(after_.signs), data_.safety->look(heard_.text), input_.now);
    auto seen = std::move(looked.found);
    after_.signs = std::move(looked.after);
    // Turns without a sign before the first sign change nothing that comes.
    const auto first = std::find_if(after_.signs.begin(), after_.signs.end(), [](const turn_sign& t) { return t.level > crisis_level::c0; });
    after_.signs.erase(after_.signs.begin(), first);
    if (seen.level == crisis_level::c0)
        return false;
    if (after_.held_by == owner::person && seen.level < crisis_level::c3 && !seen.violence)
        return false;  // the person who holds the conversation reads it
    out_.crisis_level = to_string(seen.level);
    if (seen.level == crisis_level::c1) {
        const bool recent = after_.care && input_.now - after_.care->at < comfort_once_in;
        const bool in_danger = top() && top()->flow == danger_flow;
        if (!recent || after_.care->level == "C1")
            after_.care = distress{"C1", input_.now};
        if (recent || in_danger)
            return false;
        comfort(seen.violence);
        return true;
    }
    alarm(seen.level, seen.third_person, seen.violence, std::move(seen.reasons));
    return true;
}

void turn_maker::alarm(crisis_level level, bool third_person, bool violence, std::vector<std::string> reasons)
{
    const bool held = after_.held_by == owner::person;
    if (!held)
        put_aside();
    const bool now = level == crisis_level::c4;
    auto text = now ? text_id::crisis_c4 : level == crisis_level::c3 ? text_id::crisis_c3 : text_id::crisis_c2;
    auto asked = now ? asked_where : level == crisis_level::c3 ? asked_company : asked_thoughts;
    if (violence) {
        text = !now ? text_id::crisis_violence : third_person ? text_id::crisis_violence_third : text_id::crisis_violence_now;
        asked = now ? asked_where : asked_company;
    } else if (third_person) {
        text = text_id::crisis_third;
        asked = other_person;
    }
    out_.crisis_level = to_string(level);
    out_.effects.push_back(crisis_alert{out_.crisis_level, std::move(reasons), input_.now});
    after_.care = distress{out_.crisis_level, input_.now};
    if (held)
        return say(text);
    after_.stack = {frame{.flow = std::string(danger_flow), .step = std::string(asked)}};
    std::vector<choice> choices;
    if (text == text_id::crisis_c2)
        choices = {{data_.text(text_id::crisis_c2_yes), "safety/ask/yes"},
                   {data_.text(text_id::crisis_c2_no), "safety/ask/no"},
                   {data_.text(text_id::crisis_c2_silent), "safety/ask/silent"}};
    say(text, std::move(choices));
}

// C1: a warm word first; what was told is kept, and the form goes on only when they want.
void turn_maker::comfort(bool violence)
{
    frame* f = top();
    std::string text = data_.text(violence ? text_id::crisis_c1_violence : text_id::crisis_c1);
    const bool telling = f && (f->waits == awaiting::answer || f->waits == awaiting::correction) && step_of(*f).several && heard_.target.empty();
    if (telling) {
        const auto before = out_.replies.size();
        const auto draft_size = f->draft.size();
        collect(step_of(*f), *f, false);
        out_.replies.resize(before);
        if (f->draft.size() > draft_size)
            text += "\n" + data_.text(text_id::crisis_c1_kept);
    }
    if (f)
        return say(std::move(text), {command_choice(text_id::crisis_c1_go, "go_on"), command_choice(text_id::crisis_c1_rest, "menu"),
                                     command_choice(text_id::crisis_c1_human, "human")});
    // Between spouses or family a filing is not what to offer first after blows.
    if (violence || after_.paused || data_.disputes->guess(heard_.text).empty())
        return say(std::move(text), {command_choice(text_id::crisis_c1_human, "human")});
    auto choices = keep_for_filing();
    say(text + "\n" + data_.text(text_id::crisis_c1_offer), std::move(choices));
}

void turn_maker::in_danger_frame()
{
    frame& f = *top();
    const auto command_at = data_.commands.find(heard_.plain);
    const bool human = (command_at != data_.commands.end() && command_at->second == command::human) || heard_.target == "cmd/human";
    if (human)
        return ask_person("crisis");
    if (f.step == asked_thoughts) {
        const bool no = heard_.target.empty() ? data_.says(command::crisis_clear_no, heard_.plain)
                                              : heard_.target == "safety/ask/no";
        if (!no)
            return alarm(crisis_level::c3, false, false, {"c2.answer"});
        after_.stack.clear();
        std::vector<choice> choices{command_choice(text_id::crisis_c1_human, "human")};
        if (after_.paused)
            choices.push_back(flow_choice(*after_.paused, text_id::resume_go, "resume", "go"));
        return say(text_id::crisis_c2_cleared, std::move(choices));
    }
    const bool page = heard_.target.starts_with("menu/") || heard_.target.starts_with("cmd/");
    if (page || data_.says(command::crisis_leave, heard_.plain))
        return leave_danger();
    f.retries = std::min(f.retries + 1, 99);
    if (f.step == asked_where)
        return say(text_id::crisis_c4_stay);
    if (f.step == other_person)
        return say(text_id::crisis_third_stay);
    say(f.retries == 1 ? text_id::crisis_c3_stay : text_id::crisis_repeat);
}

// Nobody is held here: the hotlines once more, then the way back, the form only by their own tap.
void turn_maker::leave_danger()
{
    after_.stack.clear();
    std::vector<choice> choices{command_choice(text_id::crisis_c1_human, "human"), {data_.pages.find("psych")->second.choices.back()}};
    if (after_.paused)
        choices.push_back(flow_choice(*after_.paused, text_id::resume_go, "resume", "go"));
    say(text_id::crisis_leaving, std::move(choices));
}

}  // namespace dialogs
