#include "dialogs/engine/turn_maker.hpp"

#include "dialogs/engine/readers.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr auto long_silence = std::chrono::minutes(30);
// A text at least this long, after a long silence, is taken for the answer and not for a "hello again".
constexpr long telling_length = 10;
// How much of a told dispute is taken over into the form.
constexpr std::size_t longest_offer = 500;

struct hearer {
    heard operator()(const said_text& s) const { return {heard::kind::words, s.text, {}, s.choice, {}}; }
    heard operator()(const sent_picture& s) const { return {heard::kind::picture, {}, {}, {}, s.media_id}; }
    heard operator()(const sent_voice& s) const { return {heard::kind::voice, s.transcript, {}, {}, s.media_id}; }
    heard operator()(const sent_video& s) const { return {heard::kind::video, {}, {}, {}, s.media_id}; }
    heard operator()(const sent_file& s) const { return {heard::kind::file, s.title, {}, {}, s.media_id}; }
    heard operator()(const sent_location& s) const
    {
        return {heard::kind::location, s.label, {}, {}, {}, s.latitude, s.longitude};
    }
    heard operator()(const sent_link& s) const { return {heard::kind::link, s.title, {}, {}, {}}; }
    heard operator()(const followed&) const { return {heard::kind::arrival}; }
    heard operator()(const scanned&) const { return {heard::kind::arrival}; }
    heard operator()(const unfollowed&) const { return {}; }
    heard operator()(const tapped_menu& s) const { return {heard::kind::menu, {}, {}, s.key, {}}; }
    heard operator()(const noticed&) const { return {}; }
    heard operator()(const owner_changed&) const { return {}; }
    heard operator()(const staff_said&) const { return {}; }
};

}  // namespace

heard hear(const said& what)
{
    heard out = std::visit(hearer{}, what);
    if (count_characters(out.text) < 0)
        out.text = normalise(out.text);  // broken bytes are neither stored nor repeated
    out.plain = plain(out.text);
    return out;
}

turn_maker::turn_maker(const book& data, const conversation& before, const step_input& input)
    : data_(data), before_(before), input_(input), after_(before), heard_(hear(input.what))
{
}

std::variant<stepped, wants> turn_maker::make()
{
    if (heard_.what == heard::kind::nothing)
        return stepped{before_, {}};
    // A frame of a flow that is no longer in the data cannot be answered: it is left.
    std::erase_if(after_.stack, [&](const frame& f) {
        if (f.flow == danger_flow)
            return false;
        const auto known = data_.flows.find(f.flow);
        return known == data_.flows.end() || !known->second.find(f.step);
    });
    if (after_.paused && (!data_.flows.contains(after_.paused->flow) || !flow_of(*after_.paused).find(after_.paused->step)))
        after_.paused.reset();
    after_.last_turn = input_.now;
    after_.page.clear();
    if (!screen())
        dispatch();
    if (wants_any())
        return wants_;
    return stepped{std::move(after_), std::move(out_)};
}

const std::string& turn_maker::own_text(const frame& f, std::string_view name) const
{
    return flow_of(f).texts.at(std::string(name));
}

std::int64_t turn_maker::new_id(std::uint64_t salt) const { return bot::time_ordered_id(input_.now, mix(input_.seed ^ salt)); }

std::string turn_maker::new_code(std::uint64_t salt) const { return make_code(data_.code_prefix, input_.now, input_.seed ^ salt); }

void turn_maker::dispatch()
{
    if (top() && top()->flow == danger_flow)
        return in_danger_frame();
    switch (heard_.what) {
    case heard::kind::words:
        return hear_words();
    case heard::kind::voice:
        if (!heard_.plain.empty())
            return hear_words();
        if (top() && step_of(*top()).type == slot_type::evidence)
            return add_evidence(*top());
        return top() ? ask_after(data_.text(text_id::voice_unclear)) : say(text_id::voice_unclear);
    case heard::kind::arrival:
        put_aside();
        return welcome("welcome");
    case heard::kind::menu:
        if (!try_tap(heard_.target)) {
            put_aside();
            welcome("main");
        }
        return;
    case heard::kind::location:
        return hear_location();
    case heard::kind::link:
        return top() ? ask_after(data_.text(text_id::link_unasked)) : say(text_id::link_unasked);
    default:
        return hear_media();
    }
}

void turn_maker::hear_words()
{
    if (!heard_.target.empty() && try_tap(heard_.target))
        return;
    frame* f = top();
    const bool asking = f && (f->waits == awaiting::answer || f->waits == awaiting::correction);
    if (asking && silent_too_long() && !answers_clearly() && !data_.commands.contains(heard_.plain))
        return offer_resume();
    // The words of the open question's choices win over commands of the same name.
    const bool own_word = asking && step_of(*f).words.contains(heard_.plain);
    if (!own_word && (try_command() || try_opener() || try_code() || try_page_choice()))
        return;
    if (!f)
        return idle_words();
    switch (f->waits) {
    case awaiting::cancel:
        return hear_cancel();
    case awaiting::resume:
        return hear_resume();
    case awaiting::offer:
        return hear_offer();
    default:
        return answer();
    }
}

