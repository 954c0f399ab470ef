#include "dialogs/understanding/sheet.hpp"

#include "dialogs/engine/engine.hpp"

#include <algorithm>

namespace dialogs {

sheet::sheet(std::string_view path, std::string_view yaml) : path_{path}
{
    try {
        tree_.emplace(yaml);
        root_ = tree_->root();
    } catch (const yaml::error& broken) {
        faults_.push_back(path_ + ":" + std::to_string(broken.line) + ": " + broken.what());
        return;
    }
    if (!root_.is_map())
        fault(root_, "the file must be a map");
}

void sheet::fault(const yaml::node& where, std::string_view what)
{
    const int line = where.line();
    faults_.push_back(path_ + ":" + std::to_string(std::max(line, 1)) + ": " + std::string{what});
}

std::string sheet::text(const yaml::node& of, const char* key)
{
    auto value = text_if_any(of, key);
    if (value.empty())
        fault(of, std::string{"needs a text under "} + key);
    return value;
}

std::string sheet::text_if_any(const yaml::node& of, const char* key)
{
    if (!of[key] || of[key].is_null())
        return {};
    if (!of[key].is_text()) {
        fault(of[key], std::string{key} + " must be a text");
        return {};
    }
    return of[key].text();
}

std::vector<std::string> sheet::texts(const yaml::node& of, const char* key)
{
    std::vector<std::string> all;
    if (!of[key] || of[key].is_null())
        return all;
    if (!of[key].is_list()) {
        fault(of[key], std::string{key} + " must be a list");
        return all;
    }
    for (const auto& one : of[key]) {
        if (one.is_text() && !one.text().empty())
            all.push_back(one.text());
        else
            fault(one, std::string{"an entry of "} + key + " must be a text");
    }
    return all;
}

std::vector<yaml::node> sheet::rows(const yaml::node& of, const char* key)
{
    std::vector<yaml::node> all;
    if (!of[key].is_list()) {
        if (faults_.empty())
            fault(of, std::string{"needs a list under "} + key);
        return all;
    }
    for (const auto& one : of[key]) {
        if (one.is_map())
            all.push_back(one);
        else
            fault(one, std::string{"an entry of "} + key + " must be a map");
    }
    return all;
}

void sheet::only_keys(const yaml::node& of, std::initializer_list<std::string_view> known)
{
    if (!of.is_map())
        return;
    for (const auto& one : of) {
        const auto key = one.first.text();
        if (std::find(known.begin(), known.end(), key) == known.end())
            fault(one.first, "unknown key " + key);
    }
}

void sheet::finish() const
{
    if (!faults_.empty())
        throw flow_error{faults_};
}

}  // namespace dialogs
