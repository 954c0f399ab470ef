#include "dialogs/engine/load.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>

namespace dialogs {

namespace {

const std::map<std::string, slot_type, std::less<>> slot_types{
    {"choice", slot_type::choice}, {"yes_no", slot_type::yes_no},     {"text", slot_type::text},
    {"date", slot_type::date},     {"money", slot_type::money},       {"phone", slot_type::phone},
    {"name", slot_type::name},     {"number", slot_type::number},     {"place", slot_type::place},
    {"street", slot_type::street}, {"kind", slot_type::kind},         {"evidence", slot_type::evidence},
    {"summary", slot_type::summary},
};

// Reads one file; a fault is noted and reading goes on with the next thing.
class flow_reader {
public:
    flow_reader(book& into, const source_file& file, fault_list& faults)
        : book_(into), path_(file.path), faults_(faults)
    {
    }

    void read(const YAML::Node& root)
    {
        if (!root.IsMap())
            return fault(root, "a flow file is a map");
        known_keys(
            root, {"settings", "commands", "texts", "unstaffed", "pages", "flow", "title", "consent", "finish",
                   "start_say", "steps"}
        );
        if (const auto settings = root["settings"]) {
            known_keys(settings, {"notice_version", "code_prefix", "duty_on_call"});
            read_text(settings, "notice_version", book_.notice_version);
            read_text(settings, "code_prefix", book_.code_prefix);
            if (const auto duty = settings["duty_on_call"]; duty && !YAML::convert<bool>::decode(duty, book_.duty_on_call))
                fault(duty, "duty_on_call is true or false");
        }
        for (const auto& entry : map_of(root["commands"]))
            read_command(entry.first, entry.second);
        for (const auto& entry : map_of(root["texts"]))
            read_named_text(entry.first, entry.second, book_.texts);
        for (const auto& entry : map_of(root["unstaffed"]))
            read_named_text(entry.first, entry.second, book_.unstaffed);
        for (const auto& node : list_of(root["pages"]))
            read_page(node);
        if (root["flow"])
            read_flow(root);
    }

private:
    static int line_of(const YAML::Node& node) { return node.Mark().line + 1; }
    void fault(const YAML::Node& node, const std::string& what) { faults_.add(path_, line_of(node), what); }

    YAML::Node map_of(const YAML::Node& node)
    {
        if (node && !node.IsMap())
            fault(node, "a map is expected here");
        return node && node.IsMap() ? node : YAML::Node(YAML::NodeType::Map);
    }
    YAML::Node list_of(const YAML::Node& node)
    {
        if (node && !node.IsSequence())
            fault(node, "a list is expected here");
        return node && node.IsSequence() ? node : YAML::Node(YAML::NodeType::Sequence);
    }

    void known_keys(const YAML::Node& map, std::initializer_list<std::string_view> keys)
    {
        for (const auto& entry : map) {
            const auto key = entry.first.Scalar();
            if (std::find(keys.begin(), keys.end(), key) == keys.end())
                fault(entry.first, "unknown key '" + key + "'");
        }
    }

    bool read_text(const YAML::Node& map, const char* key, std::string& into)
    {
        const auto node = map[key];
        if (!node)
            return false;
        if (!node.IsScalar() || node.Scalar().empty()) {
            fault(node, std::string("'") + key + "' has no text");
            return false;
        }
        into = node.Scalar();
        return true;
    }
    void read_int(const YAML::Node& map, const char* key, int& into)
    {
        if (const auto node = map[key]; node && !YAML::convert<int>::decode(node, into))
            fault(node, std::string("'") + key + "' is not a number");
    }
    void read_bool(const YAML::Node& map, const char* key, bool& into)
    {
        if (const auto node = map[key]; node && !YAML::convert<bool>::decode(node, into))
            fault(node, std::string("'") + key + "' is neither true nor false");
    }
    std::vector<std::string> texts_of(const YAML::Node& node)
    {
        std::vector<std::string> out;
        for (const auto& item : list_of(node)) {
            if (!item.IsScalar() || item.Scalar().empty())
                fault(item, "a text is expected here");
            else
                out.push_back(item.Scalar());
        }
        return out;
    }

