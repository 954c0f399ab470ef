// How the talk goes on after words of danger, until the citizen leaves it: the question of C2, company, where; and the
// branch of violence at home (domain reference §20.6): whether others read along, a quick way out, what protects.
#include "dialogs/engine/danger_steps.hpp"
#include "dialogs/engine/turn_maker.hpp"

#include <algorithm>

namespace dialogs {

void turn_maker::in_danger_frame()
{
    frame& f = *top();
    const auto command_at = data_.commands.find(heard_.plain);
    const bool human = (command_at != data_.commands.end() && command_at->second == command::human) || heard_.target == "cmd/human";
    if (human)
        return ask_person("crisis");
    if (data_.says(command::quick_exit, heard_.plain) || heard_.target == "safety/private/exit")
        return quick_exit();
    if (f.step == danger_thoughts) {
        const bool no = heard_.target.empty() ? data_.says(command::crisis_clear_no, heard_.plain)
                                              : heard_.target == "safety/ask/no";
        if (!no)
            return alarm({.level = crisis_level::c3, .reasons = {"c2.answer"}});
        after_.stack.clear();
        std::vector<choice> choices{command_choice(text_id::crisis_c1_human, "human")};
        if (after_.paused)
            choices.push_back(flow_choice(*after_.paused, text_id::resume_go, "resume", "go"));
        return say(text_id::crisis_c2_cleared, std::move(choices));
    }
    const bool page = heard_.target.starts_with("menu/") || heard_.target.starts_with("cmd/");
    if (page || data_.says(command::crisis_leave, heard_.plain))
        return leave_danger();
    if (f.step == danger_safe)
        return comfort_violence();
    if (f.step == danger_private || f.step == danger_help)
        return hear_private(f);
    f.retries = std::min(f.retries + 1, 99);
    if (after_.minor && f.step != danger_third)
        return say(text_id::crisis_minor_stay);
    if (f.step == danger_where)
        return say(text_id::crisis_c4_stay);
    if (f.step == danger_third)
        return say(text_id::crisis_third_stay);
    const bool waited_for = after_.held_by == owner::waiting && f.retries == 2;
    say(f.retries == 1 ? text_id::crisis_c3_stay : waited_for ? text_id::crisis_waiting : text_id::crisis_repeat);
}

// Whether it is safe to go on here, before anything is said that somebody else might read.
void turn_maker::comfort_violence()
{
    after_.stack = {frame{.flow = std::string(danger_flow), .step = std::string(danger_private)}};
    say(text_id::violence_private, {{data_.text(text_id::violence_safe), "safety/private/safe"},
                                    {data_.text(text_id::violence_seen), "safety/private/seen"},
                                    {data_.text(text_id::violence_exit), "safety/private/exit"}});
}

void turn_maker::hear_private(frame& f)
{
    const auto tapped = std::string_view(heard_.target);
    const bool seen = tapped == "safety/private/seen" || heard_.plain == data_.text(text_id::violence_seen);
    if (seen) {
        after_.stack.clear();
        return say(text_id::violence_hidden);
    }
    std::vector<choice> choices{{data_.text(text_id::violence_proof_label), "safety/help/proof"},
                                {data_.text(text_id::violence_who_label), "safety/help/who"},
                                {data_.text(text_id::violence_exit), "safety/private/exit"},
                                command_choice(text_id::crisis_c1_human, "human")};
    f.step = danger_help;
    if (tapped == "safety/help/proof" || heard_.plain == data_.text(text_id::violence_proof_label))
        return say(text_id::violence_proof, std::move(choices));
    if (tapped == "safety/help/who" || heard_.plain == data_.text(text_id::violence_who_label))
        return say(text_id::violence_who, std::move(choices));
    say(text_id::violence_help, std::move(choices));
}

// Nothing that somebody reading along could make something of: no title, no way back to what was said.
void turn_maker::quick_exit()
{
    after_.stack.clear();
    after_.rest.clear();
    say(text_id::violence_left);
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
