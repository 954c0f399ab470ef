#include "tests/bench/laws/law_trial.hpp"

#include "dialogs/knowledge/citations.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <set>

using namespace dialogs;

namespace law_trial {

namespace {

constexpr std::size_t depth = 100;

using ranking = std::vector<std::uint32_t>;
using searcher = std::function<ranking(const consultation&)>;

struct figures {
    double reciprocal = 0;  // MRR@10
    double recall5 = 0;
    double recall10 = 0;
    double recall20 = 0;
    double recall100 = 0;
    double hit1 = 0;
    double hit5 = 0;
    std::size_t questions = 0;
};

void count(figures& sum, const ranking& found, const std::set<std::uint32_t>& gold)
{
    ++sum.questions;
    const double share = 1.0 / static_cast<double>(gold.size());
    std::size_t first = depth;
    for (std::size_t i = 0; i < found.size() && i < depth; ++i) {
        if (!gold.contains(found[i]))
            continue;
        first = std::min(first, i);
        sum.recall5 += i < 5 ? share : 0;
        sum.recall10 += i < 10 ? share : 0;
        sum.recall20 += i < 20 ? share : 0;
        sum.recall100 += share;
    }
    sum.reciprocal += first < 10 ? 1.0 / static_cast<double>(first + 1) : 0;
    sum.hit1 += first == 0;
    sum.hit5 += first < 5;
}

void print(const char* name, const figures& sum)
{
    const auto n = static_cast<double>(std::max<std::size_t>(sum.questions, 1));
    std::printf(
        "  %-22s MRR@10 %.3f  R@5 %.3f  R@10 %.3f  R@20 %.3f  R@100 %.3f  hit@1 %.3f  hit@5 %.3f\n", name,
        sum.reciprocal / n, sum.recall5 / n, sum.recall10 / n, sum.recall20 / n, sum.recall100 / n, sum.hit1 / n, sum.hit5 / n
    );
}

ranking articles_of(const std::vector<scored>& found)
{
    ranking out;
    for (const auto& one : found)
        out.push_back(one.document);
    return out;
}

searcher by_evidence(const article_search& search, article_evidence which, day_number day)
{
    return [&search, which, day](const consultation& row) {
        auto found = search.candidates(row.question, day).best;
        const auto value = [which](const candidate& one) { return one.evidence[static_cast<std::size_t>(which)]; };
        std::sort(found.begin(), found.end(), [&](const candidate& one, const candidate& other) {
            return value(one) != value(other) ? value(one) > value(other) : one.article < other.article;
        });
        ranking out;
        for (const auto& one : found)
            out.push_back(one.article);
        return out;
    };
}

// Articles that answer each question and hold on the day.
std::vector<std::set<std::uint32_t>> golds_of(
    const trial& subject, const article_search& search, const std::vector<consultation>& held
)
{
    std::vector<std::set<std::uint32_t>> golds;
    for (const auto& row : held) {
        auto& gold = golds.emplace_back();
        const auto add = [&](const std::string& name) {
            for (const auto article : search.articles_named(name))
                if (subject.laws.answers_on(subject.laws.law_of(article), subject.day))
                    gold.insert(article);
        };
        for (const auto& id : row.article_ids)
            add("#" + id);
        if (gold.empty())
            for (const auto& name : row.article_names)
                add(name);
    }
    return golds;
}

}  // namespace

law_names names_of(const law_index& laws)
{
    law_names names;
    for (const auto& law : laws.laws()) {
        names.add(laws.text(law.law), law.group);
        names.add(laws.text(law.title), law.group);
    }
    names.add_aliases(embedded_law_names().aliases);
    return names;
}

void models::open_encoder(const law_index& laws)
{
    encoder = dialogs::encoder::open(*section_reader::open(encoder_bytes, encoder_form)).value();
    vector_bytes = build_article_vectors(laws, encoder, 0);
    vectors = article_vectors::open(*section_reader::open(vector_bytes, vectors_form)).value();
}

void models::open(const law_index& laws, const std::vector<consultation>& answered)
{
    open_encoder(laws);
    ranking = boosted_trees::open(*section_reader::open(ranking_bytes, trees_form), evidence_count).value();
    question_bytes = build_question_index(answered, encoder, 0);
    questions = question_index::open(*section_reader::open(question_bytes, questions_form)).value();
}

void print_table(const char* title, const trial& subject, const std::vector<consultation>& held)
{
    const auto& made = subject.made;
    const article_search words(subject.laws, subject.names, nullptr, nullptr, nullptr, nullptr);
    const article_search all(
        subject.laws, subject.names, &made.questions, &made.vectors, &made.encoder, &made.ranking
    );
    const auto day = subject.day;
    const std::vector<std::pair<const char*, searcher>> stages{
        {"BM25", [&](const consultation& row) { return articles_of(words.search(row.question, depth, day)); }},
        {"neighbours of mixed", by_evidence(all, article_evidence::votes, day)},
        {"encoder of mixed", by_evidence(all, article_evidence::meaning, day)},
        {"mixed", by_evidence(all, article_evidence::mixed, day)},
        {"re-ranked", [&](const consultation& row) { return articles_of(all.search(row.question, depth, day)); }},
    };
    const auto golds = golds_of(subject, all, held);
    const auto usable = std::count_if(golds.begin(), golds.end(), [](const auto& gold) { return !gold.empty(); });
    std::printf("%s: %td of %zu\n", title, usable, held.size());
    for (const auto& [name, search] : stages) {
        figures sum;
        for (std::size_t i = 0; i < held.size(); ++i)
            if (!golds[i].empty())
                count(sum, search(held[i]), golds[i]);
        print(name, sum);
    }
    std::fflush(stdout);
}

void print_encoder(const char* title, const trial& subject, const std::vector<consultation>& held)
{
    const article_search words(subject.laws, subject.names, nullptr, nullptr, nullptr, nullptr);
    const auto golds = golds_of(subject, words, held);
    figures sum;
    for (std::size_t i = 0; i < held.size(); ++i) {
        auto cosines = subject.made.vectors.cosines(
            subject.made.encoder.encode(grams_of(searchable(held[i].question), encoder_longest_gram))
        );
        for (const auto& law : subject.laws.laws())
            if (!subject.laws.answers_on(law, subject.day))
                std::fill_n(cosines.begin() + law.first_article, law.articles, 0.0F);
        if (!golds[i].empty())
            count(sum, articles_of(best_of(cosines, depth)), golds[i]);
    }
    std::printf("%s\n", title);
    print("encoder alone", sum);
    std::fflush(stdout);
}

void print_cost(
    const trial& subject, const std::vector<consultation>& lay, const std::vector<consultation>& scenarios,
    const std::vector<consultation>& exam
)
{
    const auto& made = subject.made;
    const article_search search(
        subject.laws, subject.names, &made.questions, &made.vectors, &made.encoder, &made.ranking
    );
    std::vector<double> times;
    bool same = true;
    for (const auto* rows : {&lay, &scenarios, &exam}) {
        for (const auto& row : *rows) {
            const auto before = std::chrono::steady_clock::now();
            const auto first = search.search(row.question, depth, subject.day);
            times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count());
            const auto again = search.search(row.question, depth, subject.day);
            same = same && articles_of(first) == articles_of(again);
        }
    }
    std::sort(times.begin(), times.end());
    if (times.empty())
        return;
    std::printf(
        "cost: %zu queries, p50 %.2f ms, p99 %.2f ms, slowest %.2f ms; repeated: %s\n", times.size(), times[times.size() / 2],
        times[times.size() * 99 / 100], times.back(), same ? "the same" : "DIFFERENT"
    );
}

}  // namespace law_trial