    void read_command(const YAML::Node& key, const YAML::Node& words)
    {
        const auto at = std::find(command_names.begin(), command_names.end(), key.Scalar());
        if (at == command_names.end())
            return fault(key, "unknown command '" + key.Scalar() + "'");
        const auto what = static_cast<command>(at - command_names.begin());
        // These mean something only where they are asked for, or where nothing is under way.
        const bool everywhere = what != command::crisis_clear_no && what != command::crisis_leave &&
                                what != command::ack && what != command::done && what != command::keep && what != command::skip;
        for (const auto& word : texts_of(words)) {
            const auto said = plain(word);
            book_.command_words[static_cast<std::size_t>(what)].emplace(said, true);
            if (everywhere && !book_.commands.emplace(said, what).second)
                fault(words, "'" + word + "' belongs to two commands");
        }
    }

    void read_named_text(const YAML::Node& key, const YAML::Node& node, book::text_table& into)
    {
        const auto at = std::find_if(text_names.begin(), text_names.end(), [&](const text_name& t) {
            return t.name == key.Scalar();
        });
        if (at == text_names.end())
            return fault(key, "unknown text '" + key.Scalar() + "'");
        if (!node.IsScalar() || node.Scalar().empty())
            return fault(key, "text '" + key.Scalar() + "' is empty");
        auto& slot = into[static_cast<std::size_t>(at - text_names.begin())];
        if (!slot.empty())
            fault(key, "text '" + key.Scalar() + "' stands twice");
        slot = node.Scalar();
        check_placeholders(node, slot, at->placeholders);
    }

    void check_placeholders(const YAML::Node& node, std::string_view text, std::string_view allowed)
    {
        const std::string list = " " + std::string(allowed) + " ";
        for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
            const auto close = text.find('}', open);
            const std::string name(text.substr(open + 1, close == std::string_view::npos ? close : close - open - 1));
            if (close == std::string_view::npos || list.find(" " + name + " ") == std::string::npos)
                fault(node, "unknown placeholder '{" + name + "}'");
        }
    }

    void opener(const YAML::Node& node, const std::string& word, const std::string& to)
    {
        if (!book_.openers.emplace(plain(word), to).second)
            fault(node, "'" + word + "' opens two things");
    }

    void read_page(const YAML::Node& node)
    {
        known_keys(node, {"id", "say", "text", "choices"});
        page made;
        made.path = path_;
        made.line = line_of(node);
        if (!read_text(node, "id", made.id))
            return fault(node, "page without an id");
        if (!read_text(node, "text", made.text))
            fault(node, "page '" + made.id + "': missing text");
        for (const auto& word : texts_of(node["say"]))
            opener(node["say"], word, "menu/" + made.id);
        for (const auto& item : list_of(node["choices"])) {
            choice offered;
            known_keys(item, {"label", "to"});
            if (!read_text(item, "label", offered.label) || !read_text(item, "to", offered.target))
                fault(item, "page '" + made.id + "': a choice needs label and to");
            else
                made.choices.push_back(std::move(offered));
        }
        if (!book_.pages.emplace(made.id, made).second)
            fault(node, "page '" + made.id + "' stands twice");
    }

    void read_flow(const YAML::Node& root)
    {
        flow made;
        made.path = path_;
        made.line = line_of(root["flow"]);
        read_text(root, "flow", made.id);
        if (!read_text(root, "title", made.title))
            fault(root["flow"], "flow '" + made.id + "': missing title");
        std::string consent, ends;
        if (read_text(root, "consent", consent) && consent != "required")
            fault(root["consent"], "consent is 'required' or absent");
        made.needs_consent = !consent.empty();
        if (!read_text(root, "finish", ends) || (ends != "consent" && ends != "file_case"))
            fault(root["flow"], "flow '" + made.id + "': finish is 'consent' or 'file_case'");
        made.ends = ends == "consent" ? finish::consent : finish::file_case;
        for (const auto& word : texts_of(root["start_say"]))
            opener(root["start_say"], word, made.id + "/start");
        for (const auto& node : list_of(root["steps"]))
            read_step(made, node);
        if (made.steps.empty())
            fault(root["flow"], "flow '" + made.id + "' has no steps");
        const auto id = made.id;
        if (!book_.flows.emplace(id, std::move(made)).second)
            fault(root["flow"], "flow '" + id + "' stands twice");
    }

