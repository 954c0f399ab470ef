#include "cases/jurisdiction.hpp"

#include <algorithm>
#include <cstddef>

namespace cases {

namespace {

enum class names { full_unit, short_unit, former, district, short_district, elsewhere };

// A name found at one place of the text.
struct found {
    names kind = names::elsewhere;
    std::size_t length = 0;  // bytes; 0: nothing
    const street* unit = nullptr;
    std::size_t at = 0;
};

void prefer_longer(found& best, std::string_view rest, std::string_view name, names kind, const street* unit)
{
    if (name.size() > best.length && rest.starts_with(name))
        best = {kind, name.size(), unit, 0};
}

// The longest name that the rest of the text begins with.
found longest_name(const jurisdiction& where, std::string_view rest)
{
    found best;
    for (const auto& name : where.lookalikes)
        prefer_longer(best, rest, name, names::elsewhere, nullptr);
    for (const auto& unit : where.streets) {
        prefer_longer(best, rest, unit.name, names::full_unit, &unit);
        for (const auto& name : unit.communities)
            prefer_longer(best, rest, name, names::full_unit, &unit);
        for (const auto& name : unit.aliases)
            prefer_longer(best, rest, name, names::short_unit, &unit);
    }
    for (const auto& name : where.former_names)
        prefer_longer(best, rest, name, names::former, nullptr);
    prefer_longer(best, rest, where.district_name, names::district, nullptr);
    for (const auto& name : where.district_aliases)
        prefer_longer(best, rest, name, names::short_district, nullptr);
    return best;
}

bool names_a_landmark(const jurisdiction& where, std::string_view after)
{
    const auto begins = [after](const std::string& word) { return after.starts_with(word); };
    return std::any_of(where.landmark_words.begin(), where.landmark_words.end(), begins);
}

}  // namespace

place_match find_street(const jurisdiction& where, std::string_view text)
{
    place_match match;
    std::vector<found> units;
    for (std::size_t at = 0; at < text.size();) {
        auto name = longest_name(where, text.substr(at));
        name.at = at;
        const auto after = text.substr(at + name.length);
        at += std::max<std::size_t>(name.length, 1);
        if (name.length == 0 || name.kind == names::elsewhere)
            continue;
        const bool is_short = name.kind == names::short_unit || name.kind == names::short_district;
        if (is_short && names_a_landmark(where, after))
            continue;
        if (name.kind == names::former)
            match.former_name = true;
        else if (name.unit == nullptr)
            match.district_named = true;
        else
            units.push_back(name);
    }
    const auto longer = [](const found& a, const found& b) {
        return a.length != b.length ? a.length > b.length : a.at < b.at;
    };
    std::sort(units.begin(), units.end(), longer);
    for (const auto& unit : units)
        if (std::find(match.streets.begin(), match.streets.end(), unit.unit) == match.streets.end())
            match.streets.push_back(unit.unit);
    return match;
}

const street* street_by_code(const jurisdiction& where, std::string_view code)
{
    for (const auto& unit : where.streets)
        if (unit.code == code)
            return &unit;
    return nullptr;
}

std::string_view responsible_unit(const jurisdiction& where, const street* arose_in)
{
    return arose_in != nullptr ? std::string_view{arose_in->code} : std::string_view{where.district_code};
}

}  // namespace cases
