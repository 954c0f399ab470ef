#pragma once
// What the readers of flow files share; only for the .cpp files of this folder. A fault is noted with its line, and
// reading goes on with the next thing.

#include "dialogs/engine/load.hpp"
#include "dialogs/yaml/document.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

class yaml_reader {
public:
    yaml_reader(std::string path, fault_list& faults) : path_(std::move(path)), faults_(faults) {}

protected:
    static int line_of(const yaml::node& node) { return node.line(); }
    void fault(const yaml::node& node, const std::string& what) { faults_.add(path_, line_of(node), what); }

    yaml::node map_of(const yaml::node& node)
    {
        if (node && !node.is_map())
            fault(node, "a map is expected here");
        return node && node.is_map() ? node : yaml::node();
    }
    yaml::node list_of(const yaml::node& node)
    {
        if (node && !node.is_list())
            fault(node, "a list is expected here");
        return node && node.is_list() ? node : yaml::node();
    }

    void known_keys(const yaml::node& map, std::initializer_list<std::string_view> keys)
    {
        for (const auto& entry : map) {
            const auto key = entry.first.text();
            if (std::find(keys.begin(), keys.end(), key) == keys.end())
                fault(entry.first, "unknown key '" + key + "'");
        }
    }

    bool read_text(const yaml::node& map, const char* key, std::string& into)
    {
        const auto node = map[key];
        if (!node)
            return false;
        if (!node.is_text() || node.text().empty()) {
            fault(node, std::string("'") + key + "' has no text");
            return false;
        }
        into = node.text();
        return true;
    }
    void read_int(const yaml::node& map, const char* key, int& into)
    {
        if (const auto node = map[key]; node && !yaml::read(node, into))
            fault(node, std::string("'") + key + "' is not a number");
    }
    void read_bool(const yaml::node& map, const char* key, bool& into)
    {
        if (const auto node = map[key]; node && !yaml::read(node, into))
            fault(node, std::string("'") + key + "' is neither true nor false");
    }
    std::vector<std::string> texts_of(const yaml::node& node)
    {
        std::vector<std::string> out;
        for (const auto& item : list_of(node)) {
            if (!item.is_text() || item.text().empty())
                fault(item, "a text is expected here");
            else
                out.push_back(item.text());
        }
        return out;
    }

    void check_placeholders(const yaml::node& node, std::string_view text, std::string_view allowed)
    {
        const std::string list = " " + std::string(allowed) + " ";
        for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
            const auto close = text.find('}', open);
            const std::string name(text.substr(open + 1, close == std::string_view::npos ? close : close - open - 1));
            if (close == std::string_view::npos || list.find(" " + name + " ") == std::string::npos)
                fault(node, "unknown placeholder '{" + name + "}'");
        }
    }

    void read_wants(wants& into, const yaml::node& node)
    {
        if (!node)
            return;
        known_keys(map_of(node), {"own_cases", "own_appointments", "own_services", "stored", "free_slots", "invitation"});
        read_bool(node, "own_cases", into.own_cases);
        read_bool(node, "own_appointments", into.own_appointments);
        read_bool(node, "own_services", into.own_services);
        read_bool(node, "stored", into.stored);
        read_text(node, "free_slots", into.free_slots);
        read_text(node, "invitation", into.invitation);
    }

    std::string path_;
    fault_list& faults_;
};

// Reads one entry of "steps" into the flow.
class step_reader : yaml_reader {
public:
    using yaml_reader::yaml_reader;
    void read(flow& into, const yaml::node& node);

private:
    void read_type(step& into, const yaml::node& node, const std::string& name);
    void read_pick(step& into, const yaml::node& node, const std::string& name);
    void read_step_texts(step& into, const yaml::node& node, const std::string& name);
    void read_area(step& into, const yaml::node& node);
    void read_conditions(step& into, const yaml::node& node);
    void read_condition(step& into, const yaml::node& node, std::string_view text);
    void read_option(const flow& of, step& into, const yaml::node& node);
};

}  // namespace dialogs
