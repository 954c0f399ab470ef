#include "dialogs/engine/gleaning.hpp"

#include "dialogs/engine/readers.hpp"
#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <array>

namespace dialogs {

namespace {

// Characters of a name, of somebody described, of a place, between a cue and the number it speaks of.
constexpr std::size_t longest_name = 4, longest_party = 30, longest_place = 30, number_reach = 24;

constexpr auto clause_ends = std::to_array<std::string_view>({"。", "，", "；", "！", "？", "、", "\n", ",", ";", "!", "?", " "});
constexpr auto sentence_ends = std::to_array<std::string_view>({"。", "；", "！", "？", "\n", ";", "!", "?"});

// Where the first of these words stands in the text, and how long it is.
struct hit {
    std::size_t at = std::string_view::npos, length = 0;
    bool found() const { return at != std::string_view::npos; }
    std::size_t end() const { return at + length; }
};

template <class Words>
hit first_of(std::string_view text, const Words& words)
{
    hit best;
    for (const std::string_view word : words) {
        const auto at = text.find(word);
        if (at < best.at || (at == best.at && at != std::string_view::npos && word.size() > best.length))
            best = {at, word.size()};
    }
    return best;
}

template <class Words>
hit last_of(std::string_view text, const Words& words)
{
    hit best;
    for (const std::string_view word : words) {
        const auto at = text.rfind(word);
        if (at != std::string_view::npos && (!best.found() || at + word.size() > best.end()))
            best = {at, word.size()};
    }
    return best;
}

std::string_view trim(std::string_view text)
{
    constexpr auto marks = std::to_array<std::string_view>({"：", ":", " ", "\t", "“", "”", "\"", "，", ",", "。"});
    for (bool more = true; more;) {
        more = false;
        for (const auto mark : marks) {
            if (text.starts_with(mark))
                text.remove_prefix(mark.size()), more = true;
            if (text.ends_with(mark))
                text.remove_suffix(mark.size()), more = true;
        }
    }
    return text;
}

template <class Ends>
std::string_view up_to(std::string_view text, const Ends& ends)
{
    return text.substr(0, first_of(text, ends).at);
}

bool is_han(std::string_view text)
{
    const auto points = to_points(std::string(text));
    return !points.empty() && std::all_of(points.begin(), points.end(), [](char32_t p) { return p >= 0x4E00 && p <= 0x9FFF; });
}

// Behind the first cue that stands in the text.
std::optional<std::string_view> behind_cue(const step& of, std::string_view text)
{
    const auto cue = first_of(text, of.hear);
    if (!cue.found())
        return std::nullopt;
    return text.substr(cue.end());
}

std::optional<std::string> name_in(const book& data, const step& of, std::string_view text)
{
    const auto rest = behind_cue(of, text);
    if (!rest)
        return std::nullopt;
    auto name = trim(up_to(trim(*rest), clause_ends));
    name = name.substr(0, first_of(name, data.gleaning.after_name).at);
    const auto length = count_characters(name);
    if (length < of.min || length > static_cast<long>(longest_name) || !is_han(name))
        return std::nullopt;
    return std::string(name);
}

std::optional<std::string> phone_in(const step& of, std::string_view text)
{
    const auto rest = behind_cue(of, text);
    return rest ? read_phone(first_characters(*rest, number_reach)) : std::nullopt;
}

// From the word before the place to the first word that is no part of one.
std::optional<std::string> place_in(const book& data, std::string_view text)
{
    const auto match = cases::find_street(data.district, text);
    if (match.streets.size() != 1 || match.former_name)
        return std::nullopt;
    const auto& street = *match.streets.front();
    std::vector<std::string_view> names{street.name};
    names.insert(names.end(), street.communities.begin(), street.communities.end());
    names.insert(names.end(), street.aliases.begin(), street.aliases.end());
    const auto named = first_of(text, names);
    if (!named.found())
        return std::nullopt;
    const auto before = text.substr(0, named.at);
    const auto clause = last_of(before, clause_ends);
    const auto lead = last_of(before, data.gleaning.before_place);
    auto start = named.at;
    if (lead.found() && (!clause.found() || lead.end() >= clause.end()) && count_characters(before.substr(lead.end())) <= 8)
        start = lead.end();
    auto place = up_to(text.substr(start), clause_ends);
    const auto own = named.end() - start;
    place = place.substr(0, own + std::min(first_of(place.substr(own), data.gleaning.after_place).at, place.size() - own));
    return std::string(trim(first_characters(place, longest_place)));
}

// From the word before a company to its kind ("Ltd").
std::optional<std::string> company_in(const book& data, std::string_view text)
{
    const auto suffix = first_of(text, data.gleaning.companies);
    if (!suffix.found())
        return std::nullopt;
    const auto before = text.substr(0, suffix.at);
    const auto from = std::max(last_of(before, data.gleaning.before_company).found() ? last_of(before, data.gleaning.before_company).end() : 0,
                               last_of(before, clause_ends).found() ? last_of(before, clause_ends).end() : 0);
    const auto name = text.substr(from, suffix.end() - from);
    const auto own = count_characters(name.substr(0, name.size() - suffix.length));
    if (own < 2 || own > static_cast<long>(longest_party))
        return std::nullopt;
    return std::string(name);
}

std::optional<std::string> text_in(const book& data, const step& of, std::string_view text)
{
    if (of.companies)
        if (auto company = company_in(data, text))
            return company;
    const auto rest = behind_cue(of, text);
    if (!rest)
        return std::nullopt;
    const auto said = trim(of.companies ? up_to(trim(*rest), clause_ends) : up_to(trim(*rest), sentence_ends));
    const auto length = count_characters(said);
    if (length < of.min || length > std::min<long>(of.max, of.companies ? static_cast<long>(longest_party) : 100))
        return std::nullopt;
    return std::string(said);
}

}  // namespace

std::optional<std::string> glean(const book& data, const step& of, std::string_view text, cases::date today)
{
    switch (of.type) {
    case slot_type::date:
        if (const auto day = read_past_date(text, today))
            return day->canonical();
        return std::nullopt;
    case slot_type::money:
        if (const auto fen = read_stated_money_fen(text))
            return std::to_string(*fen);
        return std::nullopt;
    case slot_type::phone:
        return phone_in(of, text);
    case slot_type::name:
        return name_in(data, of, text);
    case slot_type::place:
        return place_in(data, text);
    case slot_type::text:
        return of.several ? std::nullopt : text_in(data, of, text);
    default:
        return std::nullopt;
    }
}

}  // namespace dialogs
