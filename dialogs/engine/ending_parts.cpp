#include "dialogs/engine/ending_parts.hpp"

#include "cases/calendar.hpp"
#include "cases/life_cycle.hpp"
#include "dialogs/engine/endings.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr auto reopening_days = std::chrono::days(15);

std::string label_of(const book& data, std::string_view target)
{
    if (target.ends_with("/start"))
        if (const auto flow = data.flows.find(target.substr(0, target.find('/'))); flow != data.flows.end())
            return flow->second.title;
    // Of the pages that have it, always the same one's word.
    for (const auto* id : {"main", "welcome", "apply"})
        if (const auto page = data.pages.find(id); page != data.pages.end())
            for (const auto& c : page->second.choices)
                if (c.target == target)
                    return c.label;
    return {};
}

}  // namespace

const case_view* own_case(const turn_maker& turn, std::string_view code)
{
    const auto& own = turn.facts().own_cases.value();
    const auto at = std::find_if(own.begin(), own.end(), [&](const case_view& c) { return c.code == code; });
    return at == own.end() ? nullptr : &*at;
}

bool is_open(const case_view& view)
{
    const auto state = cases::parse_case_state(view.state);
    return state && cases::is_open(*state);
}

bot::instant reopened_until(bot::instant closed_at)
{
    return cases::end_of_day(std::chrono::sys_days(cases::china_date(closed_at)) + reopening_days);
}

bool may_be_reopened(const case_view& view, bot::instant now)
{
    const bool ended = view.state == "closed_success" || view.state == "closed_failed";
    return ended && view.closed_at && now <= reopened_until(*view.closed_at);
}

bool may_be_rated(const case_view& view)
{
    return !view.rated && (view.state.starts_with("closed_") || view.state == "archived");
}

std::string answered_by(
    const turn_maker& turn, const frame& of, int working_days, std::string_view by, std::string_view by_days
)
{
    const auto last = turn.data().days.add_working_days(cases::china_date(turn.now()), working_days);
    return last ? turn.show_day(turn.own_text(of, by), cases::end_of_day(*last)) : turn.own_text(of, by_days);
}

std::vector<choice> ways(const turn_maker& turn, std::initializer_list<std::string_view> targets)
{
    std::vector<choice> out;
    for (const auto target : targets)
        if (auto label = label_of(turn.data(), target); !label.empty())
            out.push_back({std::move(label), std::string(target)});
    return out;
}

}  // namespace dialogs
