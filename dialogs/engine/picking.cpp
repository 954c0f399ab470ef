// Steps whose choices are what is known of the world: own cases, own appointments, free slots.
#include "cases/calendar.hpp"
#include "cases/life_cycle.hpp"
#include "dialogs/engine/consult_lists.hpp"
#include "dialogs/engine/ending_parts.hpp"
#include "dialogs/engine/endings.hpp"
#include "dialogs/engine/readers.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>

namespace dialogs {

namespace {

bool among(const std::vector<std::string>& wanted, std::string_view what)
{
    return std::find(wanted.begin(), wanted.end(), what) != wanted.end();
}

bool case_fits(const step& s, const case_view& view, bot::instant now)
{
    if (s.only.empty() || among(s.only, view.state))
        return true;
    const auto state = cases::parse_case_state(view.state);
    const bool open = state && cases::is_open(*state);
    if (among(s.only, "unrated") && may_be_rated(view))
        return true;
    if (among(s.only, "reopenable") && may_be_reopened(view, now))
        return true;
    return among(s.only, open ? "open" : "closed");
}

std::string date_of(bot::instant at)
{
    const auto day = cases::china_date(at);
    return said_date{day.year(), day.month(), day.day()}.canonical();
}

}  // namespace

std::vector<turn_maker::offered> turn_maker::items(const frame& f, const step& s) const
{
    std::vector<offered> out;
    const auto base = f.flow + "/" + s.id + "/";
    const auto add = [&](const std::string& value, std::initializer_list<filling> with) {
        if (static_cast<int>(out.size()) < s.most)
            out.push_back({value, fill(s.item, with), base + value});
    };
    const auto& known = input_.facts;
    if (s.from == "own_cases" && known.own_cases)
        for (const auto& c : *known.own_cases)
            if (case_fits(s, c, input_.now)) {
                const auto* kind = data_.disputes->find(c.dispute_type);
                add(c.code, {{"code", c.code},
                             {"kind", kind ? std::string_view(kind->name) : std::string_view{}},
                             {"submitted", show_day(data_.text(text_id::day), c.submitted_at)},
                             {"state", state_of(c)}});
            }
    if (s.from == "own_appointments" && known.own_appointments)
        for (const auto& a : *known.own_appointments)
            if (s.only.empty() || among(s.only, a.kind))
                add(std::to_string(a.id.value), {{"starts", show_moment(a.starts_at)}, {"weekday", show_weekday(a.starts_at)},
                                                 {"place", a.place}, {"with", a.with}, {"code", a.case_code}});
    // A form with a slot "day" chooses that first; then only its times are offered.
    const auto chosen = slot_of(f, "day").value;
    if (s.from == "free_days" && known.free_slots)
        for (const auto& slot : *known.free_slots)
            if (const auto date = date_of(slot.starts_at); slot.starts_at > input_.now && (out.empty() || out.back().value != date))
                add(date, {{"day", show_date(date)}, {"weekday", show_weekday(slot.starts_at)}});
    if (s.from == "free_slots" && known.free_slots)
        for (const auto& slot : *known.free_slots)
            if (slot.starts_at > input_.now && (chosen.empty() || chosen == date_of(slot.starts_at)))
                add(std::to_string(slot.id), {{"starts", show_moment(slot.starts_at)}, {"weekday", show_weekday(slot.starts_at)},
                                          {"place", slot.place}, {"with", slot.with}});
    for (const auto& listed : consult_list(data_, f, s.from))
        add(listed.value, {{"title", listed.label}});
    return out;
}

bool turn_maker::pass_pick(const step& s, frame& f)
{
    const auto list = items(f, s);
    if (s.alone && list.size() == 1) {
        f.slots[s.slot] = {list.front().value, list.front().label};
        f.asked.push_back(s.id);
    } else if (list.empty() && !s.none_label.empty()) {
        f.slots[s.slot] = {"none", s.none_label};
        f.asked.push_back(s.id);
    } else if (list.empty()) {
        const auto go = s.empty_go;
        say(worded(s.empty, f));
        after_.stack.pop_back();
        top() ? return_to_question() : open_target(go);
        return false;
    }
    return true;
}

// What was offered when it was asked, in that order: a number or a tap means that, whatever has changed since. One that
// is there no more has no label.
std::vector<turn_maker::offered> turn_maker::picks(frame& f, const step& s) const
{
    auto current = items(f, s);
    if (!s.none_label.empty())
        current.push_back({"none", s.none_label, f.flow + "/" + s.id + "/none"});
    auto& asked = f.slots["." + s.slot].value;
    if (asked.empty()) {
        for (const auto& o : current)
            asked += (asked.empty() ? "" : ",") + o.value;
        return current;
    }
    std::vector<offered> out;
    for (std::string_view rest = asked; !rest.empty();) {
        const auto end = rest.find(',');
        const auto value = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        const auto at = std::find_if(current.begin(), current.end(), [&](const offered& o) { return o.value == value; });
        out.push_back(at == current.end() ? offered{std::string(value), {}, {}} : *at);
    }
    return out;
}

void turn_maker::answer_pick(const step& s, frame& f)
{
    const auto list = picks(f, s);
    if (std::string code; s.from == "own_cases" && read_code(data_.code_prefix, heard_.plain, code) == code_check::good)
        for (const auto& o : list)
            if (o.value == code)
                return answer_option(o);
    if (const int chosen = match(list, s); chosen >= 0)
        return answer_option(list[static_cast<std::size_t>(chosen)]);
    if (is_consult_list(s.from) && count_characters(heard_.text) >= shrug_length && retell(f, heard_.text))
        return proceed();
    miss();
}

}  // namespace dialogs
