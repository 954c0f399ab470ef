#include "dialogs/phrasing/redaction.hpp"

#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr std::size_t shortest_number = 7;  // digits: shorter ones are amounts, dates and law articles
constexpr std::size_t longest_name = 4;     // Han characters
constexpr std::size_t address_reach = 16;   // characters from a road to the last house number

std::string to_utf8(std::u32string_view points)
{
    std::string out;
    for (const auto point : points)
        append_point(out, point);
    return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool joins_digits(char c) { return c == ' ' || c == '-'; }

// The end of the number that begins at `at`, and how many digits it has.
std::pair<std::size_t, std::size_t> number_at(std::string_view text, std::size_t at)
{
    std::size_t digits = 0, end = at;
    for (std::size_t i = at; i < text.size(); ++i) {
        if (is_digit(text[i])) {
            ++digits;
            end = i + 1;
        } else if (digits > 0 && (text[i] == 'x' || text[i] == 'X') && digits == 17) {
            end = i + 1;
            break;
        } else if (!joins_digits(text[i])) {
            break;
        }
    }
    return {end, digits};
}

void replace_all(std::string& text, std::string_view what, std::string_view by)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

std::size_t ends_with_one_of(std::u32string_view text, const std::vector<std::string>& words)
{
    for (const auto& word : words) {
        const auto points = to_points(word);
        if (text.starts_with(points))
            return points.size();
    }
    return 0;
}

}  // namespace

redaction::redaction(const phrasing_table& table, std::span<const std::string> names) : table_(table)
{
    for (const auto& name : names)
        if (count_characters(name) >= 2)
            names_.push_back(normalise(name));
    // The longer first, so that a name inside another is not left half.
    std::sort(names_.begin(), names_.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

std::string redaction::put(std::string_view word, std::string_view clear)
{
    for (const auto& known : hidden_)
        if (known.clear == clear)
            return known.placeholder;
    hidden_.push_back({"[" + std::string(word) + std::to_string(hidden_.size() + 1) + "]", std::string(clear)});
    return hidden_.back().placeholder;
}

std::string redaction::hide_known(std::string text)
{
    for (const auto& name : names_)
        if (text.find(name) != std::string::npos)
            replace_all(text, name, put(table_.name_word, name));
    return text;
}

std::string redaction::hide_after_leads(std::string text)
{
    for (const auto& lead : table_.name_leads)
        for (auto at = text.find(lead); at != std::string::npos; at = text.find(lead, at + lead.size())) {
            const auto begin = at + lead.size();
            const auto rest = to_points(std::string_view(text).substr(begin));
            std::size_t length = 0;
            while (length < std::min(longest_name, rest.size()) && is_han(rest[length]))
                ++length;
            if (length < 2)
                continue;
            const auto name = to_utf8(std::u32string_view(rest).substr(0, length));
            text.replace(begin, name.size(), put(table_.name_word, name));
        }
    return text;
}

std::string redaction::hide_numbers(const std::string& text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const bool letter_before = at > 0 && std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0;
        if (is_digit(text[at])) {
            const auto [end, digits] = number_at(text, at);
            if (digits >= shortest_number) {
                out += put(table_.number_word, std::string_view(text).substr(at, end - at));
                at = end;
                continue;
            }
            // Copied whole, so that its tail is not taken for a number of its own.
            while (at < text.size() && is_digit(text[at]))
                out += text[at++];
            continue;
        }
        // Codes and accounts: letters and digits without a break, long and with a digit.
        if (!letter_before && std::isalpha(static_cast<unsigned char>(text[at])) != 0) {
            std::size_t end = at, digits = 0;
            for (; end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_' || text[end] == '-'); ++end)
                digits += is_digit(text[end]) ? 1 : 0;
            const auto word = std::string_view(text).substr(at, end - at);
            out += word.size() >= shortest_number && digits > 0 ? put(table_.code_word, word) : std::string(word);
            at = end;
            continue;
        }
        out += text[at++];
    }
    return out;
}

// A province's character, a letter, and five or six letters or digits.
std::string redaction::hide_plates(const std::string& text)
{
    const auto points = to_points(text);
    const auto provinces = to_points(table_.plates);
    std::u32string out;
    const auto alnum = [](char32_t c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    for (std::size_t at = 0; at < points.size();) {
        std::size_t end = at + 1;
        while (end < points.size() && (alnum(points[end]) || points[end] == U'\u00B7'))
            ++end;
        const bool plate = provinces.find(points[at]) != std::u32string::npos && end - at >= 7 && end - at <= 9 && !is_han(points[at + 1]);
        if (!plate) {
            out += points[at++];
            continue;
        }
        out += to_points(put(table_.plate_word, to_utf8(std::u32string_view(points).substr(at, end - at))));
        at = end;
    }
    return to_utf8(out);
}

// From the house number after a road on to its last part; the street itself stays.
std::string redaction::hide_addresses(const std::string& text)
{
    const auto points = to_points(text);
    const std::u32string_view all = points;
    std::u32string out;
    for (std::size_t at = 0; at < points.size();) {
        const auto road = ends_with_one_of(all.substr(at), table_.road_ends);
        if (road == 0) {
            out += points[at++];
            continue;
        }
        out += all.substr(at, road);
        at += road;
        std::size_t end = at;
        for (std::size_t i = at; i < std::min(points.size(), at + address_reach); ++i) {
            const bool part = (points[i] >= '0' && points[i] <= '9') || points[i] == '-' || points[i] == '#' ||
                              (points[i] >= 'a' && points[i] <= 'z') || (points[i] >= 'A' && points[i] <= 'Z');
            const auto ends = ends_with_one_of(all.substr(i), table_.number_ends);
            if (!part && ends == 0)
                break;
            end = std::max(end, i + std::max<std::size_t>(ends, 1));
            i += ends > 1 ? ends - 1 : 0;
        }
        const auto number = all.substr(at, end - at);
        const bool has_digit = std::any_of(number.begin(), number.end(), [](char32_t c) { return c >= '0' && c <= '9'; });
        if (has_digit) {
            out += to_points(put(table_.address_word, to_utf8(number)));
            at = end;
        }
    }
    return to_utf8(out);
}

std::string redaction::hide(std::string_view text)
{
    return hide_numbers(hide_addresses(hide_plates(hide_after_leads(hide_known(normalise(text))))));
}

std::optional<std::string> redaction::restore(std::string_view answer) const
{
    std::string out(answer);
    for (const auto& one : hidden_)
        replace_all(out, one.placeholder, one.clear);
    for (const auto* word : {&table_.name_word, &table_.number_word, &table_.address_word, &table_.plate_word, &table_.code_word})
        for (auto at = out.find("[" + *word); at != std::string::npos; at = out.find("[" + *word, at + 1)) {
            const auto digit = at + 1 + word->size();
            if (digit < out.size() && is_digit(out[digit]))
                return std::nullopt;
        }
    return out;
}

bool redaction::leaks(std::string_view text) const
{
    const auto plain = normalise(text);
    const auto holds = [&](const std::string& what) { return !what.empty() && plain.find(what) != std::string::npos; };
    if (std::any_of(names_.begin(), names_.end(), holds))
        return true;
    if (std::any_of(hidden_.begin(), hidden_.end(), [&](const hidden& h) { return h.clear.size() >= 4 && holds(h.clear); }))
        return true;
    for (std::size_t at = 0; at < plain.size(); ++at) {
        if (!is_digit(plain[at]))
            continue;
        const auto [end, digits] = number_at(plain, at);
        if (digits >= shortest_number)
            return true;
        at = end;
    }
    return false;
}

}  // namespace dialogs
