// Evidence from beside a candidate: what its law, its chapter and its neighbours have, and what of the query it has in one
// piece.

#include "dialogs/knowledge/article_evidence.hpp"
#include "dialogs/knowledge/lanes.hpp"
#include "dialogs/knowledge/shared_runs.hpp"

#include <algorithm>
#include <cmath>

namespace dialogs {

namespace {

// How sharply weight falls with the mixed value where the weight of a law or a chapter is summed up.
constexpr float mass_sharpness = 6.0F;
// Articles before and behind a voted one that its votes are close to.
constexpr std::int64_t close_articles = 3;

float share(float part, float whole)
{
    return whole > 0 ? part / whole : 0.0F;
}

void set(candidate& one, article_evidence what, float value)
{
    one.evidence[static_cast<std::size_t>(what)] = value;
}

// A chapter's name may stand in many laws; with its law it is one.
std::uint64_t chapter_of(const article_record& article)
{
    return std::uint64_t{article.law} << 32 | article.path.offset;
}

}  // namespace

void article_search::describe_surroundings(const gathered& at, std::vector<candidate>& out) const
{
    std::unordered_map<std::uint32_t, float> of_law;
    std::unordered_map<std::uint64_t, float> of_path;
    float all = 0;
    for (const auto& one : out) {
        const auto& article = laws_.articles()[one.article];
        const float mass = std::exp(mass_sharpness * (at.mixed[one.article] - at.best_mixed));
        of_law[article.law] += mass;
        of_path[chapter_of(article)] += mass;
        all += mass;
    }
    for (auto& one : out) {
        const auto& article = laws_.articles()[one.article];
        const auto& law = laws_.laws()[article.law];
        float beside = 0;
        for (const int step : {-2, -1, 1, 2}) {
            const auto other = static_cast<std::int64_t>(one.article) + step;
            if (other >= law.first_article && other < static_cast<std::int64_t>(law.first_article) + law.articles)
                beside = std::max(beside, at.mixed[static_cast<std::size_t>(other)]);
        }
        one.evidence[static_cast<std::size_t>(article_evidence::neighbour_articles)] = share(beside, at.best_mixed);
        one.evidence[static_cast<std::size_t>(article_evidence::law_mass)] = share(of_law[article.law], all);
        one.evidence[static_cast<std::size_t>(article_evidence::path_mass)] = share(of_path[chapter_of(article)], all);
    }
}

// Votes go to single articles; who is answered by the one may be answered by the next, or by another of its chapter.
void article_search::describe_votes_around(const gathered& at, std::vector<candidate>& out) const
{
    std::unordered_map<std::uint32_t, float> of_law;
    std::unordered_map<std::uint64_t, float> of_chapter;
    std::unordered_map<std::uint32_t, float> beside;
    float all = 0;
    float most = 0;
    for (const auto& [article, weight] : at.voted) {
        const auto& record = laws_.articles()[article];
        const auto& law = laws_.laws()[record.law];
        of_law[record.law] += weight;
        of_chapter[chapter_of(record)] += weight;
        all += weight;
        most = std::max(most, weight);
        const auto first = std::max<std::int64_t>(law.first_article, std::int64_t{article} - close_articles);
        const auto end = std::min<std::int64_t>(law.first_article + law.articles, std::int64_t{article} + close_articles + 1);
        for (auto other = first; other < end; ++other)
            if (other != std::int64_t{article})
                beside[static_cast<std::uint32_t>(other)] = std::max(beside[static_cast<std::uint32_t>(other)], weight);
    }
    const auto of = [](const auto& map, auto key) {
        const auto found = map.find(key);
        return found == map.end() ? 0.0F : found->second;
    };
    for (auto& one : out) {
        const auto& record = laws_.articles()[one.article];
        set(one, article_evidence::law_votes, share(of(of_law, record.law), all));
        set(one, article_evidence::path_votes, share(of(of_chapter, chapter_of(record)), all));
        set(one, article_evidence::votes_beside, share(of(beside, one.article), most));
        set(one, article_evidence::voted_meaning, at.voted_meaning[one.article]);
    }
}

void article_search::describe_runs(const gathered& at, std::vector<candidate>& out) const
{
    const shared_runs runs(at.long_grams);
    for (auto& one : out) {
        const auto found = runs.in(laws_.text(laws_.articles()[one.article].text));
        set(one, article_evidence::triples_share, found.share);
        set(one, article_evidence::longest_run, found.longest);
    }
}

}  // namespace dialogs
