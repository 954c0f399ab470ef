// What was read from free text beside the answer: shown, confirmed or put right before it counts. Nothing that is filled is
// touched by it.
#include "dialogs/engine/gleaning.hpp"
#include "dialogs/engine/readers.hpp"
#include "dialogs/engine/turn_maker.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>

namespace dialogs {

namespace {

// Shorter messages say one thing.
constexpr long telling = 8;
constexpr std::size_t cut_value = 30;
constexpr int tries_before_asking_singly = 2;

}  // namespace

std::string turn_maker::shown_as(const step& s, const std::string& value) const
{
    if (s.type == slot_type::date)
        return show_date(value);
    if (s.type == slot_type::money)
        return show_money(std::stoll(value));
    return value;
}

// True when something was found: it waits in the frame to be confirmed.
bool turn_maker::look_for_more(frame& f, std::string_view text)
{
    if (count_characters(text) < telling || !flow_of(f).keeps)
        return false;
    const auto today = cases::china_date(input_.now);
    for (const auto& s : flow_of(f).steps) {
        if (s.label.empty() || answered(f, s.id) || f.slots.contains(s.slot) || f.gleaned.contains(s.id) || !visible(s, f))
            continue;
        if (auto value = glean(data_, s, text, today)) {
            auto shown = shown_as(s, *value);
            f.gleaned[s.id] = {std::move(*value), std::move(shown)};
        }
    }
    return !f.gleaned.empty();
}

// In the order of the form.
std::vector<const step*> turn_maker::gleaned_steps(const frame& f) const
{
    std::vector<const step*> out;
    for (const auto& s : flow_of(f).steps)
        if (f.gleaned.contains(s.id))
            out.push_back(&s);
    return out;
}

reply turn_maker::gleaned_question(const frame& f) const
{
    std::string lines;
    int number = 0;
    for (const auto* s : gleaned_steps(f))
        lines += (lines.empty() ? "" : "\n") + std::to_string(++number) + " " +
                 fill(data_.text(text_id::recap_line), {{"label", s->label}, {"value", shown(f.gleaned.at(s->id), cut_value)}});
    return {fill(data_.text(text_id::heard_ask), {{"lines", lines}}),
            {flow_choice(f, text_id::heard_yes, "heard", "yes"), flow_choice(f, text_id::heard_no, "heard", "no")}};
}

void turn_maker::hear_gleaned()
{
    frame& f = *top();
    const auto steps = gleaned_steps(f);
    if (data_.says(command::none_right, heard_.plain))
        return drop_gleaned();
    if (heard_.plain == data_.text(text_id::heard_no) || read_yes_no(heard_.text) == yes_no::no)
        return steps.size() == 1 ? take_gleaned(steps.front()) : prompt(data_.text(text_id::heard_which), {});
    if (heard_.plain == data_.text(text_id::heard_yes) || read_yes_no(heard_.text) == yes_no::yes)
        return take_gleaned(nullptr);
    if (const auto number = read_number(heard_.text); number && *number >= 1 && *number <= static_cast<int>(steps.size()))
        return take_gleaned(steps[static_cast<std::size_t>(*number) - 1]);
    if (put_right_gleaned(f))
        return ask();
    f.retries = std::min(f.retries + 1, 99);
    if (f.retries >= tries_before_asking_singly)
        return drop_gleaned();
    prompt(data_.text(text_id::heard_again), question().choices);
}

// Another value for what is shown, as corrections are said.
bool turn_maker::put_right_gleaned(frame& f)
{
    const auto said = read_correction(f, gleaned_steps(f));
    if (!said.step || said.value.empty())
        return false;
    const auto value = read_plain_value(*said.step, said.value);
    if (!value)
        return false;
    f.gleaned[said.step->id] = *value;
    f.retries = 0;
    return true;
}

// Everything but the one that is wrong, which is asked at once.
void turn_maker::take_gleaned(const step* wrong)
{
    frame& f = *top();
    const auto steps = gleaned_steps(f);
    auto values = std::move(f.gleaned);
    f.gleaned.clear();
    for (const auto* s : steps) {
        if (s == wrong || f.slots.contains(s->slot))
            continue;
        if (s->type == slot_type::place) {
            fill_place(values.at(s->id).value, *s, f);
            continue;
        }
        f.slots[s->slot] = values.at(s->id);
        f.asked.push_back(s->id);
    }
    f.retries = 0;
    if (!wrong)
        return proceed();
    f.step = wrong->id;
    f.waits = awaiting::answer;
    ask();
}

void turn_maker::drop_gleaned()
{
    frame& f = *top();
    f.gleaned.clear();
    say(text_id::heard_dropped);
    proceed();
}

}  // namespace dialogs
