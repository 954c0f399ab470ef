// Reads dialogs/lexicon/law_names.yaml.

#include "dialogs/data.hpp"
#include "dialogs/engine/engine.hpp"
#include "dialogs/knowledge/law_names.hpp"

#include <yaml-cpp/yaml.h>

#include <stdexcept>

namespace dialogs {

namespace {

constexpr std::string_view table_path = "lexicon/law_names.yaml";

[[noreturn]] void fault(std::string_view path, const YAML::Node& where, std::string_view what)
{
    throw flow_error(std::vector<std::string>{std::string(path) + ":" + std::to_string(where.Mark().line + 1) + ": " + std::string(what)});
}

std::string text_of(std::string_view path, const YAML::Node& row, const char* key)
{
    const auto value = row.IsMap() ? row[key] : YAML::Node();
    if (!value.IsDefined() || !value.IsScalar() || value.Scalar().empty())
        fault(path, row, std::string(key) + " is missing");
    return value.Scalar();
}

YAML::Node parsed(std::string_view path, std::string_view yaml)
{
    try {
        return YAML::Load(std::string(yaml));
    } catch (const YAML::Exception& error) {
        throw flow_error(std::vector<std::string>{std::string(path) + ":" + std::to_string(error.mark.line + 1) + ": " + error.msg});
    }
}

}  // namespace

law_name_table read_law_names(std::string_view path, std::string_view yaml)
{
    const auto root = parsed(path, yaml);
    if (!root.IsMap())
        fault(path, root, "a map of aliases and repealed is expected");
    law_name_table table;
    for (const auto& row : root["aliases"]) {
        law_alias alias{text_of(path, row, "law"), {}};
        for (const auto& name : row["also"])
            alias.also.push_back(name.Scalar());
        table.aliases.push_back(std::move(alias));
    }
    for (const auto& row : root["repealed"]) {
        const auto day = read_version_date(text_of(path, row, "on"));
        if (!day)
            fault(path, row, "on: a date is expected");
        table.ended.push_back({text_of(path, row, "law"), *day});
    }
    return table;
}

law_name_table embedded_law_names()
{
    for (const auto& file : dialogs_data())
        if (file.path == table_path)
            return read_law_names(file.path, file.content);
    throw std::logic_error("the build has no " + std::string(table_path));
}

}  // namespace dialogs
