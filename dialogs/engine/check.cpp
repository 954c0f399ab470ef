// What can be wrong with the book as a whole: things that lead nowhere, are never reached, or are not there.
#include "dialogs/engine/endings.hpp"
#include "dialogs/engine/load.hpp"

#include <algorithm>
#include <set>

namespace dialogs {

namespace {

std::vector<std::string> words_of(std::string_view list)
{
    std::vector<std::string> out;
    while (!list.empty()) {
        const auto end = list.find(' ');
        if (end != 0)
            out.emplace_back(list.substr(0, end));
        list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    }
    return out;
}

bool known_target(const book& whole, std::string_view to)
{
    const auto slash = to.find('/');
    if (slash == std::string_view::npos)
        return false;
    const auto head = to.substr(0, slash), tail = to.substr(slash + 1);
    if (head == "menu")
        return whole.pages.contains(tail);
    if (head == "cmd")
        return std::find(command_names.begin(), command_names.end(), tail) != command_names.end();
    return tail == "start" && whole.flows.contains(head);
}

void check_pages(const book& whole, fault_list& faults)
{
    for (const auto& [id, page] : whole.pages) {
        if (page.choices.empty())
            faults.add(page.path, page.line, "page '" + id + "' is a dead end: it offers no way on");
        for (const auto& offered : page.choices)
            if (!known_target(whole, offered.target))
                faults.add(page.path, page.line, "page '" + id + "': unknown target '" + offered.target + "'");
    }
    for (const auto* needed : {"welcome", "main", "psych", "legal"})
        if (!whole.pages.contains(needed))
            faults.add("flows/menu.yaml", 1, std::string("missing page '") + needed + "'");
}

void check_intents(const book& whole, fault_list& faults)
{
    for (const auto& [intent, opens] : whole.intents.opens)
        if (!known_target(whole, opens.to))
            faults.add(whole.intents.path, opens.line, "intent '" + intent + "': unknown target '" + opens.to + "'");
}

class flow_check {
public:
    flow_check(const book& whole, const flow& of, fault_list& faults) : book_(whole), flow_(of), faults_(faults) {}

    void run()
    {
        check_options();
        check_words();
        check_conditions();
        check_reached();
        check_end();
    }

private:
    void fault(int line, const std::string& what) { faults_.add(flow_.path, line, "flow '" + flow_.id + "': " + what); }

    static std::set<std::string> filled_by(const step& of)
    {
        std::set<std::string> out{of.slot};
        if (of.type == slot_type::place)
            out.insert({"street", "located"});
        out.insert(of.fills.begin(), of.fills.end());
        return out;
    }

    void check_options()
    {
        for (const auto& s : flow_.steps) {
            const bool chosen = s.type == slot_type::choice || s.type == slot_type::yes_no || s.type == slot_type::summary ||
                                s.type == slot_type::scale;
            if (s.type == slot_type::pick && !s.empty_go.empty() && !known_target(book_, s.empty_go))
                fault(s.line, "step '" + s.id + "': unknown target '" + s.empty_go + "'");
            if (chosen && s.options.empty())
                fault(s.line, "step '" + s.id + "' has no choices");
            if (s.type == slot_type::yes_no && !has_values(s, {"yes", "no"}))
                fault(s.line, "step '" + s.id + "': a yes_no step has the values yes and no");
            for (const auto& o : s.options)
                check_option(s, o);
        }
    }

    // Placeholders name slots of the flow, the lines of the summary or the hint of the category.
    void check_words()
    {
        std::set<std::string> known{"hint", "lines"};
        for (const auto& s : flow_.steps)
            known.merge(filled_by(s));
        for (const auto& s : flow_.steps) {
            auto texts = s.again;
            texts.insert(texts.end(), {s.ask, s.ask_all, s.empty});
            for (const auto& text : texts)
                for (auto open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
                    const auto name = text.substr(open + 1, std::min(text.find('}', open), text.size()) - open - 1);
                    if (!known.contains(name))
                        fault(s.line, "step '" + s.id + "': unknown placeholder '{" + name + "}'");
                }
        }
    }

    static bool has_values(const step& s, std::vector<std::string> wanted)
    {
        std::vector<std::string> values;
        for (const auto& o : s.options)
            values.push_back(o.value);
        return std::is_permutation(values.begin(), values.end(), wanted.begin(), wanted.end());
    }

    void check_option(const step& s, const option& o)
    {
        if (o.does == deed::leave && (o.go.starts_with("cmd/") || !known_target(book_, o.go)))
            fault(o.line, "step '" + s.id + "': 'leave' needs a page to go to, or a flow, '" + o.go + "' is none");
        if (o.does != deed::leave && !o.go.empty())
            fault(o.line, "step '" + s.id + "': 'go' stands with 'do: leave' only");
    }

    void check_conditions()
    {
        std::set<std::string> before, all;
        for (const auto& s : flow_.steps)
            all.merge(filled_by(s));
        for (const auto& s : flow_.steps) {
            for (const auto& c : s.when)
                check_condition(s, c, before);
            for (const auto& slot : s.resets)
                if (!all.contains(slot))
                    fault(s.line, "step '" + s.id + "' resets the unknown slot '" + slot + "'");
            before.merge(filled_by(s));
        }
    }

