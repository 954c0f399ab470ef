// How a question reads: the step's words, its choices, what was answered before, the summary.
#include "cases/calendar.hpp"
#include "dialogs/engine/consult_lists.hpp"
#include "dialogs/engine/turn_maker.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <charconv>

namespace dialogs {

namespace {

// More choices than this are a numbered list in the text: as taps they would not fit in one reply.
constexpr std::size_t most_taps = 8;
constexpr std::size_t guesses_offered = 3;
// Characters of an answer repeated in the summary, so that all of it fits in one reply.
constexpr std::size_t cut_story = 40, cut_other = 22, cut_recap = 24;
constexpr std::size_t recap_lines = 3;
// No reminder of an unfinished form for so long after words of acute danger (domain reference §20.4).
constexpr auto quiet_time = std::chrono::hours(72);

std::string two_digits(unsigned n) { return n < 10 ? "0" + std::to_string(n) : std::to_string(n); }

std::vector<std::string_view> split(std::string_view list, char at)
{
    std::vector<std::string_view> out;
    while (!list.empty()) {
        const auto end = list.find(at);
        out.push_back(list.substr(0, end));
        list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    }
    return out;
}

}  // namespace

void turn_maker::say(std::string text, std::vector<choice> choices)
{
    out_.replies.push_back({std::move(text), std::move(choices)});
}

choice turn_maker::command_choice(text_id label, std::string_view command_name) const
{
    return {data_.text(label), "cmd/" + std::string(command_name)};
}

choice turn_maker::flow_choice(const frame& f, text_id label, std::string_view step_id, std::string_view value) const
{
    return {data_.text(label), f.flow + "/" + std::string(step_id) + "/" + std::string(value)};
}

std::vector<choice> turn_maker::paused_choices() const
{
    if (after_.paused && may_remind())
        return {flow_choice(*after_.paused, text_id::resume_go, "resume", "go")};
    return {};
}

bool turn_maker::may_remind() const
{
    const bool acute = after_.care && (after_.care->level == "C3" || after_.care->level == "C4");
    return !acute || input_.now - after_.care->at > quiet_time;
}

std::string turn_maker::shown(const slot_value& value, std::size_t characters) const
{
    std::string one_line = value.shown;
    std::replace(one_line.begin(), one_line.end(), '\n', ' ');
    const auto head = first_characters(one_line, characters);
    return head.size() == one_line.size() ? one_line : fill(data_.text(text_id::cut), {{"value", head}});
}

// Before a step with a made list is asked: decide what to offer. Kept in the frame under ".slot", so that a number or
// a tap means tomorrow what it meant today.
void turn_maker::prepare(frame& f, const step& s) const
{
    const auto key = "." + s.slot;
    if ((s.type != slot_type::kind && s.type != slot_type::street) || f.slots.contains(key))
        return;
    std::string list;
    if (s.type == slot_type::kind) {
        const auto story = f.slots.find("story");
        const auto guesses = story == f.slots.end() ? std::vector<type_guess>{} : data_.likely_types(story->second.value);
        for (std::size_t i = 0; i < std::min(guesses.size(), guesses_offered); ++i)
            list += (list.empty() ? "" : ",") + guesses[i].id;
    }
    f.slots[key] = {list.empty() ? "all" : list, {}};
}

std::vector<turn_maker::offered> turn_maker::offers(frame& f, const step& s) const
{
    if (s.type == slot_type::pick)
        return picks(f, s);
    std::vector<offered> out;
    const auto base = f.flow + "/" + s.id + "/";
    if (s.type != slot_type::kind && s.type != slot_type::street) {
        for (const auto& o : s.options)
            out.push_back({o.value, o.label, o.target});
        return out;
    }
    prepare(f, s);
    const auto& list = f.slots["." + s.slot].value;
    const auto add = [&](std::string_view id, std::string_view label) {
        out.push_back({std::string(id), std::string(label), base + std::string(id)});
    };
    if (s.type == slot_type::kind && list == "all") {
        for (const auto& c : data_.disputes->all())
            add(c.id, c.name);
        return out;
    }
    if (list == "all")
        for (const auto& street : data_.district.streets)
            add(street.code, street.name);
    else
        for (const auto id : split(list, ','))
            if (s.type == slot_type::street)
                add(id, data_.unit_name(id));
            else if (const auto* c = data_.disputes->find(id))
                add(id, c->name);
    add("none", s.none_label);
    return out;
}

reply turn_maker::question()
{
    auto& f = after_.stack.back();
    const auto& whole_form = form();
    const auto& title = flow_of(whole_form).title;
    if (f.waits == awaiting::cancel)
        return {fill(data_.text(text_id::cancel_ask), {{"title", title}}),
                {flow_choice(f, text_id::cancel_yes, "cancel", "yes"), flow_choice(f, text_id::cancel_no, "cancel", "no")}};
    if (f.waits == awaiting::resume) {
        const auto lines = recap(whole_form);
        const auto text = lines.empty() ? text_id::resume_bare : text_id::resume;
        return {fill(data_.text(text), {{"title", title}, {"recap", lines}}),
                {flow_choice(f, text_id::resume_go, "resume", "go"), flow_choice(f, text_id::resume_new, "resume", "new"),
                 flow_choice(f, text_id::resume_ask, "resume", "ask")}};
    }
    if (f.waits == awaiting::offer)
        return {data_.text(text_id::offer_plain),
                {flow_choice(f, text_id::offer_yes, "offer", "yes"), flow_choice(f, text_id::offer_no, "offer", "no")}};

    if (f.waits == awaiting::heard)
        return gleaned_question(f);
    const auto& s = step_of(f);
    if (s.type == slot_type::pick)
        f.slots.erase("." + s.slot);  // asked again: what there is now
    const auto list = offers(f, s);
    reply out;
    const bool made_list = s.type == slot_type::kind || s.type == slot_type::street;
    const bool whole = made_list && f.slots["." + s.slot].value == "all";
    std::string_view hint;
    if (const auto kind = f.slots.find("kind"); s.type == slot_type::evidence && kind != f.slots.end())
        if (const auto* category = data_.disputes->find(kind->second.value))
            hint = category->evidence_hint;
    out.text = worded(whole ? s.ask_all : s.ask, f, hint);
    if (s.several && !f.draft.empty()) {
        const auto so_far = shown({{}, f.draft}, cut_story);
        out.text = fill(data_.text(text_id::draft_so_far), {{"value", so_far}});
        out.choices.push_back(flow_choice(f, text_id::done_text, s.id, "done"));
    }
    if (list.size() > most_taps)
        for (std::size_t i = 0; i < list.size(); ++i)
            out.text += "\n" + std::to_string(i + 1) + " " + list[i].label;
    else
        for (const auto& o : list)
            if (!(s.several && !f.draft.empty() && o.value == "skip"))
                out.choices.push_back({o.label, o.target});
    if (is_consult_list(s.from)) {
        out.choices.push_back(command_choice(text_id::unclear_label, "help"));
        out.choices.push_back(command_choice(text_id::crisis_c1_human, "human"));
    }
    if (s.type == slot_type::evidence && !(s.required && f.evidence.empty()))
        out.choices.push_back(f.evidence.empty() ? flow_choice(f, text_id::skip, s.id, "skip")
                                                 : flow_choice(f, text_id::done_evidence, s.id, "done"));
    const auto old = f.slots.find(s.slot);
    if (s.type != slot_type::summary && old != f.slots.end()) {
        out.text += "\n" + fill(data_.text(text_id::old_value), {{"value", shown(old->second, cut_story)}});
        out.choices.push_back(flow_choice(f, text_id::keep, s.id, "keep"));
    }
    return out;
}

// A step's words with what is in the form: {slot}, {lines} of the summary, {hint} of the category.
std::string turn_maker::worded(const std::string& text, const frame& f, std::string_view hint) const
{
    if (text.find('{') == std::string::npos)
        return text;
    const auto lines = text.find("{lines}") == std::string::npos ? std::string{} : summary_lines(f);
    std::vector<filling> with{{"hint", hint}, {"lines", lines}};
    for (const auto& [name, slot] : f.slots)
        with.emplace_back(name, slot.shown);
    return fill(text, with);
}

void turn_maker::ask()
{
    const auto& f = after_.stack.back();
    if (f.flow != danger_flow && (!need(flow_of(f).needs, f) || !need(step_of(f).needs, f)))
        return;
    if (f.waits == awaiting::answer && !step_of(f).asks())
        return proceed();
    asked_ = true;
    out_.replies.push_back(question());
}

void turn_maker::prompt(std::string text, std::vector<choice> choices)
{
    asked_ = true;
    say(std::move(text), std::move(choices));
}

void turn_maker::ask_as(std::string words) { prompt(std::move(words), question().choices); }

void turn_maker::ask_after(std::string text)
{
    say(std::move(text));
    ask();
}

std::vector<const step*> turn_maker::lines_of(const frame& f) const
{
    std::vector<const step*> out;
    for (const auto& s : flow_of(f).steps)
        if (!s.label.empty() && answered(f, s.id))
            out.push_back(&s);
    return out;
}

std::string turn_maker::summary_lines(const frame& f) const
{
    std::string out;
    int number = 0;
    for (const auto* s : lines_of(f)) {
        const auto value = f.slots.find(s->slot);
        const auto text = value == f.slots.end() ? "" : shown(value->second, s->several || s->type == slot_type::pick ? cut_story : cut_other);
        out += (out.empty() ? "" : "\n") + std::to_string(++number) + " " +
               fill(data_.text(text_id::recap_line), {{"label", s->label}, {"value", text}});
    }
    return out;
}

std::string turn_maker::recap(const frame& f) const
{
    auto lines = lines_of(f);
    if (lines.size() > recap_lines)
        lines.erase(lines.begin(), lines.end() - recap_lines);
    std::string out;
    for (const auto* s : lines) {
        const auto value = f.slots.find(s->slot);
        if (value != f.slots.end())
            out += (out.empty() ? "" : "\n") +
                   fill(data_.text(text_id::recap_line), {{"label", s->label}, {"value", shown(value->second, cut_recap)}});
    }
    return out;
}

// "2026-03-05", "2026-03", "2026" or a stretch, "2026-01-19/2026-02-16".
std::string turn_maker::show_date(std::string_view canonical) const
{
    if (const auto slash = canonical.find('/'); slash != std::string_view::npos)
        return fill(data_.text(text_id::stretch), {{"from", show_date(canonical.substr(0, slash))}, {"to", show_date(canonical.substr(slash + 1))}});
    const auto parts = split(canonical, '-');
    const auto bare = [](std::string_view digits) {
        while (digits.size() > 1 && digits.front() == '0')
            digits.remove_prefix(1);
        return digits;
    };
    if (parts.size() == 3)
        return fill(data_.text(text_id::day), {{"year", parts[0]}, {"month", bare(parts[1])}, {"day", bare(parts[2])}});
    if (parts.size() == 2)
        return fill(data_.text(text_id::month), {{"year", parts[0]}, {"month", bare(parts[1])}});
    return fill(data_.text(text_id::year), {{"year", canonical}});
}

std::string turn_maker::show_day(std::string_view text, bot::instant at) const
{
    const auto day = cases::china_date(at);
    return fill(
        text, {{"year", std::to_string(static_cast<int>(day.year()))},
                         {"month", std::to_string(static_cast<unsigned>(day.month()))},
                         {"day", std::to_string(static_cast<unsigned>(day.day()))}}
    );
}

std::string turn_maker::show_weekday(bot::instant at) const
{
    const std::chrono::weekday day{std::chrono::sys_days(cases::china_date(at))};
    const auto names = split(data_.text(text_id::weekdays), ' ');
    return std::string(names.at(day.c_encoding()));
}

std::string turn_maker::show_moment(bot::instant at) const
{
    const auto day = cases::china_date(at);
    const auto local = at + bot::china_offset;
    const auto minutes = std::chrono::floor<std::chrono::minutes>(local - std::chrono::floor<std::chrono::days>(local));
    return fill(
        data_.text(text_id::moment), {{"year", std::to_string(static_cast<int>(day.year()))},
                                      {"month", std::to_string(static_cast<unsigned>(day.month()))},
                                      {"day", std::to_string(static_cast<unsigned>(day.day()))},
                                      {"hour", two_digits(static_cast<unsigned>(minutes.count() / 60))},
                                      {"minute", two_digits(static_cast<unsigned>(minutes.count() % 60))}}
    );
}

}  // namespace dialogs
