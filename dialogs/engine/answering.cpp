// What an answer means for the slot that was asked for. Every path ends in store, keep_old or miss.
#include "dialogs/engine/endings.hpp"
#include "dialogs/engine/readers.hpp"
#include "dialogs/engine/turn_maker.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr int tries_before_person = 3;

bool has_digit(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool shrugs(std::string_view text) { return count_characters(text) <= shrug_length && says_unknown(text); }

std::string trimmed(std::string_view text)
{
    constexpr std::string_view blank = " \t\r\n";
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos)
        return {};
    return std::string(text.substr(first, text.find_last_not_of(blank) - first + 1));
}

void turn_maker::answer()
{
    frame& f = after_.stack.back();
    const step& s = step_of(f);
    if (!need(flow_of(f).needs, f) || !need(s.needs, f))
        return;
    if (!s.asks())
        return proceed();
    if (s.type == slot_type::talk)
        return answer_talk(s, f);
    if (s.type == slot_type::summary)
        return answer_summary();
    if (data_.says(command::keep, heard_.plain) && f.slots.contains(s.slot))
        return keep_old();
    if (s.type == slot_type::kind)
        return answer_kind(f);
    if (s.type == slot_type::street)
        return answer_street(f);
    if (s.type == slot_type::pick)
        return answer_pick(s, f);
    if (const int chosen = match(offers(f, s), s); chosen >= 0) {
        const auto option = offers(f, s)[static_cast<std::size_t>(chosen)];
        if (s.several && !f.draft.empty() && option.value == "skip")
            return collect(s, f, true);  // something was told already: nothing more
        return answer_option(option);
    }
    if (asks_instead(s) && try_question())
        return;
    answer_typed(s, f);
}

// By the reader of the step's type.
void turn_maker::answer_typed(const step& s, frame& f)
{
    switch (s.type) {
    case slot_type::text:
        return answer_text(s, f);
    case slot_type::name:
        return answer_name(s);
    case slot_type::date:
        return answer_date();
    case slot_type::place:
        return answer_place(s, f);
    case slot_type::evidence:
        return answer_evidence(f);
    case slot_type::money:
        if (const auto fen = read_money_fen(heard_.text))
            return store(std::to_string(*fen), show_money(*fen));
        return miss();
    case slot_type::phone:
        if (const auto number = read_phone(heard_.text))
            return store(*number, *number);
        return miss();
    case slot_type::identity:
        if (const auto number = read_identity_number(heard_.text))
            return store(*number, *number);
        return miss();
    case slot_type::number:
        if (const auto number = read_number(heard_.text); number && *number >= s.min && *number <= s.max)
            return store(std::to_string(*number), std::to_string(*number));
        return miss();
    default:
        return miss();
    }
}

// A question of law where a name, a place or a few words were asked for: nothing that could be written down as the answer.
bool turn_maker::asks_instead(const step& s) const
{
    if (s.several)
        return false;
    if (s.type == slot_type::place || s.type == slot_type::name)
        return heard_.what == heard::kind::words || heard_.what == heard::kind::voice;
    return s.type == slot_type::text && data_.sounds_asking(heard_.text);
}

// The choice a text means, or -1: by its words, by its number, by its meaning, by the longest word it contains.
int turn_maker::match(const std::vector<offered>& list, const step& s) const
{
    if (const auto at = s.words.find(heard_.plain); at != s.words.end())
        return at->second;
    for (std::size_t i = 0; i < list.size(); ++i)
        if (heard_.plain == list[i].label)
            return static_cast<int>(i);
    const bool shrugged = s.unknown || s.type == slot_type::place;
    if (shrugged && shrugs(heard_.text))
        for (std::size_t i = 0; i < list.size(); ++i)
            if (list[i].value == "unknown")
                return static_cast<int>(i);
    if (!s.required && count_characters(heard_.text) <= shrug_length && says_skip(heard_.text))
        for (std::size_t i = 0; i < list.size(); ++i)
            if (list[i].value == "skip")
                return static_cast<int>(i);
    const bool closed = s.type == slot_type::choice || s.type == slot_type::yes_no || s.type == slot_type::kind ||
                        s.type == slot_type::street || s.type == slot_type::pick || s.type == slot_type::scale;
    if (!closed || heard_.plain.empty() || count_characters(heard_.text) > 20)
        return -1;
    const auto number = read_number(heard_.text);
    if (s.type == slot_type::scale && number) {
        const auto meant = std::find_if(list.begin(), list.end(), [&](const offered& o) { return o.value == std::to_string(*number); });
        return meant == list.end() ? -1 : static_cast<int>(meant - list.begin());
    }
    if (number && *number >= 1 && *number <= static_cast<int>(list.size()))
        return *number - 1;
    if (s.type == slot_type::yes_no)
        if (const auto read = read_yes_no(heard_.text))
            for (std::size_t i = 0; i < list.size(); ++i)
                if (list[i].value == (*read == yes_no::yes ? "yes" : "no"))
                    return static_cast<int>(i);
    int best = -1;
    std::size_t best_size = 0;
    const auto consider = [&](std::string_view word, int index, bool inside) {
        const bool found = inside ? heard_.plain.find(word) != std::string::npos
                                  : word.find(heard_.plain) != std::string_view::npos;
        const auto size = inside ? word.size() : heard_.plain.size();
        if (!found || count_characters(word) < 2 || count_characters(heard_.plain) < 2 || size < best_size)
            return;
        best = size == best_size && best != index ? -2 : index;
        best_size = size;
    };
    for (const auto& [word, index] : s.words)
        consider(word, index, true);
    for (std::size_t i = 0; i < list.size(); ++i) {
        consider(list[i].label, static_cast<int>(i), true);
        if (s.type == slot_type::kind || s.type == slot_type::street || s.type == slot_type::pick)
            consider(list[i].label, static_cast<int>(i), false);
    }
    return best < 0 ? -1 : best;
}