    void check_condition(const step& s, const condition& c, const std::set<std::string>& before)
    {
        if (!before.contains(c.slot))
            return fault(c.line, "bad condition in step '" + s.id + "': slot '" + c.slot + "' is not filled before it");
        for (const auto& value : c.values)
            if (!possible(c.slot, value))
                fault(c.line, "bad condition in step '" + s.id + "': '" + c.slot + "' is never '" + value + "'");
    }

    bool possible(const std::string& slot, const std::string& value) const
    {
        for (const auto& s : flow_.steps) {
            if (std::find(s.fills.begin(), s.fills.end(), slot) != s.fills.end())
                return true;
            if (s.slot != slot)
                continue;
            if (s.type != slot_type::choice && s.type != slot_type::yes_no && s.type != slot_type::scale)
                return true;
            const auto gives = [&](const option& o) { return o.value == value && o.does == deed::none; };
            if (std::any_of(s.options.begin(), s.options.end(), gives))
                return true;
        }
        return false;
    }

    // Steps are asked in their order: one is reached when each before it can be passed.
    void check_reached()
    {
        const auto stop = std::find_if(flow_.steps.begin(), flow_.steps.end(), [](const step& s) { return !passes(s); });
        if (stop == flow_.steps.end())
            return;
        for (auto s = stop + 1; s != flow_.steps.end(); ++s)
            fault(s->line, "step '" + s->id + "' is unreachable: nothing passes step '" + stop->id + "'");
    }

    static bool passes(const step& s)
    {
        if (s.type == slot_type::summary)
            return false;
        const bool fixed = s.type == slot_type::choice || s.type == slot_type::yes_no;
        if (!fixed || !s.when.empty() || s.options.empty())
            return true;
        return std::any_of(s.options.begin(), s.options.end(), [](const option& o) { return o.does == deed::none; });
    }

    void check_end()
    {
        if (flow_.steps.empty())
            return;
        const auto& last = flow_.steps.back();
        const auto* ends = flow_.ends;
        if (!ends)
            return;
        if (ends->reviewed && last.type != slot_type::summary)
            fault(last.line, "step '" + last.id + "' is a dead end: this flow ends in a summary");
        if (last.type != slot_type::summary && !passes(last))
            fault(last.line, "step '" + last.id + "' is a dead end: no choice goes on");
        std::set<std::string> filled;
        for (const auto& s : flow_.steps)
            filled.merge(filled_by(s));
        for (const auto& slot : words_of(ends->slots))
            if (!filled.contains(slot))
                fault(flow_.line, "its ending needs the slot '" + slot + "', which no step fills");
        check_texts();
    }

    // Each text is one that the ending or a step of code says, and each of those is there.
    void check_texts()
    {
        std::set<std::string> said;
        const auto add = [&](const ending* code) {
            for (const auto& name : words_of(code ? code->texts : std::string_view{}))
                said.insert(name);
        };
        add(flow_.ends);
        for (const auto& s : flow_.steps)
            add(s.does);
        for (const auto& name : said)
            if (!flow_.texts.contains(name))
                fault(flow_.line, "missing text '" + name + "'");
        for (const auto& [name, line] : flow_.text_lines)
            if (!said.contains(name))
                fault(line, "unknown text '" + name + "'");
    }

    const book& book_;
    const flow& flow_;
    fault_list& faults_;
};

}  // namespace

void check_book(const book& whole, fault_list& faults)
{
    for (std::size_t i = 0; i < text_names.size(); ++i)
        if (whole.texts[i].empty())
            faults.add("flows/words.yaml", 1, "missing text '" + std::string(text_names[i].name) + "'");
    for (std::size_t i = 0; i < command_names.size(); ++i)
        if (whole.command_words[i].empty())
            faults.add("flows/words.yaml", 1, "missing words for the command '" + std::string(command_names[i]) + "'");
    check_pages(whole, faults);
    check_intents(whole, faults);
    for (const auto& [id, flow] : whole.flows)
        flow_check(whole, flow, faults).run();
    for (const auto* needed : {"consent", "filing", "respondent", "withdraw", "privacy"})
        if (!whole.flows.contains(needed))
            faults.add("flows", 1, std::string("missing flow '") + needed + "'");
    if (whole.notice_version.empty() || whole.code_prefix.size() != 2)
        faults.add("flows/words.yaml", 1, "settings need notice_version and a code_prefix of two letters");
    if (!whole.safety)
        faults.add("lexicon/safety.yaml", 1, "missing: nothing is answered without the safety screen");
    if (!whole.disputes)
        faults.add("lexicon/dispute_types.yaml", 1, "missing: the dispute categories");
    if (!whole.eligible)
        faults.add("lexicon/eligibility.yaml", 1, "missing: the rules of what may be taken");
    if (whole.district.streets.empty())
        faults.add("lexicon/jurisdiction.yaml", 1, "missing: the streets and towns");
}

}  // namespace dialogs
