#include "dialogs/engine/book.hpp"

#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/understanding.hpp"

#include <algorithm>

namespace dialogs {

const step* flow::find(std::string_view step_id) const
{
    const auto at = index.find(step_id);
    return at == index.end() ? nullptr : &steps[static_cast<std::size_t>(at->second)];
}

bool book::asks_law(std::string_view plain_text) const
{
    const auto in = [&](const std::string& word) { return plain_text.find(word) != std::string_view::npos; };
    return std::any_of(questions.about.begin(), questions.about.end(), in) &&
           std::any_of(questions.ends.begin(), questions.ends.end(), in);
}

bool book::sounds_asking(std::string_view text) const
{
    return std::any_of(questions.marks.begin(), questions.marks.end(), [&](const std::string& mark) { return text.ends_with(mark); });
}

screening book::look_for_danger(std::string_view text) const
{
    return safety->look(text, models ? std::optional{models->danger(text)} : std::nullopt);
}

std::vector<type_guess> book::likely_types(std::string_view text) const
{
    constexpr double worth_a_button = 0.1;
    constexpr double without_a_phrase = 0.5;  // some kind is always the likeliest: a text about nothing has none
    auto by_phrase = disputes->guess(text);
    if (!models)
        return by_phrase;
    const auto national = models->read(text).national;
    if (by_phrase.empty() && (national.front().p < without_a_phrase || national.front().name == "other"))
        return {};
    std::vector<type_guess> found;
    for (const auto& one : national)
        if (one.p >= worth_a_button)
            found.push_back({one.name, one.p});
    return found.empty() ? by_phrase : found;
}

std::string_view book::opened_by(std::string_view text, double sure) const
{
    if (!models)
        return {};
    const auto read = models->read(text);
    const auto at = intents.opens.find(read.intent);
    return at == intents.opens.end() || read.intent_p < sure ? std::string_view{} : std::string_view(at->second.to);
}

std::string_view book::unit_name(std::string_view code) const
{
    const auto* street = cases::street_by_code(district, code);
    return street ? std::string_view(street->name) : std::string_view(text(text_id::district));
}

std::string fill(std::string_view text, std::span<const filling> with)
{
    std::string out;
    out.reserve(text.size() + 64);
    while (true) {
        const auto open = text.find('{');
        out += text.substr(0, open);
        if (open == std::string_view::npos)
            break;
        const auto close = text.find('}', open);
        const auto name = text.substr(open + 1, close - open - 1);
        for (const auto& [key, value] : with)
            if (key == name)
                out += value;
        text.remove_prefix(close == std::string_view::npos ? text.size() : close + 1);
    }
    while (!out.empty() && (out.back() == '\n' || out.back() == ' '))
        out.pop_back();
    return out;
}

namespace {

constexpr std::string_view edges[] = {"。", "，", "！", "？", "、", "；", "：", "～", "…", "“", "”", "‘", "’", "「", "」",
                                      "《", "》", "（", "）", ".",  ",",  "!",  "?",  ";",  ":",  "~",  "\"", "'",  "(",
                                      ")",  "[",  "]",  "#",  " ",  "\n", "\t"};

bool trim_front(std::string_view& text)
{
    for (const auto edge : edges)
        if (text.starts_with(edge)) {
            text.remove_prefix(edge.size());
            return true;
        }
    return false;
}

bool trim_back(std::string_view& text)
{
    for (const auto edge : edges)
        if (text.ends_with(edge)) {
            text.remove_suffix(edge.size());
            return true;
        }
    return false;
}

}  // namespace

std::string plain(std::string_view text)
{
    const std::string squeezed = squeeze(text);
    std::string_view view = squeezed;
    while (trim_front(view)) {
    }
    while (trim_back(view)) {
    }
    return std::string(view);
}

}  // namespace dialogs