void turn_maker::answer_option(const offered& chosen)
{
    frame& f = after_.stack.back();
    const step& s = step_of(f);
    const auto written = std::find_if(s.options.begin(), s.options.end(), [&](const option& o) {
        return o.value == chosen.value;
    });
    if (written != s.options.end() && written->does == deed::alarm)
        return alarm({.level = crisis_level::c4, .violence = true, .reasons = {"asked." + s.id}});
    if (written != s.options.end() && written->does == deed::leave) {
        const auto go = written->go;
        // On second thoughts, with the form all but done: it is put aside. At its own place the choice ends it.
        const bool kept = f.waits == awaiting::correction && worth_keeping(f);
        auto left = std::move(f);
        after_.stack.pop_back();
        if (kept)
            keep_aside(std::move(left));
        return open_target(go);
    }
    if (s.type == slot_type::summary) {
        f.asked.push_back(s.id);
        return proceed();
    }
    if (s.type == slot_type::pick && chosen.label.empty())
        return ask_after(data_.text(text_id::pick_gone));
    if (s.type == slot_type::kind || s.type == slot_type::street) {
        auto& list = f.slots["." + s.slot].value;
        if (chosen.value == "none" && list != "all") {
            list = "all";
            return ask();
        }
        if (chosen.value == "none")
            return store(std::string(cases::responsible_unit(data_.district, nullptr)), data_.text(text_id::district));
        return store(chosen.value, chosen.label);
    }
    if (s.type == slot_type::place)
        return place_named(chosen.label, f);
    const bool skipped = chosen.value == "skip";
    std::string value = skipped ? std::string{} : chosen.value;
    if (s.type == slot_type::date)
        value = chosen.label;  // the label of "not clear", as said
    const bool ends = written != s.options.end() && written->does == deed::end;
    store(std::move(value), skipped ? data_.text(text_id::skipped) : chosen.label, written != s.options.end() ? written->note : "", ends);
}

void turn_maker::answer_text(const step& s, frame& f)
{
    if (s.several)
        return collect(s, f, data_.says(command::done, heard_.plain));
    const auto text = trimmed(heard_.text);
    const auto length = count_characters(text);
    if (shrugs(text) || data_.says(command::skip, heard_.plain)) {
        const auto skip = std::find_if(s.options.begin(), s.options.end(), [](const option& o) { return o.value == "skip"; });
        if (skip != s.options.end())
            return answer_option({skip->value, skip->label, skip->target});
        return s.required ? miss(data_.text(text_id::unknown_refused)) : miss();
    }
    if (length < s.min)
        return miss();
    if (length > s.max)
        return miss(fill(data_.text(text_id::too_long), {{"max", std::to_string(s.max)}}));
    store(text, text);
}

void turn_maker::collect(const step& s, frame& f, bool finish)
{
    if (finish) {
        if (count_characters(f.draft) >= s.min) {
            auto told = std::move(f.draft);
            f.draft.clear();
            return store(told, told);
        }
        return f.draft.empty() && f.slots.contains(s.slot) ? keep_old() : miss();
    }
    const auto text = trimmed(heard_.text);
    if (text.empty() || count_characters(text) < 0)
        return miss();
    if (count_characters(f.draft) + count_characters(text) > s.max)
        return prompt(fill(data_.text(text_id::too_long), {{"max", std::to_string(s.max)}}),
                      {flow_choice(f, text_id::done_text, s.id, "done")});
    f.draft += (f.draft.empty() ? "" : "\n") + text;
    f.retries = 0;
    prompt(data_.text(text_id::more_text), {flow_choice(f, text_id::done_text, s.id, "done")});
}

