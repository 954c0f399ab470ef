#include "dialogs/knowledge/law_library.hpp"

#include "dialogs/knowledge/article_search.hpp"
#include "dialogs/knowledge/citations.hpp"
#include "dialogs/knowledge/law_index.hpp"
#include "dialogs/knowledge/library_files.hpp"

#include <algorithm>

namespace dialogs {

struct law_library::parts {
    library_files files;
    law_names names;
    std::vector<std::vector<std::uint32_t>> editions;  // of each group, the oldest first
    std::optional<article_search> search;

    const law_index& laws() const { return files.laws; }
    // The edition that holds on the day, else the one that was repealed before it.
    const law_record* edition_on(std::uint32_t group, day_number day) const;
    standing standing_on(const law_record& law, day_number day) const;
    std::vector<std::uint32_t> cited(std::string_view query, day_number day) const;
    found_article found(std::uint32_t article, day_number day) const;
    void read_names();
};

namespace {

std::optional<cases::date> date_of(day_number day)
{
    return day == since_ever || day == for_ever ? std::nullopt : std::optional{from_day_number(day)};
}

}  // namespace

void law_library::parts::read_names()
{
    for (std::uint32_t at = 0; at < laws().laws().size(); ++at) {
        const auto& law = laws().laws()[at];
        names.add(laws().text(law.law), law.group);
        names.add(laws().text(law.title), law.group);
        if (law.group >= editions.size())
            editions.resize(law.group + 1);
        editions[law.group].push_back(at);
    }
    names.add_aliases(embedded_law_names().aliases);
}

const law_record* law_library::parts::edition_on(std::uint32_t group, day_number day) const
{
    const law_record* best = nullptr;
    for (const auto at : editions[group])
        if (laws().answers_on(laws().laws()[at], day))
            best = &laws().laws()[at];
    return best;
}

standing law_library::parts::standing_on(const law_record& law, day_number day) const
{
    if (law.valid_from > day)
        return standing::pending;
    if (day < law.valid_to)
        return standing::in_force;
    return law.repealed ? standing::repealed : standing::amended;
}

std::vector<std::uint32_t> law_library::parts::cited(std::string_view query, day_number day) const
{
    std::vector<std::uint32_t> articles;
    for (const auto& citation : find_citations(query, names)) {
        const auto* law = edition_on(citation.group, day);
        const auto at = law ? laws().find(*law, citation.number) : std::nullopt;
        if (at)
            articles.push_back(*at);
    }
    return articles;
}

found_article law_library::parts::found(std::uint32_t at, day_number day) const
{
    const auto& article = laws().articles()[at];
    const auto& law = laws().laws()[article.law];
    found_article out;
    out.id = laws().text(article.id);
    out.law = laws().text(law.law);
    out.article = laws().text(article.article);
    out.text = laws().text(article.text);
    out.valid_from = date_of(law.valid_from);
    out.valid_to = date_of(law.valid_to);
    out.source = laws().text(law.source);
    out.status = standing_on(law, day);
    return out;
}

law_library::law_library(std::unique_ptr<const parts> opened) : parts_(std::move(opened)) {}
law_library::law_library(law_library&&) noexcept = default;
law_library& law_library::operator=(law_library&&) noexcept = default;
law_library::~law_library() = default;

bot::result<law_library> law_library::open(const std::string& folder)
{
    auto files = library_files::open(folder);
    if (files.has_error())
        return files.error();
    auto opened = std::make_unique<parts>();
    opened->files = std::move(*files);
    opened->read_names();
    auto& at = opened->files;
    opened->search.emplace(at.laws, opened->names, &at.questions, &at.vectors, &at.model, at.ranking_to_use());
    at.forget_pages();
    return law_library(std::move(opened));
}

std::vector<found_article> law_library::search(std::string_view query, int top, cases::date asof) const
{
    const auto day = to_day_number(asof);
    const auto wanted = static_cast<std::size_t>(std::max(top, 0));
    const auto cited = parts_->cited(query, day);
    const auto ranked = parts_->search->search(query, wanted, day);
    std::vector<found_article> out;
    // A cited article scores above all that are only like the question.
    const float ceiling = ranked.empty() ? 0 : ranked.front().score;
    for (std::size_t i = 0; i < cited.size() && out.size() < wanted; ++i) {
        out.push_back(parts_->found(cited[i], day));
        out.back().cited = true;
        out.back().score = static_cast<double>(ceiling) + static_cast<double>(cited.size() - i);
    }
    for (const auto& [article, score] : ranked) {
        if (out.size() >= wanted)
            break;
        if (std::find(cited.begin(), cited.end(), article) != cited.end())
            continue;
        out.push_back(parts_->found(article, day));
        out.back().score = static_cast<double>(score);
    }
    return out;
}

std::optional<article_text> law_library::show(std::string_view law, std::string_view article, cases::date asof) const
{
    const auto day = to_day_number(asof);
    const auto group = parts_->names.find_roughly(law);
    const auto number = parse_article_number(article);
    const auto* edition = group && number ? parts_->edition_on(*group, day) : nullptr;
    const auto at = edition ? parts_->laws().find(*edition, *number) : std::nullopt;
    if (!at)
        return std::nullopt;
    auto found = parts_->found(*at, day);
    article_text out;
    out.id = std::move(found.id);
    out.law = std::move(found.law);
    out.full_title = parts_->laws().text(edition->title);
    out.article = std::move(found.article);
    out.path = parts_->laws().text(parts_->laws().articles()[*at].path);
    out.text = std::move(found.text);
    out.valid_from = found.valid_from;
    out.valid_to = found.valid_to;
    out.source = std::move(found.source);
    out.status = found.status;
    return out;
}

std::size_t law_library::articles() const
{
    return parts_->laws().articles().size();
}

std::size_t law_library::laws() const
{
    return parts_->editions.size();
}

}  // namespace dialogs