    void read_step(flow& into, const YAML::Node& node)
    {
        known_keys(node, {"id", "slot", "type", "label", "required", "unknown", "several", "min", "max", "most", "why", "ask",
                          "ask_all", "none", "again", "choices", "when", "resets", "strip", "outside", "outside_unless", "area", "pick_again",
                          "picked"});
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
        made.outside = texts_of(node["outside"]);
        made.outside_unless = texts_of(node["outside_unless"]);
        read_area(made, node["area"]);
        read_conditions(made, node["when"]);
        for (const auto& item : list_of(node["choices"]))
            read_option(into, made, item);
        if (!into.index.emplace(made.id, static_cast<int>(into.steps.size())).second)
            return fault(node, name + " stands twice");
        into.steps.push_back(std::move(made));
    }

    void read_type(step& into, const YAML::Node& node, const std::string& name)
    {
        std::string type;
        if (!read_text(node, "type", type))
            return fault(node, name + ": missing type");
        const auto at = slot_types.find(type);
        if (at == slot_types.end())
            return fault(node["type"], name + ": unknown slot type '" + type + "'");
        into.type = at->second;
        if (!read_text(node, "slot", into.slot) && into.type != slot_type::summary)
            fault(node, name + ": missing slot");
    }

    void read_step_texts(step& into, const YAML::Node& node, const std::string& name)
    {
        if (!read_text(node, "ask", into.ask))
            fault(node, name + ": missing text 'ask'");
        if (!read_text(node, "why", into.why))
            fault(node, name + ": missing text 'why'");
        read_text(node, "label", into.label);
        read_text(node, "ask_all", into.ask_all);
        read_text(node, "none", into.none_label);
        read_text(node, "pick_again", into.pick_again);
        read_text(node, "picked", into.picked);
        into.again = texts_of(node["again"]);
        if (into.again.size() != 2)
            fault(node, name + ": 'again' needs two texts");
        const bool lists = into.type == slot_type::kind || into.type == slot_type::street;
        if (lists && (into.ask_all.empty() || into.none_label.empty()))
            fault(node, name + ": missing text 'ask_all' or 'none'");
        if (into.type == slot_type::summary && (into.pick_again.empty() || into.picked.empty()))
            fault(node, name + ": missing text 'pick_again' or 'picked'");
        if (node["ask"])
            check_placeholders(node["ask"], into.ask, "hint lines");
        if (node["picked"])
            check_placeholders(node["picked"], into.picked, "number");
    }

    void read_area(step& into, const YAML::Node& node)
    {
        if (!node)
            return;
        std::array<double, 4> area{};
        if (!node.IsSequence() || node.size() != area.size())
            return fault(node, "area is [south, north, west, east]");
        for (std::size_t i = 0; i < area.size(); ++i)
            if (!YAML::convert<double>::decode(node[i], area[i]))
                fault(node, "area is [south, north, west, east]");
        into.area = area;
    }

    void read_conditions(step& into, const YAML::Node& node)
    {
        if (!node)
            return;
        const auto written = node.IsSequence() ? texts_of(node) : std::vector<std::string>{node.Scalar()};
        for (const auto& text : written)
            read_condition(into, node, text);
    }

    // "slot", "!slot", "slot == a|b", "slot != a|b"
    void read_condition(step& into, const YAML::Node& node, std::string_view text)
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

    void read_option(const flow& of, step& into, const YAML::Node& node)
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

    book& book_;
    std::string path_;
    fault_list& faults_;
};

}  // namespace

void read_flow_file(book& into, const source_file& file, fault_list& faults)
{
    try {
        flow_reader(into, file, faults).read(YAML::Load(file.content));
    } catch (const YAML::Exception& e) {
        faults.add(file.path, e.mark.line + 1, e.msg);
    }
}

}  // namespace dialogs
