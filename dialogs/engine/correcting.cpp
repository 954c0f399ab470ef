// An earlier answer put right by naming it, or by a value that only one of the answers can take; in the summary also by
// number. The words that say so stand in flows/words.yaml under "corrections".
#include "dialogs/engine/readers.hpp"
#include "dialogs/engine/turn_maker.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>

namespace dialogs {

namespace {

// What is longer tells something.
constexpr long longest_correction = 40;
// Bytes between the name and "is wrong".
constexpr std::size_t named_reach = 12;

struct found {
    std::size_t at = std::string_view::npos, length = 0;
    explicit operator bool() const { return at != std::string_view::npos; }
};

// The first place where one of the words stands; of those that begin there the longest.
found find_any(std::string_view text, const std::vector<std::string>& words)
{
    found best;
    for (const auto& word : words) {
        const auto at = text.find(word);
        if (at != std::string_view::npos && (at < best.at || (at == best.at && word.size() > best.length)))
            best = {at, word.size()};
    }
    return best;
}

std::size_t longest_start(std::string_view text, const std::vector<std::string>& words)
{
    std::size_t best = 0;
    for (const auto& word : words)
        if (text.starts_with(word))
            best = std::max(best, word.size());
    return best;
}

std::string_view without_marks(std::string_view text)
{
    constexpr std::string_view marks[] = {"，", ",", "。", ".", "：", ":", "！", "!", "、", " ", "\n", "；", ";", "“", "”", "\""};
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

bool has_typed_reader(const step& s)
{
    return s.type != slot_type::text && s.type != slot_type::name && s.type != slot_type::evidence;
}

}  // namespace

// The value of an answer that is read without a list of this conversation; nullopt when the text says none.
std::optional<slot_value> turn_maker::read_plain_value(const step& s, std::string_view text) const
{
    const auto plain_text = plain(text);
    const auto option_of = [&]() -> std::optional<slot_value> {
        const auto at = s.words.find(plain_text);
        if (at == s.words.end() || s.options[static_cast<std::size_t>(at->second)].does != deed::none)
            return std::nullopt;
        const auto& o = s.options[static_cast<std::size_t>(at->second)];
        return slot_value{o.value, o.label};
    };
    switch (s.type) {
    case slot_type::date:
        if (const auto day = read_past_date(text, cases::china_date(input_.now)))
            return slot_value{day->canonical(), show_date(day->canonical())};
        return std::nullopt;
    case slot_type::money:
        if (const auto fen = read_money_fen(text))
            return slot_value{std::to_string(*fen), show_money(*fen)};
        return option_of();
    case slot_type::phone:
        if (auto number = read_phone(text))
            return slot_value{*number, *number};
        return std::nullopt;
    case slot_type::identity:
        if (auto number = read_identity_number(text))
            return slot_value{*number, *number};
        return std::nullopt;
    case slot_type::number:
        if (const auto n = read_number(text); n && *n >= s.min && *n <= s.max)
            return slot_value{std::to_string(*n), std::to_string(*n)};
        return std::nullopt;
    case slot_type::kind:
        for (const auto& c : data_.disputes->all())
            if (plain_text == c.name)
                return slot_value{c.id, c.name};
        return std::nullopt;
    case slot_type::place:
    case slot_type::street:
        if (cases::find_street(data_.district, text).streets.size() == 1)
            return slot_value{std::string(text), std::string(text)};
        return std::nullopt;
    case slot_type::text:
    case slot_type::name:
        if (const auto length = count_characters(text); length >= s.min && length <= s.max)
            return slot_value{std::string(text), std::string(text)};
        return std::nullopt;
    default:
        return option_of();
    }
}

// Which of the steps a text corrects, and to what. Without a step: it corrects nothing. An empty value: that one is to be
// asked again.
turn_maker::correction turn_maker::read_correction(const frame& f, const std::vector<const step*>& among) const
{
    const auto& words = data_.corrections;
    std::string_view text = without_marks(heard_.text);
    if (count_characters(text) > longest_correction || among.empty())
        return {};
    const auto lead = longest_start(text, words.leads);
    text = without_marks(text.substr(lead));
    const auto change = longest_start(text, words.verbs);
    const auto named = name_in(without_marks(text.substr(change)), among);
    if (named.step) {
        const auto rest = named.rest;
        const auto wrong = find_any(rest, words.wrong);
        const auto becomes = find_any(rest, words.becomes);
        const bool is = !becomes && lead > 0 && find_any(rest, words.is).at == 0;
        if (becomes)
            return {named.step, std::string(without_marks(rest.substr(becomes.at + becomes.length)))};
        if (wrong && wrong.at <= named_reach) {
            auto value = without_marks(rest.substr(wrong.at + wrong.length));
            value.remove_prefix(longest_start(value, words.is));
            value = without_marks(value);
            const bool named_again = name_in(value.substr(longest_start(value, words.verbs)), among).step != nullptr;
            return {named.step, named_again ? std::string{} : std::string(value)};
        }
        if (is || (lead > 0 && !rest.empty()))
            return {named.step, std::string(without_marks(rest.substr(longest_start(rest, words.is))))};
        if (lead > 0 || change > 0)
            return {named.step, {}};
        return {};
    }
    if (lead == 0)
        return {};
    auto value = text.substr(std::max(longest_start(text, words.becomes), longest_start(text, words.is)));
    value = without_marks(value);
    if (value.empty())
        return {};
    return {whose_value(f, among, value), std::string(value)};
}

// The name of a step at the beginning of a text: its label, or what else it is called.
turn_maker::named_step turn_maker::name_in(std::string_view text, const std::vector<const step*>& among) const
{
    named_step best;
    std::size_t longest = 0;
    for (const auto* s : among) {
        const auto consider = [&](std::string_view name) {
            if (name.size() > longest && text.starts_with(name)) {
                best = {s, text.substr(name.size())};
                longest = name.size();
            }
        };
        consider(s->label);
        for (const auto& name : s->called)
            consider(name);
    }
    return best;
}

// Without a name: the newest answer whose reader takes the value; free text only when it was the newest of all.
const step* turn_maker::whose_value(const frame& f, const std::vector<const step*>& among, std::string_view value) const
{
    const auto is_among = [&](const step* s) { return s && std::find(among.begin(), among.end(), s) != among.end(); };
    std::vector<const step*> newest_first;
    for (auto id = f.asked.rbegin(); id != f.asked.rend(); ++id)
        if (const auto* s = flow_of(f).find(*id); is_among(s))
            newest_first.push_back(s);
    if (f.waits == awaiting::heard)
        newest_first = among;
    for (const auto* s : newest_first)
        if (has_typed_reader(*s) && read_plain_value(*s, value))
            return s;
    const bool free_now = f.waits == awaiting::answer && !has_typed_reader(step_of(f));
    if (!newest_first.empty() && !free_now && !has_typed_reader(*newest_first.front()))
        return newest_first.front();
    return nullptr;
}

bool turn_maker::try_correction()
{
    frame& f = *top();
    if (is_notice(f) || heard_.what != heard::kind::words || !heard_.target.empty() || f.waits == awaiting::heard)
        return false;
    const auto lines = lines_of(f);
    const bool only_wrong = longest_start(heard_.plain, data_.corrections.leads) == heard_.plain.size() && !heard_.plain.empty();
    if (only_wrong && f.waits == awaiting::answer && step_of(f).type != slot_type::yes_no && !f.asked.empty()) {
        go_back();
        return true;
    }
    auto said = numbered_correction(f, lines);
    if (!said.step)
        said = read_correction(f, lines);
    if (!said.step || said.step->type == slot_type::evidence)
        return false;
    correct(*said.step, f);
    if (said.value.empty()) {
        ask_after(fill(data_.text(text_id::correct_ask), {{"label", said.step->label}}));
        return true;
    }
    heard_.text = said.value;
    heard_.plain = plain(said.value);
    answer();
    return true;
}

// In the summary: a number, a word of change, a value.
turn_maker::correction turn_maker::numbered_correction(const frame& f, const std::vector<const step*>& lines) const
{
    if (f.waits != awaiting::summary)
        return {};
    const auto becomes = find_any(heard_.text, data_.corrections.becomes);
    if (!becomes)
        return {};
    const auto number = read_number(std::string_view(heard_.text).substr(0, becomes.at));
    if (!number || *number < 1 || *number > static_cast<int>(lines.size()))
        return {};
    const auto value = without_marks(std::string_view(heard_.text).substr(becomes.at + becomes.length));
    return {lines[static_cast<std::size_t>(*number) - 1], std::string(value)};
}

}  // namespace dialogs
