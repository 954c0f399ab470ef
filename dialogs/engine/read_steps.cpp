// One step of a flow, as it stands in a flow file.
#include "dialogs/engine/consult_lists.hpp"
#include "dialogs/engine/endings.hpp"
#include "dialogs/engine/yaml_reader.hpp"

#include <map>

namespace dialogs {

namespace {

const std::map<std::string, slot_type, std::less<>> slot_types{
    {"choice", slot_type::choice}, {"yes_no", slot_type::yes_no},     {"text", slot_type::text},
    {"date", slot_type::date},     {"money", slot_type::money},       {"phone", slot_type::phone},
    {"name", slot_type::name},     {"number", slot_type::number},     {"place", slot_type::place},
    {"street", slot_type::street}, {"kind", slot_type::kind},         {"evidence", slot_type::evidence},
    {"summary", slot_type::summary}, {"pick", slot_type::pick},       {"scale", slot_type::scale},
    {"say", slot_type::say},       {"run", slot_type::run},           {"talk", slot_type::talk},
    {"identity", slot_type::identity},
};

}  // namespace

void step_reader::read(flow& into, const yaml::node& node)
{
    known_keys(node, {"id", "slot", "type", "label", "required", "unknown", "several", "min", "max", "most", "why", "ask",
                      "ask_all", "none", "again", "choices", "when", "resets", "strip", "outside", "outside_unless", "area", "pick_again",
                      "picked", "wants", "from", "only", "item", "empty", "empty_go", "alone", "run", "called",
                      "hear", "companies", "fills"});
    step made;
    made.line = line_of(node);
    if (!read_text(node, "id", made.id))
        return fault(node, "step without an id");
    const auto name = "step '" + made.id + "'";
    read_type(made, node, name);
    read_step_texts(made, node, name);
    read_bool(node, "required", made.required);
    read_bool(node, "unknown", made.unknown);
    read_bool(node, "several", made.several);
    read_int(node, "min", made.min);
    read_int(node, "max", made.max);
    read_int(node, "most", made.most);
    made.resets = texts_of(node["resets"]);
    made.strip = texts_of(node["strip"]);
    made.called = texts_of(node["called"]);
    made.hear = texts_of(node["hear"]);
    read_bool(node, "companies", made.companies);
    made.fills = texts_of(node["fills"]);
    made.outside = texts_of(node["outside"]);
    made.outside_unless = texts_of(node["outside_unless"]);
    read_area(made, node["area"]);
    read_wants(made.needs, node["wants"]);
    read_pick(made, node, name);
    read_conditions(made, node["when"]);
    for (const auto& item : list_of(node["choices"]))
        read_option(into, made, item);
    if (!into.index.emplace(made.id, static_cast<int>(into.steps.size())).second)
        return fault(node, name + " stands twice");
    if (made.type == slot_type::evidence)
        into.evidence = static_cast<int>(into.steps.size());
    into.steps.push_back(std::move(made));
}

void step_reader::read_type(step& into, const yaml::node& node, const std::string& name)
{
    std::string type;
    if (!read_text(node, "type", type))
        return fault(node, name + ": missing type");
    const auto at = slot_types.find(type);
    if (at == slot_types.end())
        return fault(node["type"], name + ": unknown slot type '" + type + "'");
    into.type = at->second;
    const bool filled = into.asks() && into.type != slot_type::summary && into.type != slot_type::talk;
    if (!read_text(node, "slot", into.slot) && filled)
        fault(node, name + ": missing slot");
    read_text(node, "run", into.code);
    if (into.has_code() != !into.code.empty())
        fault(node, name + ": 'run' stands in steps of type run and talk, and must stand there");
    if (into.has_code())
        into.does = find_ending(into.code);
    if (into.has_code() && !into.does)
        fault(node["run"], name + ": 'run' names no row of endings.cpp: '" + into.code + "'");
}

void step_reader::read_pick(step& into, const yaml::node& node, const std::string& name)
{
    read_text(node, "from", into.from);
    into.only = texts_of(node["only"]);
    read_text(node, "item", into.item);
    read_text(node, "empty", into.empty);
    read_text(node, "empty_go", into.empty_go);
    read_bool(node, "alone", into.alone);
    if (into.type != slot_type::pick)
        return;
    const bool known = into.from == "own_cases" || into.from == "own_appointments" || into.from == "free_slots" ||
                       into.from == "free_days" || is_consult_list(into.from);
    if (!known || into.item.empty())
        fault(node, name + ": a pick needs 'from' (own_cases, own_appointments, free_slots, free_days, a list of consult_lists.hpp) and 'item'");
    if (into.none_label.empty() && (into.empty.empty() || into.empty_go.empty()))
        fault(node, name + ": a pick needs 'none', or 'empty' and 'empty_go'");
    into.needs.own_cases |= into.from == "own_cases";
    into.needs.own_appointments |= into.from == "own_appointments";
    if (node["item"])
        check_placeholders(node["item"], into.item, "code kind submitted state starts weekday day place with title");
}

void step_reader::read_step_texts(step& into, const yaml::node& node, const std::string& name)
{
    if (!read_text(node, "ask", into.ask) && into.type != slot_type::run)
        fault(node, name + ": missing text 'ask'");
    if (!read_text(node, "why", into.why) && into.asks())
        fault(node, name + ": missing text 'why'");
    read_text(node, "label", into.label);
    read_text(node, "ask_all", into.ask_all);
    read_text(node, "none", into.none_label);
    read_text(node, "pick_again", into.pick_again);
    read_text(node, "picked", into.picked);
    into.again = texts_of(node["again"]);
    if (into.again.size() != 2 && into.asks() && into.type != slot_type::talk)
        fault(node, name + ": 'again' needs two texts");
    const bool lists = into.type == slot_type::kind || into.type == slot_type::street;
    if (lists && (into.ask_all.empty() || into.none_label.empty()))
        fault(node, name + ": missing text 'ask_all' or 'none'");
    if (into.type == slot_type::summary && (into.pick_again.empty() || into.picked.empty()))
        fault(node, name + ": missing text 'pick_again' or 'picked'");
    if (node["picked"])
        check_placeholders(node["picked"], into.picked, "number");
}

void step_reader::read_area(step& into, const yaml::node& node)
{
    if (!node)
        return;
    std::array<double, 4> area{};
    if (!node.is_list() || node.size() != area.size())
        return fault(node, "area is [south, north, west, east]");
    for (std::size_t i = 0; i < area.size(); ++i)
        if (!yaml::read(node[i], area[i]))
            fault(node, "area is [south, north, west, east]");
    into.area = area;
}

void step_reader::read_conditions(step& into, const yaml::node& node)
{
    if (!node)
        return;
    const auto written = node.is_list() ? texts_of(node) : std::vector<std::string>{node.text()};
    for (const auto& text : written)
        read_condition(into, node, text);
}

// "slot", "!slot", "slot == a|b", "slot != a|b"
void step_reader::read_condition(step& into, const yaml::node& node, std::string_view text)
{
    condition made;
    made.line = line_of(node);
    made.wanted = !text.starts_with('!');
    if (!made.wanted)
        text.remove_prefix(1);
    const auto space = text.find(' ');
    made.slot = text.substr(0, space);
    if (space != std::string_view::npos) {
        const auto sign = text.substr(space, 4);
        if ((sign != " == " && sign != " != ") || !made.wanted)
            return fault(node, "bad condition '" + std::string(text) + "'");
        made.wanted = sign == " == ";
        auto rest = text.substr(space + 4);
        for (auto bar = rest.find('|'); bar != std::string_view::npos; bar = rest.find('|')) {
            made.values.emplace_back(rest.substr(0, bar));
            rest.remove_prefix(bar + 1);
        }
        made.values.emplace_back(rest);
    }
    const bool empty_value = std::find(made.values.begin(), made.values.end(), "") != made.values.end();
    if (made.slot.empty() || empty_value)
        return fault(node, "bad condition '" + std::string(text) + "'");
    into.when.push_back(std::move(made));
}

void step_reader::read_option(const flow& of, step& into, const yaml::node& node)
{
    known_keys(node, {"value", "label", "say", "note", "go", "do"});
    option made;
    made.line = line_of(node);
    if (!read_text(node, "value", made.value) || !read_text(node, "label", made.label))
        return fault(node, "step '" + into.id + "': a choice needs value and label");
    read_text(node, "note", made.note);
    read_text(node, "go", made.go);
    std::string does;
    if (read_text(node, "do", does)) {
        if (does == "leave")
            made.does = deed::leave;
        else if (does == "alarm")
            made.does = deed::alarm;
        else if (does == "end")
            made.does = deed::end;
        else
            fault(node["do"], "unknown deed '" + does + "'");
    }
    made.target = of.id + "/" + into.id + "/" + made.value;
    const int number = static_cast<int>(into.options.size());
    auto words = texts_of(node["say"]);
    words.push_back(made.label);
    for (const auto& word : words)
        if (!into.words.emplace(plain(word), number).second)
            fault(node, "step '" + into.id + "': '" + word + "' belongs to two choices");
    into.options.push_back(std::move(made));
}

}  // namespace dialogs
