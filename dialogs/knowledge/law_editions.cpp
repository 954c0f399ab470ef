#include "dialogs/knowledge/law_editions.hpp"

#include "dialogs/knowledge/edition_links.hpp"
#include "dialogs/knowledge/grams.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace dialogs {

namespace {

using editions = std::vector<law_edition>;

law_edition& edition_for(editions& of_law, const law_row& row)
{
    const auto date = row.date ? to_day_number(*row.date) : since_ever;
    for (auto& known : of_law)
        if (known.date == date && known.source == row.source)
            return known;
    auto& added = of_law.emplace_back();
    added.law = row.law;
    added.title = row.title;
    added.source = row.source;
    added.date = date;
    return added;
}

// One edition for each date; the first of a date gives the text, the others the ids it lacks.
void merge_equal_dates(editions& of_law)
{
    editions kept;
    for (auto& edition : of_law) {
        const auto same = std::find_if(kept.begin(), kept.end(), [&](const law_edition& other) {
            return other.date == edition.date;
        });
        if (same == kept.end())
            kept.push_back(std::move(edition));
        else
            take_equal_ids(*same, edition);
    }
    of_law = std::move(kept);
}

void date_the_undated(editions& of_law)
{
    for (auto& undated : of_law) {
        if (undated.date != since_ever)
            continue;
        for (const auto& dated : of_law)
            if (dated.date != since_ever && same_text(undated, dated))
                undated.date = dated.date;
    }
}

void set_validity(editions& of_law)
{
    std::sort(of_law.begin(), of_law.end(), [](const law_edition& one, const law_edition& other) {
        return one.date < other.date;
    });
    for (auto& edition : of_law)
        edition.valid_from = std::max(edition.date, stated_start(edition).value_or(since_ever));
    for (std::size_t i = 0; i + 1 < of_law.size(); ++i) {
        of_law[i + 1].valid_from = std::max(of_law[i + 1].valid_from, of_law[i].valid_from);
        of_law[i].valid_to = of_law[i + 1].valid_from;
        take_replaced_ids(of_law[i + 1], of_law[i]);
    }
}

}  // namespace

day_number to_day_number(cases::date day)
{
    return static_cast<day_number>(std::chrono::sys_days{day}.time_since_epoch().count());
}

cases::date from_day_number(day_number day)
{
    return cases::date{std::chrono::sys_days{std::chrono::days{day}}};
}

std::u32string law_name_key(std::string_view name)
{
    constexpr std::u32string_view state = U"中华人民共和国";
    auto key = searchable(name);
    std::erase(key, U'\0');
    for (auto at = key.find(state); at != std::u32string::npos && key.size() > state.size(); at = key.find(state, at))
        key.erase(at, state.size());
    return key;
}

std::vector<law_edition> arrange_editions(std::vector<law_row> rows)
{
    std::vector<editions> laws;
    std::map<std::u32string, std::size_t> places;
    std::string last_name;
    std::size_t place = 0;
    for (auto& row : rows) {
        if (laws.empty() || row.law != last_name) {
            last_name = row.law;
            place = places.emplace(law_name_key(row.law), laws.size()).first->second;
            if (place == laws.size())
                laws.emplace_back();
        }
        auto& edition = edition_for(laws[place], row);
        edition.articles.push_back(std::move(row));
    }
    editions all;
    for (auto& of_law : laws) {
        date_the_undated(of_law);
        merge_equal_dates(of_law);
        set_validity(of_law);
        const auto group = static_cast<std::uint32_t>(&of_law - laws.data());
        for (auto& edition : of_law) {
            edition.group = group;
            all.push_back(std::move(edition));
        }
    }
    mark_repealed(all, places);
    return all;
}

}  // namespace dialogs
