#include "dialogs/knowledge/article_search.hpp"

#include "dialogs/knowledge/article_evidence.hpp"
#include "dialogs/knowledge/citations.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr std::size_t candidates_ranked = 400;
constexpr std::size_t best_words_kept = 5;

std::vector<gram> pairs_of(std::string_view text)
{
    std::vector<gram> pairs;
    for (const auto& part : grams_of(searchable(text), 2))
        if (part.what > highest_single)
            pairs.push_back(part.what);
    return pairs;
}

bool before(const scored& one, const scored& other)
{
    return one.score != other.score ? one.score > other.score : one.document < other.document;
}

}  // namespace

article_search::article_search(
    const law_index& laws, const law_names& names, const question_index* questions, const article_vectors* vectors,
    const encoder* model, const boosted_trees* ranking
)
    : laws_(laws), names_(names), questions_(questions), vectors_(vectors), model_(model), ranking_(ranking)
{
    for (std::uint32_t at = 0; at < laws_.laws().size(); ++at) {
        const auto& law = laws_.laws()[at];
        if (law.group >= editions_.size())
            editions_.resize(law.group + 1);
        editions_[law.group].push_back(at);
        law_pairs_.push_back(pairs_of(laws_.text(law.law)));
    }
    for (std::uint32_t at = 0; at < laws_.articles().size(); ++at) {
        const auto& article = laws_.articles()[at];
        by_id_[laws_.text(article.id)].push_back(at);
        const auto [known, added] = path_pairs_.try_emplace(article.path.offset);
        if (added)
            known->second = pairs_of(laws_.text(article.path));
    }
    if (questions_)
        read_answers();
}

void article_search::read_answers()
{
    for (std::uint32_t question = 0; question < questions_->questions().size(); ++question) {
        auto& answers = answers_.emplace_back();
        for (const auto name : questions_->names_of(question)) {
            const auto named = articles_named(name);
            answers.insert(answers.end(), named.begin(), named.end());
        }
        std::sort(answers.begin(), answers.end());
        answers.erase(std::unique(answers.begin(), answers.end()), answers.end());
    }
}

// A name was written when an older edition held: the oldest that has the number is meant, and what replaced the article
// has its id.
std::vector<std::uint32_t> article_search::articles_named(std::string_view id_or_name) const
{
    const auto with_id = [this](std::string_view id) {
        const auto found = by_id_.find(id);
        return found == by_id_.end() ? std::vector<std::uint32_t>{} : found->second;
    };
    if (id_or_name.starts_with('#'))
        return with_id(id_or_name.substr(1));
    std::vector<std::uint32_t> out;
    for (const auto& citation : find_citations(id_or_name, names_)) {
        for (const auto edition : editions_[citation.group]) {
            const auto at = laws_.find(laws_.laws()[edition], citation.number);
            if (!at)
                continue;
            const auto all = with_id(laws_.text(laws_.articles()[*at].id));
            out.insert(out.end(), all.begin(), all.end());
            break;
        }
    }
    return out;
}

candidate_list article_search::candidates(std::string_view query, day_number day, std::uint32_t except) const
{
    gathered at;
    gather_words(at, query);
    gather_neighbours(at, except);
    mix(at, day);
    candidate_list out;
    out.best_by_words = best_of(at.words, best_words_kept);
    for (const auto& chosen : best_of(at.mixed, candidates_ranked))
        out.best.push_back({chosen.document, {}});
    describe(at, out.best);
    describe_surroundings(at, out.best);
    describe_votes_around(at, out.best);
    describe_runs(at, out.best);
    return out;
}

std::vector<scored> article_search::search(std::string_view query, std::size_t top, day_number day) const
{
    const auto found = candidates(query, day);
    std::vector<scored> ranked;
    for (const auto& one : found.best) {
        const auto mixed = one.evidence[static_cast<std::size_t>(article_evidence::mixed)];
        ranked.push_back({one.article, ranking_ ? ranking_->score(one.evidence) : mixed});
    }
    std::sort(ranked.begin(), ranked.end(), before);
    promote_best_words(ranked, found.best_by_words);
    ranked.resize(std::min(ranked.size(), top));
    return ranked;
}

}  // namespace dialogs
