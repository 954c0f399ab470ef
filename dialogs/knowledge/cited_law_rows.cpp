#include "dialogs/knowledge/cited_law_rows.hpp"

#include "dialogs/understanding/sheet.hpp"

namespace dialogs {

std::vector<cited_law> read_cited_laws(sheet& file, const yaml::node& of)
{
    std::vector<cited_law> out;
    for (const auto& row : file.rows(of, "law")) {
        file.only_keys(row, {"law", "article", "version"});
        const auto version = read_iso_date(file.text(row, "version"));
        if (!version)
            file.fault(row, "the version is a date like 2023-09-01");
        out.push_back({file.text(row, "law"), file.text(row, "article"), version.value_or(cases::date{})});
    }
    if (out.empty())
        file.fault(of, "no article, no rule");
    return out;
}

}  // namespace dialogs
