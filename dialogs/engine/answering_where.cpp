// Where it happened and what kind of matter it is: answers that are looked up in a table, with a list to choose from
// when the words say more than one thing or nothing.
#include "cases/jurisdiction.hpp"
#include "dialogs/engine/turn_maker.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <cstdio>

namespace dialogs {

namespace {

constexpr std::size_t most_candidates = 6;

// Whether the place is named as such, and not as part of a road's or a building's name.
bool names_outside(const step& s, std::string_view text)
{
    for (const auto& name : s.outside)
        for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
            const auto rest = text.substr(at + name.size());
            const auto& unless = s.outside_unless;
            if (std::none_of(unless.begin(), unless.end(), [&](const std::string& u) { return rest.starts_with(u); }))
                return true;
        }
    return false;
}

std::string coordinate(double degrees)
{
    char out[32];
    std::snprintf(out, sizeof out, "%.4f", degrees);
    return out;
}

}  // namespace

void turn_maker::answer_place(const step& s, frame& f)
{
    if (heard_.what == heard::kind::location) {
        const auto& area = s.area;
        const bool away = area && (heard_.latitude < (*area)[0] || heard_.latitude > (*area)[1] ||
                                   heard_.longitude < (*area)[2] || heard_.longitude > (*area)[3]);
        if (away)
            return miss(data_.text(text_id::place_outside));
        const auto label = trimmed(heard_.text);
        const auto name = label.empty() ? fill(data_.text(text_id::place_unnamed), {{"latitude", coordinate(heard_.latitude)},
                                                                                   {"longitude", coordinate(heard_.longitude)}})
                                        : label;
        const auto head = std::string(first_characters(name, static_cast<std::size_t>(s.max)));
        say(fill(data_.text(text_id::place_located), {{"value", head}}));
        return place_named(head, f);
    }
    const auto text = trimmed(heard_.text);
    const auto length = count_characters(text);
    if (length < s.min || length > s.max)
        return miss();
    const auto match = cases::find_street(data_.district, text);
    if (match.streets.empty() && !match.former_name && !match.district_named && names_outside(s, text))
        return miss(data_.text(text_id::place_outside));
    place_named(text, f);
}

// Fills the place, and the street with it when the name says which; else the next step asks among what is possible.
const cases::street* turn_maker::fill_place(const std::string& name, const step& s, frame& f)
{
    f.slots[s.slot] = {name, name};
    if (!answered(f, s.id))
        f.asked.push_back(s.id);
    drop_dependants(f, s);
    const auto match = cases::find_street(data_.district, name);
    std::string list;
    for (std::size_t i = 0; i < std::min(match.streets.size(), most_candidates); ++i)
        list += (list.empty() ? "" : ",") + match.streets[i]->code;
    f.slots[".street"] = {list.empty() ? "all" : list, {}};
    if (match.streets.size() != 1 || match.former_name)
        return nullptr;
    const auto* street = match.streets.front();
    f.slots["street"] = {street->code, street->name};
    f.slots["located"] = {"yes", {}};
    f.slots.erase(".street");
    return street;
}

void turn_maker::place_named(const std::string& name, frame& f)
{
    const step& s = step_of(f);
    const bool corrected = f.waits == awaiting::correction;
    const auto* street = fill_place(name, s, f);
    if (corrected)
        say(fill(data_.text(text_id::changed), {{"label", s.label}, {"value", name}}));
    if (street)
        say(fill(data_.text(text_id::street_set), {{"unit", street->name}}));
    if (!corrected && heard_.target.empty())
        look_for_more(f, heard_.text);
    proceed();
}

void turn_maker::answer_kind(frame& f)
{
    const step& s = step_of(f);
    const auto list = offers(f, s);
    if (const int chosen = match(list, s); chosen >= 0)
        return answer_option(list[static_cast<std::size_t>(chosen)]);
    for (const auto& category : data_.disputes->all())
        if (heard_.plain == category.name)
            return store(category.id, category.name);
    // More words about the matter: look again.
    std::string fresh;
    const auto guesses = data_.likely_types(heard_.text);
    for (std::size_t i = 0; i < std::min<std::size_t>(guesses.size(), 3); ++i)
        fresh += (fresh.empty() ? "" : ",") + guesses[i].id;
    if (fresh.empty() || fresh == f.slots["." + s.slot].value)
        return miss();
    f.slots["." + s.slot].value = fresh;
    ask();
}

void turn_maker::answer_street(frame& f)
{
    const step& s = step_of(f);
    const auto list = offers(f, s);
    if (heard_.what == heard::kind::words && shrugs(heard_.text))
        return store(std::string(cases::responsible_unit(data_.district, nullptr)), data_.text(text_id::district));
    const auto found = cases::find_street(data_.district, heard_.text);
    if (found.streets.size() == 1 && !found.former_name)
        return store(found.streets.front()->code, found.streets.front()->name);
    if (const int chosen = match(list, s); chosen >= 0)
        return answer_option(list[static_cast<std::size_t>(chosen)]);
    miss();
}

}  // namespace dialogs
