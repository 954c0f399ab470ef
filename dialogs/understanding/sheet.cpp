#include "dialogs/understanding/sheet.hpp"

#include "dialogs/engine/engine.hpp"

#include <algorithm>

namespace dialogs {

sheet::sheet(std::string_view path, std::string_view yaml) : path_{path}
{
    try {
        root_ = YAML::Load(std::string{yaml});
    } catch (const YAML::Exception& broken) {
        faults_.push_back(path_ + ":" + std::to_string(broken.mark.line + 1) + ": " + broken.msg);
        return;
    }
    if (!root_.IsMap())
        fault(root_, "the file must be a map");
}

void sheet::fault(const YAML::Node& where, std::string_view what)
{
    const int line = where.IsDefined() ? where.Mark().line + 1 : 1;
    faults_.push_back(path_ + ":" + std::to_string(std::max(line, 1)) + ": " + std::string{what});
}

std::string sheet::text(const YAML::Node& of, const char* key)
{
    auto value = text_if_any(of, key);
    if (value.empty())
        fault(of, std::string{"needs a text under "} + key);
    return value;
}

std::string sheet::text_if_any(const YAML::Node& of, const char* key)
{
    if (!of.IsMap() || !of[key].IsDefined() || of[key].IsNull())
        return {};
    if (!of[key].IsScalar()) {
        fault(of[key], std::string{key} + " must be a text");
        return {};
    }
    return of[key].Scalar();
}

std::vector<std::string> sheet::texts(const YAML::Node& of, const char* key)
{
    std::vector<std::string> all;
    if (!of.IsMap() || !of[key].IsDefined() || of[key].IsNull())
        return all;
    if (!of[key].IsSequence()) {
        fault(of[key], std::string{key} + " must be a list");
        return all;
    }
    for (const auto& one : of[key]) {
        if (one.IsScalar() && !one.Scalar().empty())
            all.push_back(one.Scalar());
        else
            fault(one, std::string{"an entry of "} + key + " must be a text");
    }
    return all;
}

std::vector<YAML::Node> sheet::rows(const YAML::Node& of, const char* key)
{
    std::vector<YAML::Node> all;
    if (!of.IsMap() || !of[key].IsDefined() || !of[key].IsSequence()) {
        if (faults_.empty())
            fault(of, std::string{"needs a list under "} + key);
        return all;
    }
    for (const auto& one : of[key]) {
        if (one.IsMap())
            all.push_back(one);
        else
            fault(one, std::string{"an entry of "} + key + " must be a map");
    }
    return all;
}

void sheet::only_keys(const YAML::Node& of, std::initializer_list<std::string_view> known)
{
    if (!of.IsMap())
        return;
    for (const auto& one : of) {
        const auto key = one.first.Scalar();
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
