// Dialogues on top of dialogues: what is opened in the middle of a question stands on top of it, and when it is done the
// same question is asked again. And one dialogue put aside, which is taken up again, begun anew or cancelled.
#include "dialogs/engine/readers.hpp"
#include "dialogs/engine/turn_maker.hpp"

#include <algorithm>

namespace dialogs {

namespace {

// A form and two levels on top of it; what is opened above takes the place of the topmost, which is put aside.
constexpr std::size_t most_levels = 3;
// Unsent drafts are deleted then (domain reference §26).
constexpr auto draft_kept = std::chrono::days(30);
// Behind the one put aside last.
constexpr std::size_t most_shelved = 3;

}  // namespace

bool turn_maker::is_notice(const frame& f) { return f.flow == consent_flow; }

// The dialogue that the question on top belongs to: the notice belongs to what is below it.
frame& turn_maker::form()
{
    auto& stack = after_.stack;
    return stack.size() > 1 && is_notice(stack.back()) ? stack[stack.size() - 2] : stack.back();
}

// Takes the topmost dialogue off, with the notice that stands on it.
frame turn_maker::pop_form()
{
    if (is_notice(after_.stack.back()) && after_.stack.size() > 1)
        after_.stack.pop_back();
    frame out = std::move(after_.stack.back());
    after_.stack.pop_back();
    return out;
}

bool turn_maker::worth_keeping(const frame& f) const
{
    return f.flow != danger_flow && f.waits != awaiting::offer && flow_of(f).keeps && (!f.asked.empty() || !f.draft.empty());
}

void turn_maker::keep_aside(frame f)
{
    f.waits = natural_wait(f);
    f.put_aside_at = input_.now;
    auto& shelf = after_.shelf;
    if (after_.paused)
        shelf.push_back(std::move(*after_.paused));
    std::erase_if(shelf, [&](const frame& other) { return other.flow == f.flow; });
    if (shelf.size() > most_shelved)
        shelf.erase(shelf.begin());
    after_.paused = std::move(f);
}

// Everything under way that is worth it; what stood lowest is offered first.
void turn_maker::put_aside()
{
    for (auto f = after_.stack.rbegin(); f != after_.stack.rend(); ++f)
        if (worth_keeping(*f))
            keep_aside(std::move(*f));
    after_.stack.clear();
}

void turn_maker::take_paused()
{
    after_.stack.push_back(std::move(*after_.paused));
    after_.stack.back().put_aside_at.reset();
    next_from_shelf();
}

void turn_maker::next_from_shelf()
{
    after_.paused.reset();
    if (after_.shelf.empty())
        return;
    after_.paused = std::move(after_.shelf.back());
    after_.shelf.pop_back();
}

// Whether a dialogue of this flow is put aside; it stands in front then.
bool turn_maker::bring_forward(std::string_view flow_id)
{
    if (after_.paused && after_.paused->flow == flow_id)
        return true;
    const auto at = std::find_if(after_.shelf.begin(), after_.shelf.end(), [&](const frame& f) { return f.flow == flow_id; });
    if (at == after_.shelf.end())
        return false;
    std::swap(*at, *after_.paused);
    return true;
}

frame turn_maker::fresh_frame(std::string_view flow_id) const
{
    return {.flow = std::string(flow_id), .step = data_.flows.find(flow_id)->second.steps.front().id, .version = data_.version};
}

void turn_maker::begin(std::string_view flow_id)
{
    auto fresh = fresh_frame(flow_id);
    if (!after_.stack.empty() && form().flow == flow_id) {
        auto& under_way = form();
        if (under_way.waits != awaiting::offer)
            return under_way.asked.empty() ? ask() : offer_resume(true);
        fresh.draft = under_way.draft;
    } else if (back_down_to(flow_id)) {
        return return_to_question();
    } else if (bring_forward(flow_id)) {
        take_paused();
        return offer_resume();
    }
    enter(std::move(fresh));
}

void turn_maker::begin_with(std::string_view flow_id, std::map<std::string, slot_value> slots)
{
    if (back_down_to(flow_id))
        return return_to_question();
    auto fresh = fresh_frame(flow_id);
    fresh.slots = std::move(slots);
    for (const auto& s : flow_of(fresh).steps)
        if (!s.slot.empty() && fresh.slots.contains(s.slot) && visible(s, fresh))
            fresh.asked.push_back(s.id);
    enter(std::move(fresh));
}

void turn_maker::begin_telling(std::string_view flow_id, std::string told)
{
    if (back_down_to(flow_id))
        return return_to_question();
    if (bring_forward(flow_id))
        return begin(flow_id);
    auto fresh = fresh_frame(flow_id);
    fresh.draft = std::move(told);
    enter(std::move(fresh));
}

// A dialogue that is under way further down is not begun a second time: what stands on it is closed, or put aside.
bool turn_maker::back_down_to(std::string_view flow_id)
{
    auto& stack = after_.stack;
    const auto at = std::find_if(stack.begin(), stack.end(), [&](const frame& f) { return f.flow == flow_id && f.waits != awaiting::offer; });
    if (at == stack.end())
        return false;
    for (auto above = stack.end(); above-- != at + 1;)
        if (worth_keeping(*above))
            keep_aside(std::move(*above));
    stack.erase(at + 1, stack.end());
    stack.back().waits = natural_wait(stack.back());
    return true;
}

void turn_maker::enter(frame fresh)
{
    if (top() && top()->waits == awaiting::offer)
        after_.stack.pop_back();
    if (top())
        top()->waits = natural_wait(*top());
    const auto levels = [&] { return std::count_if(after_.stack.begin(), after_.stack.end(), [](const frame& f) { return !is_notice(f); }); };
    while (levels() >= static_cast<long>(most_levels))
        if (auto topmost = pop_form(); worth_keeping(topmost))
            keep_aside(std::move(topmost));
    const bool needs_notice = flow_of(fresh).needs_consent && after_.consent != data_.notice_version;
    after_.stack.push_back(std::move(fresh));
    if (needs_notice)
        after_.stack.push_back(fresh_frame(consent_flow));
    proceed();
}

// After something that stood on top: where we are, in a line, and the same question.
void turn_maker::return_to_question()
{
    const frame& f = *top();
    if (!is_notice(f) && !f.asked.empty()) {
        const auto lines = recap(f);
        const auto& title = flow_of(f).title;
        say(lines.empty() ? fill(data_.text(text_id::returned_bare), {{"title", title}})
                          : fill(data_.text(text_id::returned), {{"title", title}, {"recap", lines.substr(lines.rfind('\n') + 1)}}));
    }
    f.waits == awaiting::answer ? proceed() : ask();
}

// The data it began with is gone: it goes on with the newest, without the steps that this has no more.
void turn_maker::take_newest(frame& f)
{
    f.version = data_.version;
    const auto& flow = flow_of(f);
    std::erase_if(f.asked, [&](const std::string& id) { return !flow.find(id); });
    std::erase_if(f.gleaned, [&](const auto& g) { return !flow.find(g.first); });
    if (flow.find(f.step))
        return;
    const auto* next = next_step(f);
    f.step = next ? next->id : flow.steps.back().id;
    f.waits = awaiting::answer;
    f.waits = natural_wait(f);
}

// Dialogues of data that is gone, and drafts that are too old, are left. True when a draft was deleted.
bool turn_maker::clear_out()
{
    const auto unknown = [&](frame& f) {
        if (f.flow == danger_flow)
            return false;
        if (!data_.flows.contains(f.flow))
            return true;
        const bool versioned = std::any_of(versions_.begin(), versions_.end(), [&](const auto& b) { return b->version == f.version; });
        if (!versioned)
            take_newest(f);
        return false;
    };
    std::erase_if(after_.stack, unknown);
    std::erase_if(after_.shelf, unknown);
    if (after_.paused && unknown(*after_.paused))
        next_from_shelf();
    const auto old = [&](const std::optional<bot::instant>& since) { return since && input_.now - *since > draft_kept; };
    bool deleted = std::erase_if(after_.shelf, [&](const frame& f) { return old(f.put_aside_at); }) > 0;
    if (after_.paused && old(after_.paused->put_aside_at ? after_.paused->put_aside_at : before_.last_turn)) {
        next_from_shelf();
        deleted = true;
    }
    if (!after_.stack.empty() && old(before_.last_turn)) {
        deleted |= std::any_of(after_.stack.begin(), after_.stack.end(), [&](const frame& f) { return worth_keeping(f); });
        after_.stack.clear();
    }
    return deleted;
}

void turn_maker::ask_cancel()
{
    if (top() && top()->waits == awaiting::cancel)
        return cancel_form();
    if (top() && top()->waits == awaiting::offer) {
        heard_.plain = plain(data_.text(text_id::offer_no));
        return hear_offer();
    }
    if (!top() && after_.paused)
        take_paused();
    if (!top()) {
        say(text_id::nothing_open);
        return welcome("main");
    }
    if (!flow_of(form()).keeps)
        return cancel_form();
    top()->waits = awaiting::cancel;
    ask();
}

void turn_maker::hear_cancel()
{
    auto& f = after_.stack.back();
    const bool yes = heard_.plain == plain(data_.text(text_id::cancel_yes));
    const bool no = heard_.plain == plain(data_.text(text_id::cancel_no));
    const auto read = read_yes_no(heard_.text);
    if (yes || (!no && read == yes_no::yes))
        return cancel_form();
    if (no || read == yes_no::no) {
        f.waits = natural_wait(f);
        return ask_after(data_.text(text_id::cancel_kept));
    }
    prompt(data_.text(text_id::cancel_again), question().choices);
}

void turn_maker::cancel_form()
{
    const bool kept = flow_of(form()).keeps;
    pop_form();
    say(kept ? text_id::cancelled : text_id::closed);
    if (top())
        return return_to_question();
    welcome("main");
}

void turn_maker::offer_resume(bool restart)
{
    if (!top())
        take_paused();
    top()->waits = awaiting::resume;
    if (restart)
        return ask_after(data_.text(text_id::restart_ask));
    ask();
}

void turn_maker::hear_resume()
{
    const auto read = read_yes_no(heard_.text);
    if (heard_.plain == plain(data_.text(text_id::resume_go)) || read == yes_no::yes)
        return resume();
    if (heard_.plain == plain(data_.text(text_id::resume_new)))
        return start_anew();
    if (try_question())
        return;
    ask();
}

void turn_maker::resume()
{
    if (!top())
        take_paused();
    auto& f = after_.stack.back();
    f.waits = natural_wait(f);
    f.retries = 0;
    ask_after(data_.text(text_id::resumed));
}

void turn_maker::start_anew()
{
    if (!top())
        take_paused();
    const auto old = pop_form();
    say(text_id::started_anew);
    enter(fresh_frame(old.flow));
}

// A question of law in the middle: answered on top, and what is under way stays as it is.
void turn_maker::only_ask()
{
    if (top())
        top()->waits = natural_wait(*top());
    if (data_.flows.contains(question_flow))
        return begin(question_flow);
    open_page("legal");
}

bool turn_maker::try_question()
{
    const bool there = data_.flows.contains(question_flow);
    if (!there || (top() && form().flow == question_flow) || !data_.asks_law(heard_.plain))
        return false;
    begin_with(question_flow, {{std::string(question_slot), {heard_.text, heard_.text}}});
    return true;
}

}  // namespace dialogs
