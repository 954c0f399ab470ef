#include "dialogs/knowledge/edition_links.hpp"

#include "dialogs/knowledge/article_number.hpp"
#include "dialogs/knowledge/grams.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

namespace dialogs {

namespace {

// Share of the grams of both that the two have in common, below which an article is a new one.
constexpr double alike = 0.3;
constexpr std::string_view begins = "起施行";
using gram_set = std::vector<counted_gram>;

std::vector<gram_set> grams_of_all(const law_edition& edition)
{
    std::vector<gram_set> sets;
    for (const auto& row : edition.articles)
        sets.push_back(grams_of(searchable(row.text), 2));
    return sets;
}

double overlap(const gram_set& one, const gram_set& other)
{
    std::size_t both = 0;
    auto at = other.begin();
    for (const auto& part : one) {
        while (at != other.end() && at->what < part.what)
            ++at;
        if (at != other.end() && at->what == part.what)
            ++both;
    }
    const auto either = one.size() + other.size() - both;
    return either == 0 ? 0 : static_cast<double>(both) / static_cast<double>(either);
}

std::unordered_map<std::string, const law_row*> by_name(const law_edition& edition)
{
    std::unordered_map<std::string, const law_row*> rows;
    for (const auto& row : edition.articles)
        rows.emplace(row.article, &row);
    return rows;
}

// The article that says when the law begins and what it ends: "本法自…起施行。…同时废止。" It need not be the last row.
const law_row* closing_article(const law_edition& edition)
{
    constexpr std::string_view self = "本";
    for (std::size_t i = edition.articles.size(); i-- > 0;) {
        const auto& row = edition.articles[i];
        if (row.text.starts_with(self) && row.text.find(begins) != std::string::npos)
            return &row;
    }
    return nullptr;
}

// The titles in 《》 that "同时废止" speaks of; those of which only an article is repealed are left out.
std::vector<std::string> repealed_titles(const std::string& text)
{
    constexpr std::string_view open = "《";
    constexpr std::string_view close = "》";
    constexpr std::string_view part = "第";
    std::vector<std::string> titles;
    const auto verb = text.find("同时废止");
    if (verb == std::string::npos)
        return titles;
    const auto stop = text.rfind("施行", verb);
    for (auto at = text.find(open, stop == std::string::npos ? 0 : stop); at < verb; at = text.find(open, at)) {
        at += open.size();
        int depth = 1;
        auto end = at;
        while (end < verb && depth > 0) {
            const auto rest = std::string_view(text).substr(end);
            depth += rest.starts_with(open) ? 1 : rest.starts_with(close) ? -1 : 0;
            ++end;
        }
        if (depth > 0)
            break;
        const auto behind = std::string_view(text).substr(end + close.size() - 1);
        if (!behind.starts_with(part))
            titles.push_back(text.substr(at, end - 1 - at));
        at = end;
    }
    return titles;
}

}  // namespace

bool same_text(const law_edition& one, const law_edition& other)
{
    const auto rows = by_name(other);
    std::size_t equal = 0;
    for (const auto& row : one.articles) {
        const auto found = rows.find(row.article);
        equal += found != rows.end() && searchable(found->second->text) == searchable(row.text);
    }
    return equal * 10 >= std::max(one.articles.size(), other.articles.size()) * 9;
}

void take_equal_ids(law_edition& into, const law_edition& from)
{
    const auto rows = by_name(from);
    for (auto& row : into.articles)
        if (const auto found = rows.find(row.article); row.id.empty() && found != rows.end())
            row.id = found->second->id;
}

void take_replaced_ids(law_edition& into, const law_edition& from)
{
    const bool lacking = std::any_of(into.articles.begin(), into.articles.end(), [](const law_row& row) {
        return row.id.empty();
    });
    if (!lacking)
        return;
    const auto old_sets = grams_of_all(from);
    const auto new_sets = grams_of_all(into);
    std::vector<std::tuple<double, std::size_t, std::size_t>> pairs;
    for (std::size_t n = 0; n < new_sets.size(); ++n)
        for (std::size_t o = 0; o < old_sets.size(); ++o)
            if (const auto share = overlap(new_sets[n], old_sets[o]); share >= alike && into.articles[n].id.empty())
                pairs.emplace_back(-share, n, o);
    std::sort(pairs.begin(), pairs.end());
    // An id is given once: the likest pair first.
    std::set<std::size_t> given;
    for (const auto& [share, n, o] : pairs)
        if (into.articles[n].id.empty() && given.insert(o).second)
            into.articles[n].id = from.articles[o].id;
}

std::optional<day_number> stated_start(const law_edition& edition)
{
    constexpr std::string_view from = "自";
    const auto* row = closing_article(edition);
    if (!row)
        return std::nullopt;
    const std::string_view text = row->text;
    const auto verb = text.find(begins);
    const auto start = text.rfind(from, verb);
    if (start == std::string_view::npos)
        return std::nullopt;
    const auto day = read_version_date(text.substr(start + from.size(), verb - start - from.size()));
    return day ? std::optional{to_day_number(*day)} : std::nullopt;
}

void mark_repealed(std::vector<law_edition>& all, const std::map<std::u32string, std::size_t>& groups)
{
    std::map<std::size_t, law_edition*> newest;
    for (auto& edition : all)
        newest[edition.group] = &edition;
    for (const auto& edition : all) {
        const auto* row = closing_article(edition);
        for (const auto& title : row ? repealed_titles(row->text) : std::vector<std::string>{}) {
            const auto group = groups.find(law_name_key(title));
            if (group == groups.end() || group->second == edition.group)
                continue;
            auto& ended = *newest[group->second];
            if (ended.date >= edition.date || ended.valid_to <= edition.valid_from)
                continue;
            ended.valid_to = edition.valid_from;
            ended.repealed = true;
        }
    }
}

}  // namespace dialogs
