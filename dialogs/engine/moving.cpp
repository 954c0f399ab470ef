// How a dialogue moves: from step to step, back, to a page, to a correction.
#include "dialogs/engine/endings.hpp"
#include "dialogs/engine/readers.hpp"
#include "dialogs/engine/turn_maker.hpp"

#include <algorithm>

namespace dialogs {

// By the data that the dialogue began with, or else by the newest.
const flow* turn_maker::known_flow(const frame& f) const
{
    for (const auto& version : versions_)
        if (version->version == f.version)
            if (const auto at = version->flows.find(f.flow); at != version->flows.end())
                return &at->second;
    const auto at = data_.flows.find(f.flow);
    return at == data_.flows.end() ? nullptr : &at->second;
}

const flow& turn_maker::flow_of(const frame& f) const { return *known_flow(f); }

const step& turn_maker::step_of(const frame& f) const { return *flow_of(f).find(f.step); }

bool turn_maker::answered(const frame& f, std::string_view step_id)
{
    return std::find(f.asked.begin(), f.asked.end(), step_id) != f.asked.end();
}

bool turn_maker::visible(const step& s, const frame& f) const
{
    return std::all_of(s.when.begin(), s.when.end(), [&](const condition& c) {
        const auto at = f.slots.find(c.slot);
        bool holds = at != f.slots.end();
        if (holds && !c.values.empty())
            holds = std::find(c.values.begin(), c.values.end(), at->second.value) != c.values.end();
        return holds == c.wanted;
    });
}

const step* turn_maker::next_step(const frame& f) const
{
    for (const auto& s : flow_of(f).steps)
        if (!answered(f, s.id) && visible(s, f))
            return &s;
    return nullptr;
}

bool turn_maker::being_corrected(const frame& f) const
{
    if (!f.slots.contains(step_of(f).slot))
        return false;
    return std::all_of(flow_of(f).steps.begin(), flow_of(f).steps.end(), [&](const step& s) {
        return s.type == slot_type::summary || s.id == f.step || answered(f, s.id) || !visible(s, f);
    });
}

awaiting turn_maker::natural_wait(const frame& f) const
{
    if (!f.gleaned.empty())
        return awaiting::heard;
    if (step_of(f).type == slot_type::summary)
        return awaiting::summary;
    return being_corrected(f) ? awaiting::correction : awaiting::answer;
}

void turn_maker::proceed()
{
    while (true) {
        auto& f = after_.stack.back();
        f.retries = 0;
        if (!f.gleaned.empty()) {
            f.waits = awaiting::heard;
            return ask();
        }
        const auto* next = next_step(f);
        if (!next)
            return finish_flow();
        f.step = next->id;
        f.waits = next->type == slot_type::summary ? awaiting::summary : awaiting::answer;
        if (!need(flow_of(f).needs, f) || !need(next->needs, f))
            return;
        if (!pass(*next, f))
            return;
        if (!answered(f, next->id))
            return ask();
    }
}

// Passes a step that needs no answer: it counts as answered then. False when the turn is made by something else.
bool turn_maker::pass(const step& s, frame& f)
{
    if (s.type == slot_type::say) {
        f.asked.push_back(s.id);
        say(worded(s.ask, f));
    } else if (s.type == slot_type::run) {
        f.asked.push_back(s.id);
        return s.does->run(*this, f);
    } else if (s.type == slot_type::pick) {
        return pass_pick(s, f);
    }
    return true;
}

// What a flow or step wants to know of the world; false when it must be read first, and the turn is made again then.
bool turn_maker::need(const wants& what, const frame& f)
{
    const auto& known = input_.facts;
    const auto named = [&](const std::string& name) {
        return name.starts_with('$') ? slot_of(f, std::string_view(name).substr(1)).value : name;
    };
    wants_.own_cases |= what.own_cases && !known.own_cases;
    wants_.own_appointments |= what.own_appointments && !known.own_appointments;
    wants_.own_services |= what.own_services && !known.own_services;
    wants_.stored |= what.stored && !known.stored;
    if (const auto kind = named(what.free_slots); !kind.empty() && !known.free_slots)
        wants_.free_slots = kind;
    if (const auto code = named(what.invitation); !code.empty() && !known.invitation)
        wants_.invitation = code;
    return !wants_any();
}

bool turn_maker::wants_any() const
{
    return wants_.own_cases || wants_.own_appointments || wants_.own_services || wants_.stored || !wants_.free_slots.empty() ||
           !wants_.invitation.empty();
}

void turn_maker::finish_flow()
{
    if (!need(flow_of(*top()).needs, *top()))
        return;
    frame done = std::move(after_.stack.back());
    after_.stack.pop_back();
    if (!flow_of(done).ends->run(*this, done))
        return;
    if (top())
        return_to_question();
    else if (out_.replies.empty())
        welcome("main");
}

void turn_maker::leave_flow()
{
    after_.stack.pop_back();
    if (top())
        return_to_question();
}

void turn_maker::consent_given_to_notice()
{
    after_.consent = data_.notice_version;
    effect(consent_given{data_.notice_version, input_.now});
}

void turn_maker::open_page(std::string_view id)
{
    if (top())
        put_aside();
    welcome(id);
}

// A page, and below it the way back to what is put aside.
void turn_maker::welcome(std::string_view page_id)
{
    const auto& shown = data_.pages.find(page_id)->second;
    after_.page = page_id;
    std::string text = shown.text;
    auto choices = shown.choices;
    if (after_.paused && may_remind()) {
        text += '\n' + fill(data_.text(text_id::paused), {{"title", flow_of(*after_.paused).title}});
        for (auto& extra : paused_choices())
            choices.push_back(std::move(extra));
    }
    say(std::move(text), std::move(choices));
}

void turn_maker::go_back()
{
    auto& f = after_.stack.back();
    switch (f.waits) {
    case awaiting::cancel:
        f.waits = natural_wait(f);
        return ask_after(data_.text(text_id::cancel_kept));
    case awaiting::resume:
        return ask();
    case awaiting::offer:
        heard_.plain = plain(data_.text(text_id::offer_no));
        return hear_offer();
    case awaiting::correction:
        return keep_old();
    case awaiting::heard:
        f.gleaned.clear();
        break;
    default:
        break;
    }
    if (f.asked.empty())
        return ask_after(data_.text(text_id::back_first));
    do {
        f.step = f.asked.back();
        f.asked.pop_back();
    } while (!step_of(f).asks() && !f.asked.empty());
    f.waits = awaiting::answer;
    f.retries = 0;
    step_of(f).asks() ? ask() : proceed();
}

void turn_maker::correct(const step& s, frame& f)
{
    std::erase(f.asked, s.id);
    f.slots.erase("." + s.slot);
    f.step = s.id;
    f.waits = awaiting::correction;
    f.retries = 0;
    if (s.several)
        f.draft.clear();
}

}  // namespace dialogs
