// Who has it, since when, what next, by when.
#include "cases/life_cycle.hpp"
#include "dialogs/engine/turn_maker.hpp"

#include <algorithm>

namespace dialogs {

namespace {
constexpr std::size_t cases_shown = 3;
}

void turn_maker::progress(std::string_view code)
{
    if (!need({.own_cases = true}, {}))
        return;
    const auto& own = *input_.facts.own_cases;
    if (code.empty() && own.empty()) {
        say(text_id::progress_none, {{data_.flows.find("filing")->second.title, "filing/start"}});
    } else if (code.empty()) {
        for (std::size_t i = 0; i < std::min(own.size(), cases_shown); ++i)
            say(show_case(own[i]));
        if (own.size() > cases_shown)
            say(fill(data_.text(text_id::progress_more), {{"count", std::to_string(own.size() - cases_shown)}}));
    } else {
        const auto at = std::find_if(own.begin(), own.end(), [&](const case_view& c) { return c.code == code; });
        at == own.end() ? say(text_id::progress_not_yours) : say(show_case(*at));
    }
    if (top())
        ask();
}

std::string turn_maker::show_case(const case_view& view) const
{
    const auto* kind = data_.disputes->find(view.dispute_type);
    const auto submitted = show_moment(view.submitted_at);
    const auto state = state_of(view);
    const auto next = next_of(view);
    return fill(data_.text(text_id::progress_case), {{"code", view.code},
                                                     {"kind", kind ? std::string_view(kind->name) : std::string_view{}},
                                                     {"submitted", submitted},
                                                     {"state", state},
                                                     {"next", next}});
}

std::string turn_maker::state_of(const case_view& view) const
{
    const auto unit = data_.unit_name(view.unit);
    std::string holder = fill(data_.text(text_id::holder_unit), {{"unit", unit}});
    if (view.claimed && view.claimed_at)
        holder = fill(data_.text(text_id::holder_person), {{"unit", unit}, {"since", show_moment(*view.claimed_at)}});
    else if (view.claimed)
        holder = fill(data_.text(text_id::holder_person_undated), {{"unit", unit}});
    const auto name = "state_" + view.state;
    const auto at = std::find_if(text_names.begin(), text_names.end(), [&](const text_name& t) { return t.name == name; });
    if (at == text_names.end())
        return holder;
    return fill(data_.texts[static_cast<std::size_t>(at - text_names.begin())], {{"unit", unit}, {"holder", holder}});
}

std::string turn_maker::next_of(const case_view& view) const
{
    const auto state = cases::parse_case_state(view.state);
    if (state && !cases::is_open(*state))
        return data_.text(text_id::progress_closed);
    if (view.state != "submitted")
        return data_.text(text_id::progress_next);
    if (!view.accept_by)
        return data_.text(text_id::progress_by_days);
    return show_day(data_.text(input_.now > *view.accept_by ? text_id::progress_late : text_id::progress_by), *view.accept_by);
}

}  // namespace dialogs