void turn_maker::answer_name(const step& s)
{
    auto name = trimmed(heard_.plain);
    for (const auto& lead : s.strip)
        if (name.starts_with(lead)) {
            name = plain(std::string_view(name).substr(lead.size()));
            break;
        }
    const auto length = count_characters(name);
    const bool sentence = name.find("，") != std::string::npos || name.find(',') != std::string::npos;
    if (length < s.min || length > s.max || has_digit(name) || sentence || shrugs(name))
        return miss();
    store(name, name);
}

void turn_maker::answer_date()
{
    const auto read = read_past_date(heard_.text, cases::china_date(input_.now));
    if (!read)
        return miss();
    const auto canonical = read->canonical();
    store(canonical, show_date(canonical));
}

void turn_maker::answer_summary()
{
    frame& f = after_.stack.back();
    const step& s = step_of(f);
    if (const auto at = s.words.find(heard_.plain); at != s.words.end())
        return answer_option(offers(f, s)[static_cast<std::size_t>(at->second)]);
    const auto lines = lines_of(f);
    std::size_t picked = 0;
    if (count_characters(heard_.text) <= shrug_length)
        if (const auto number = read_number(heard_.text); number && *number >= 1)
            picked = static_cast<std::size_t>(*number);
    for (std::size_t i = 0; picked == 0 && i < lines.size(); ++i)
        if (heard_.plain.find(lines[i]->label) != std::string::npos)
            picked = i + 1;
    if (picked == 0)
        return miss();
    if (picked > lines.size())
        return miss(s.pick_again);
    correct(*lines[picked - 1], f);
    ask_after(fill(s.picked, {{"number", std::to_string(picked)}}));
}

void turn_maker::store(std::string value, std::string shown_as, std::string note, bool ends)
{
    frame& f = after_.stack.back();
    const step& s = step_of(f);
    const bool corrected = f.waits == awaiting::correction;
    const auto old = f.slots.find(s.slot);
    const bool changed = old == f.slots.end() || old->second.value != value;
    f.slots[s.slot] = {std::move(value), std::move(shown_as)};
    f.slots.erase("." + s.slot);
    if (!answered(f, s.id))
        f.asked.push_back(s.id);
    if (s.several)
        f.draft.clear();
    if (changed)
        drop_dependants(f, s);
    if (corrected && !s.label.empty())
        say(fill(data_.text(text_id::changed), {{"label", s.label}, {"value", shown(f.slots[s.slot], 20)}}));
    if (!note.empty())
        say(std::move(note));
    if (!corrected && !ends && heard_.target.empty())
        look_for_more(f, s.several ? f.slots[s.slot].value : heard_.text);
    ends ? finish_flow() : proceed();
}

void turn_maker::drop_dependants(frame& f, const step& changed) const
{
    const auto& steps = flow_of(f).steps;
    const auto forget = [&](std::string_view slot) {
        if (const auto at = f.slots.find(std::string(slot)); at != f.slots.end())
            f.slots.erase(at);
        for (const auto& s : steps)
            if (s.slot == slot)
                std::erase(f.asked, s.id);
    };
    for (const auto& slot : changed.resets)
        forget(slot);
    for (const auto& s : steps)
        if (answered(f, s.id) && !visible(s, f))
            forget(s.slot);
}

void turn_maker::keep_old()
{
    frame& f = after_.stack.back();
    const step& s = step_of(f);
    f.draft.clear();
    f.slots.erase("." + s.slot);
    if (!answered(f, s.id))
        f.asked.push_back(s.id);
    say(text_id::kept);
    proceed();
}

// An answer that cannot be read: asked again in other words, a person offered at the third time, the old value kept.
void turn_maker::miss(std::string text)
{
    frame& f = after_.stack.back();
    const step& s = step_of(f);
    if (heard_.target.empty() && f.waits == awaiting::answer && (try_question() || (look_for_more(f, heard_.text) && (proceed(), true))))
        return;
    f.retries = std::min(f.retries + 1, 99);
    auto again = question();
    const bool listed = offers(f, s).size() > 8;
    const auto old = f.slots.find(s.slot);
    if (text.empty())
        text = worded(s.again[f.retries == 1 ? 0 : 1], f);
    if (s.type != slot_type::summary && old != f.slots.end())
        text += "\n" + fill(data_.text(text_id::invalid_kept), {{"value", shown(old->second, 24)}});
    if (f.retries >= tries_before_person) {
        text += "\n" + data_.text(text_id::stuck);
        again.choices.push_back(command_choice(text_id::crisis_c1_human, "human"));
    }
    asked_ = true;
    if (listed)
        say(std::move(text));
    else
        again.text = std::move(text);
    out_.replies.push_back(std::move(again));
}

}  // namespace dialogs
