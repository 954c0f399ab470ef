// Words that mean the same in every state, words that open something, and what a choice leads to.
#include "dialogs/engine/readers.hpp"
#include "dialogs/engine/turn_maker.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>

namespace dialogs {

namespace {

// A longer text is not the name of a choice.
constexpr long longest_label = 10;

}  // namespace

bool turn_maker::try_command()
{
    const auto at = data_.commands.find(heard_.plain);
    if (at == data_.commands.end())
        return false;
    if (at->second == command::more && before_.rest.empty() && top())
        return false;
    run_command(at->second);
    return true;
}

void turn_maker::run_command(command what)
{
    frame* f = top();
    switch (what) {
    case command::help:
        if (!f)
            return say(text_id::help, {command_choice(text_id::crisis_c1_human, "human")});
        return ask_after(
            fill(data_.text(text_id::why), {{"why", step_of(*f).why}}) + "\n" + data_.text(text_id::help)
        );
    case command::human:
        return ask_person("asked");
    case command::menu:
        put_aside();
        return welcome("main");
    case command::back:
        return f ? go_back() : say(text_id::nothing_open, paused_choices());
    case command::cancel:
        return ask_cancel();
    case command::go_on:
        return go_on();
    case command::anew:
        if (f && f->waits == awaiting::resume)
            return start_anew();
        if (f || after_.paused)
            return offer_resume(true);
        say(text_id::nothing_open);
        return welcome("main");
    case command::progress:
        return progress({});
    case command::withdraw:
        return begin("withdraw");
    case command::privacy:
        return begin("privacy");
    case command::hello:
        return f ? ask() : welcome("welcome");
    case command::thanks:
        return f ? ask() : say(text_id::thanks, paused_choices());
    case command::only_ask:
        return only_ask();
    case command::more:
        return say_more();
    case command::quick_exit:  // whoever is looked over the shoulder says it at any question; what was told is kept
        put_aside();
        return quick_exit();
    default:
        return;
    }
}

// "Go on" means what is open, and behind that what is put aside.
void turn_maker::go_on()
{
    frame* f = top();
    if (f && (f->waits == awaiting::resume || f->waits == awaiting::cancel))
        return resume();
    if (f && f->waits == awaiting::offer) {
        heard_.plain = plain(data_.text(text_id::offer_yes));
        return hear_offer();
    }
    // What is below or put aside is meant, not the question of law on the way.
    if (f && !worth_keeping(form()) && (after_.paused || after_.stack.size() > 1)) {
        pop_form();
        if (top())
            return return_to_question();
    } else if (f) {
        return ask();
    }
    if (after_.paused)
        return resume();
    say(text_id::nothing_open);
    return welcome("main");
}

bool turn_maker::try_opener()
{
    const frame* f = top();
    if (f && f->waits == awaiting::answer && flow_of(*f).keeps) {
        // In a free answer such a word may be the answer itself ("lawyer").
        const auto type = step_of(*f).type;
        if (type == slot_type::text || type == slot_type::name || type == slot_type::place)
            return false;
    }
    const auto at = data_.openers.find(heard_.plain);
    if (at == data_.openers.end())
        return false;
    if (f && f->waits == awaiting::offer && at->second.ends_with("/start"))
        return false;
    open_target(at->second);
    return true;
}

void turn_maker::open_target(std::string_view target)
{
    const auto slash = target.find('/');
    const auto head = target.substr(0, slash), tail = target.substr(slash + 1);
    if (head == "menu") {
        put_aside();
        return data_.pages.contains(tail) ? open_page(tail) : welcome("main");
    }
    if (head == "cmd") {
        const auto at = std::find(command_names.begin(), command_names.end(), tail);
        if (at != command_names.end())
            return run_command(static_cast<command>(at - command_names.begin()));
        put_aside();
        return welcome("main");
    }
    // What was just told is the question, and need not be told again.
    if (head == question_flow && top() && top()->waits == awaiting::offer && !top()->draft.empty()) {
        const auto told = top()->draft;
        return begin_with(head, {{std::string(question_slot), {told, told}}});
    }
    begin(head);
}

// The scene of the QR code on an invitation, or its code typed in.
bool turn_maker::try_invitation(std::string_view text)
{
    std::string code;
    const auto named = text.starts_with(invitation_scene) ? text.substr(invitation_scene.size()) : text;
    if (read_code(invitation_prefix, named, code) != code_check::good)
        return false;
    if (back_down_to("respondent"))  // asked for the code, or told another one: from its beginning with this one
        after_.stack.pop_back();
    begin_with("respondent", {{"code", {code, code}}});
    return true;
}

bool turn_maker::try_code()
{
    if (try_invitation(heard_.plain))
        return true;
    std::string code;
    if (const frame* f = top(); f && (f->waits == awaiting::answer || f->waits == awaiting::correction)) {
        const auto& s = step_of(*f);
        if (s.from == "own_cases" || s.type == slot_type::talk)
            return false;  // the code is the answer
    }
    switch (read_code(data_.code_prefix, heard_.plain, code)) {
    case code_check::none:
        return false;
    case code_check::misspelt:
        top() ? ask_after(data_.text(text_id::progress_bad_code)) : say(text_id::progress_bad_code);
        return true;
    case code_check::good:
        progress(code);
        return true;
    }
    return false;
}

// The choices of the page that was shown last, by their number or by words that contain one of their labels.
bool turn_maker::try_page_choice()
{
    const auto shown = data_.pages.find(before_.page);
    if (top() || shown == data_.pages.end())
        return false;
    const auto& choices = shown->second.choices;
    const auto number = read_number(heard_.text);
    if (number && *number >= 1 && static_cast<std::size_t>(*number) <= choices.size()) {
        open_target(choices[static_cast<std::size_t>(*number) - 1].target);
        return true;
    }
    if (count_characters(heard_.text) > longest_label)
        return false;
    for (const auto& c : choices)
        if (heard_.plain.find(c.label) != std::string::npos) {
            open_target(c.target);
            return true;
        }
    return false;
}

}  // namespace dialogs
