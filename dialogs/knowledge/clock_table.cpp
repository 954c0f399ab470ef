#include "dialogs/knowledge/clock_table.hpp"

#include "dialogs/knowledge/cited_law_rows.hpp"
#include "dialogs/understanding/sheet.hpp"

#include <algorithm>
#include <map>

namespace dialogs {


namespace {

std::optional<cases::period> read_period(sheet& file, const yaml::node& row)
{
    const auto node = row["period"];
    if (!node)
        return std::nullopt;
    static const std::map<std::string, cases::period_unit, std::less<>> units{
        {"day", cases::period_unit::day},
        {"working_day", cases::period_unit::working_day},
        {"month", cases::period_unit::month},
        {"year", cases::period_unit::year},
    };
    if (!node.is_map()) {
        file.fault(node, "a period is {unit, n}");
        return std::nullopt;
    }
    file.only_keys(node, {"unit", "n"});
    const auto unit = units.find(file.text(node, "unit"));
    int n = 0;
    yaml::read(node["n"], n);
    if (unit == units.end() || n < 1) {
        file.fault(node, "a period has a unit (day, working_day, month, year) and an n of at least 1");
        return std::nullopt;
    }
    return cases::period{unit->second, n};
}

clock_entry read_entry(sheet& file, const yaml::node& row)
{
    file.only_keys(row, {"id", "name", "question", "since", "period", "kind", "law", "note"});
    clock_entry made;
    made.id = file.text(row, "id");
    made.name = file.text(row, "name");
    made.question = file.text(row, "question");
    made.since = file.text(row, "since");
    made.length = read_period(file, row);
    const auto kind = file.text_if_any(row, "kind");
    if (!kind.empty() && kind != "by" && kind != "not_before")
        file.fault(row, "kind is 'by' or 'not_before'");
    made.not_before = kind == "not_before";
    made.law = read_cited_laws(file, row);
    made.note = file.text(row, "note");
    return made;
}

}  // namespace

clock_table::clock_table(std::string_view path, std::string_view yaml)
{
    sheet file{path, yaml};
    file.only_keys(file.root(), {"clocks"});
    for (const auto& row : file.rows(file.root(), "clocks")) {
        auto made = read_entry(file, row);
        if (find(made.id))
            file.fault(row, "the clock " + made.id + " stands there twice");
        if (std::find(std::begin(clock_ids), std::end(clock_ids), made.id) == std::end(clock_ids))
            file.fault(row, "no clock has the id " + made.id);
        entries_.push_back(std::move(made));
    }
    for (const auto id : clock_ids)
        if (!find(id))
            file.fault(file.root(), "no clock " + std::string(id));
    file.finish();
}

const clock_entry* clock_table::find(std::string_view id) const
{
    const auto at = std::find_if(entries_.begin(), entries_.end(), [id](const clock_entry& c) { return c.id == id; });
    return at == entries_.end() ? nullptr : &*at;
}

}  // namespace dialogs