bool turn_maker::silent_too_long() const
{
    const auto& f = after_.stack.back();
    return before_.last_turn && input_.now - *before_.last_turn > long_silence && !f.asked.empty() &&
           flow_of(f).keeps;
}

bool turn_maker::answers_clearly() const
{
    const auto& f = after_.stack.back();
    const auto& s = step_of(f);
    if (s.words.contains(heard_.plain))
        return true;
    switch (s.type) {
    case slot_type::date:
        return read_past_date(heard_.text, cases::china_date(input_.now)).has_value();
    case slot_type::money:
        return read_money_fen(heard_.text).has_value();
    case slot_type::phone:
        return read_phone(heard_.text).has_value();
    case slot_type::yes_no:
        return read_yes_no(heard_.text).has_value();
    case slot_type::text:
    case slot_type::place:
        return count_characters(heard_.text) >= telling_length || data_.says(command::done, heard_.plain);
    case slot_type::evidence:
        return data_.says(command::done, heard_.plain) || data_.says(command::skip, heard_.plain);
    default:
        return false;
    }
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
    if (count_characters(heard_.text) > telling_length)
        return false;
    for (const auto& c : choices)
        if (heard_.plain.find(c.label) != std::string::npos) {
            open_target(c.target);
            return true;
        }
    return false;
}

bool turn_maker::try_command()
{
    const auto at = data_.commands.find(heard_.plain);
    if (at == data_.commands.end())
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
        if (f)
            return ask_after(data_.text(text_id::human));
        return say(text_id::human, paused_choices());
    case command::menu:
        put_aside();
        return welcome("main");
    case command::back:
        return f ? go_back() : say(text_id::nothing_open, paused_choices());
    case command::cancel:
        return ask_cancel();
    case command::go_on:
        if (f && (f->waits == awaiting::resume || f->waits == awaiting::cancel))
            return resume();
        if (f && f->waits == awaiting::offer) {
            heard_.plain = plain(data_.text(text_id::offer_yes));
            return hear_offer();
        }
        if (f)
            return ask();
        if (after_.paused)
            return resume();
        say(text_id::nothing_open);
        return welcome("main");
    case command::anew:
        if (f && f->waits == awaiting::resume)
            return start_anew();
        if (!f && after_.paused)
            return offer_resume(true);
        if (f)
            return offer_resume(true);
        say(text_id::nothing_open);
        return welcome("main");
    case command::progress:
        return progress({});
    case command::withdraw:
        return open_page("withdraw");
    case command::hello:
        return f ? ask() : welcome("welcome");
    case command::thanks:
        return f ? ask() : say(text_id::thanks, paused_choices());
    default:
        return;
    }
}

bool turn_maker::try_opener()
{
    const frame* f = top();
    if (f && f->waits == awaiting::answer) {
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
    begin(head);
}

bool turn_maker::try_code()
{
    std::string code;
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

void turn_maker::idle_words()
{
    if (data_.says(command::ack, heard_.plain))
        return say(text_id::thanks, paused_choices());
    const auto length = count_characters(heard_.text);
    const bool telling = length >= telling_length || (length >= 4 && !data_.disputes->guess(heard_.text).empty());
    if (telling && !after_.paused)
        return offer_filing();
    say(text_id::idle);
    welcome("main");
}

// Somebody told a dispute without opening anything: it is kept, so that it need not be told again in the form.
std::vector<choice> turn_maker::keep_for_filing()
{
    frame f{.flow = "filing", .step = data_.flows.find("filing")->second.steps.front().id, .waits = awaiting::offer};
    f.draft = first_characters(heard_.text, longest_offer);
    std::vector<choice> choices{flow_choice(f, text_id::offer_yes, "offer", "yes"), {data_.text(text_id::offer_legal), "menu/legal"},
                                flow_choice(f, text_id::offer_no, "offer", "no"), command_choice(text_id::crisis_c1_human, "human")};
    after_.stack = {std::move(f)};
    return choices;
}

void turn_maker::offer_filing()
{
    const auto guesses = data_.disputes->guess(heard_.text);
    const auto* kind = guesses.empty() ? nullptr : data_.disputes->find(guesses.front().id);
    auto choices = keep_for_filing();
    say(kind ? fill(data_.text(text_id::offer), {{"kind", kind->name}}) : data_.text(text_id::offer_plain), std::move(choices));
}

void turn_maker::hear_media()
{
    frame* f = top();
    const bool holds = f && flow_of(*f).evidence >= 0 && f->waits != awaiting::offer;
    if (!holds)
        return f ? ask_after(data_.text(text_id::media_idle)) : say(text_id::media_idle, paused_choices());
    add_evidence(*f);
}

void turn_maker::hear_location()
{
    frame* f = top();
    const bool asked = f && (f->waits == awaiting::answer || f->waits == awaiting::correction) &&
                       (step_of(*f).type == slot_type::place || step_of(*f).type == slot_type::street);
    if (asked)
        return answer();
    f ? ask_after(data_.text(text_id::location_unasked)) : say(text_id::location_idle, paused_choices());
}

}  // namespace dialogs
