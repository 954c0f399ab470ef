// Reads dialogs/lexicon/law_names.yaml.

#include "dialogs/data.hpp"
#include "dialogs/engine/engine.hpp"
#include "dialogs/knowledge/law_names.hpp"
#include "dialogs/yaml/document.hpp"

#include <stdexcept>

namespace dialogs {

namespace {

constexpr std::string_view table_path = "lexicon/law_names.yaml";

[[noreturn]] void fault(std::string_view path, const yaml::node& where, std::string_view what)
{
    throw flow_error(std::vector<std::string>{std::string(path) + ":" + std::to_string(where.line()) + ": " + std::string(what)});
}

std::string text_of(std::string_view path, const yaml::node& row, const char* key)
{
    const auto value = row.is_map() ? row[key] : yaml::node();
    if (!value.is_text() || value.text().empty())
        fault(path, row, std::string(key) + " is missing");
    return value.text();
}

yaml::document parsed(std::string_view path, std::string_view yaml)
{
    try {
        return yaml::document(yaml);
    } catch (const yaml::error& error) {
        throw flow_error(std::vector<std::string>{std::string(path) + ":" + std::to_string(error.line) + ": " + error.what()});
    }
}

}  // namespace

law_name_table read_law_names(std::string_view path, std::string_view yaml)
{
    const auto tree = parsed(path, yaml);
    const auto root = tree.root();
    if (!root.is_map())
        fault(path, root, "a map of aliases and repealed is expected");
    law_name_table table;
    for (const auto& row : root["aliases"]) {
        law_alias alias{text_of(path, row, "law"), {}};
        for (const auto& name : row["also"])
            alias.also.push_back(name.text());
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
