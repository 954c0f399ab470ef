// Who has it, since when, what next, by when.
#include "cases/life_cycle.hpp"
#include "dialogs/engine/ending_parts.hpp"

#include <algorithm>

namespace dialogs {

namespace {

// So many are shown whole, more of them in a line each.
constexpr std::size_t cases_whole = 2, cases_listed = 8, services_listed = 3;

// Until when the next thing happens in a state (domain reference §6, 6.1), from its beginning.
struct limit {
    std::string_view state;
    int days;
    bool working;
};
constexpr limit limits[] = {
    {"need_more", 30, false}, {"accepted", 3, true},  {"awaiting_consent", 10, false}, {"assigned", 1, true},        {"in_hand", 2, true},
    {"mediating", 30, false}, {"agreed", 30, false},  {"transferred", 1, true},        {"closed_success", 15, false}, {"closed_failed", 15, false},
};
constexpr int answer_complaint = 3, answer_request = 15;  // working days

bool labour(const case_view& view) { return view.dispute_type == "migrant_wage_arrears" || view.dispute_type == "other_labor"; }

limit limit_of(const case_view& view)
{
    if (view.state == "mediating" && labour(view))
        return {"mediating", 15, false};
    if (view.state == "mediating" && view.dispute_type == "medical")
        return {"mediating", 30, true};
    const auto at = std::find_if(std::begin(limits), std::end(limits), [&](const limit& l) { return l.state == view.state; });
    return at == std::end(limits) ? limit{{}, 0, false} : *at;
}

std::optional<bot::instant> start_of(const case_view& view)
{
    if (view.state == "mediating")
        return labour(view) ? view.submitted_at : view.accepted_at ? view.accepted_at : view.since;
    return view.since ? view.since : view.closed_at;
}

// The last moment of a period; nullopt when its beginning or the calendar of its year is not known.
std::optional<bot::instant> end_of(const cases::calendar& days, std::optional<bot::instant> start, const limit& within)
{
    if (!start || within.days == 0)
        return {};
    const auto from = cases::china_date(*start);
    if (!within.working)
        return cases::end_of_day(std::chrono::sys_days(from) + std::chrono::days(within.days));
    const auto last = days.add_working_days(from, within.days);
    return last ? std::optional(cases::end_of_day(*last)) : std::nullopt;
}

std::string_view text_named(const book& data, const std::string& name)
{
    const auto at = std::find_if(text_names.begin(), text_names.end(), [&](const text_name& t) { return t.name == name; });
    return at == text_names.end() ? std::string_view{} : std::string_view(data.texts[static_cast<std::size_t>(at - text_names.begin())]);
}

std::string_view kind_name(const book& data, const case_view& view)
{
    const auto* kind = data.disputes->find(view.dispute_type);
    return kind ? std::string_view(kind->name) : std::string_view{};
}

}  // namespace

std::string turn_maker::by_when(std::optional<bot::instant> last, int days, bool working) const
{
    if (last)
        return show_day(data_.text(text_id::progress_until), *last);
    return fill(data_.text(working ? text_id::progress_within : text_id::progress_within_days), {{"count", std::to_string(days)}});
}

void turn_maker::progress(std::string_view code)
{
    if (!need({.own_cases = true, .own_appointments = true, .own_services = true}, {}))
        return;
    code.empty() ? progress_of_all() : progress_of(code);
    if (top())
        ask();
}

void turn_maker::progress_of(std::string_view code)
{
    const auto by_code = [&](const auto& it) { return it.code == code; };
    const auto& own = *input_.facts.own_cases;
    if (const auto at = std::find_if(own.begin(), own.end(), by_code); at != own.end())
        return say(show_case(*at), ways_on(*at));
    const auto& services = *input_.facts.own_services;
    if (const auto at = std::find_if(services.begin(), services.end(), by_code); at != services.end())
        return say(show_service(*at));
    say(text_id::progress_not_yours);
}

void turn_maker::progress_of_all()
{
    const auto& own = *input_.facts.own_cases;
    const auto others = other_lines();
    if (own.empty() && others.empty())
        return say(text_id::progress_none, {{data_.flows.find("filing")->second.title, "filing/start"}});
    if (own.size() <= cases_whole)
        for (const auto& view : own)
            say(show_case(view), own.size() == 1 ? ways_on(view) : std::vector<choice>{});
    else
        say(list_of(own));
    if (!others.empty())
        say(others);
}

std::string turn_maker::list_of(const std::vector<case_view>& own) const
{
    auto out = fill(data_.text(text_id::progress_list), {{"count", std::to_string(own.size())}});
    for (std::size_t i = 0; i < std::min(own.size(), cases_listed); ++i)
        out += "\n" + fill(data_.text(text_id::progress_line), {{"number", std::to_string(i + 1)},
                                                                {"kind", kind_name(data_, own[i])},
                                                                {"code", own[i].code},
                                                                {"state", state_of(own[i])}});
    return out + "\n" + data_.text(text_id::progress_more);
}

// Appointments for mediation, complaints, material, requests: a line each. Of counselling nothing is shown unasked.
std::string turn_maker::other_lines() const
{
    std::string out;
    const auto add = [&](const std::string& line) { out += (out.empty() ? "" : "\n") + line; };
    for (const auto& a : *input_.facts.own_appointments)
        if (a.kind == "mediation")
            add(fill(data_.text(text_id::progress_appointment),
                     {{"starts", show_moment(a.starts_at)}, {"weekday", show_weekday(a.starts_at)}, {"place", a.place}}));
    const auto& services = *input_.facts.own_services;
    for (std::size_t i = 0; i < std::min(services.size(), services_listed); ++i)
        add(show_service(services[i]));
    return out;
}

// What can be done with a case now. Nothing in the middle of a form, no rating soon after acute danger.
std::vector<choice> turn_maker::ways_on(const case_view& view) const
{
    if (!after_.stack.empty())
        return {};
    if (is_open(view))
        return ways(*this, {"supplement/start", "appointment/start", "withdraw/start"});
    std::vector<choice> out;
    if (may_be_rated(view) && may_remind())
        out = ways(*this, {"rate/start"});
    if (may_be_reopened(view, input_.now))
        out.push_back(ways(*this, {"reopen/start"}).front());
    return out;
}

std::string turn_maker::show_case(const case_view& view) const
{
    const auto submitted = show_moment(view.submitted_at);
    auto state = state_of(view);
    if (view.since && view.state != "submitted")
        state += show_day(data_.text(text_id::progress_since), *view.since);
    return fill(data_.text(text_id::progress_case), {{"code", view.code},
                                                     {"kind", kind_name(data_, view)},
                                                     {"submitted", submitted},
                                                     {"state", state},
                                                     {"next", next_of(view)}});
}

std::string turn_maker::state_of(const case_view& view) const
{
    const auto unit = data_.unit_name(view.unit);
    std::string holder = fill(data_.text(text_id::holder_unit), {{"unit", unit}});
    if (view.claimed_at)
        holder = fill(data_.text(text_id::holder_person), {{"unit", unit}, {"since", show_moment(*view.claimed_at)}});
    const auto text = text_named(data_, "state_" + view.state);
    return text.empty() ? holder : fill(text, {{"unit", unit}, {"holder", holder}});
}

std::string turn_maker::next_of(const case_view& view) const
{
    if (view.state == "submitted") {
        if (view.accept_by && input_.now > *view.accept_by)
            return show_day(data_.text(text_id::progress_late), *view.accept_by);
        return fill(data_.text(text_id::progress_by), {{"by", by_when(view.accept_by, answer_complaint, true)}});
    }
    if (view.state == "scheduled")
        return view.session_at ? fill(data_.text(text_id::next_scheduled), {{"session", show_moment(*view.session_at)}})
                               : data_.text(text_id::next_scheduled_undated);
    const auto within = limit_of(view);
    const auto last = end_of(data_.days, start_of(view), within);
    if (last && input_.now > *last)
        return overdue(view, *last);
    const bool ended = view.state == "closed_success" || view.state == "closed_failed";
    const auto text = ended && !last ? std::string_view(data_.text(text_id::next_closed_over)) : text_named(data_, "next_" + view.state);
    return fill(text.empty() ? std::string_view(data_.text(text_id::next_closed_over)) : text,
                {{"by", by_when(last, within.days, within.working)}});
}

std::string turn_maker::overdue(const case_view& view, bot::instant last) const
{
    if (view.state == "need_more")
        return data_.text(text_id::next_need_more_over);
    if (view.state == "agreed")
        return data_.text(text_id::next_performing);
    if (!is_open(view) && view.state != "transferred")
        return data_.text(text_id::next_closed_over);
    return show_day(data_.text(text_id::progress_late), last);
}

std::string turn_maker::show_service(const service_view& view) const
{
    const bool request = view.kind != "complaint" && view.kind != "material";
    std::string name = (request ? "request" : view.kind) + "_" + view.state;
    if (view.anonymous && view.state == "received")
        name += "_anonymous";
    const limit within{{}, request ? answer_request : answer_complaint, true};
    const auto text = text_named(data_, name);
    const auto state = view.until ? show_day(text, *view.until)
                                  : fill(text, {{"by", by_when(end_of(data_.days, view.at, within), within.days, true)}});
    return fill(text_named(data_, "service_" + view.kind), {{"code", view.code}, {"state", state}});
}

}  // namespace dialogs
