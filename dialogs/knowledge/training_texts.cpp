#include "dialogs/knowledge/training_texts.hpp"

#include "dialogs/knowledge/article_search.hpp"
#include "dialogs/knowledge/citations.hpp"
#include "dialogs/knowledge/fixed_random.hpp"
#include "dialogs/understanding/code_points.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr std::size_t shortest_clause = 6;      // characters
constexpr std::size_t tempting_articles = 30;
// An article that an answer cites counts only if it is also found by its words among so many: the numbers in
// answers written by a machine are often invented.
constexpr std::size_t believed_rank = 30;
// Of so many articles one is asked for by a part of its own clause, and its clause is kept from the encoder: so that the
// ranking model meets all laws, not only those that people ask about.
constexpr std::uint32_t asked_of = 150;
constexpr float dropped_character = 0.15F;
// Lay words are rare among laws; a question counts for so many articles when the encoder's rows are chosen.
constexpr std::uint32_t question_weight = 5;

std::vector<std::string> clauses_of(std::string_view text)
{
    std::vector<std::string> out;
    std::string clause;
    std::size_t length = 0;
    for (std::size_t at = 0; at <= text.size();) {
        const auto next = at < text.size() ? decode_at(text, at) : decoded{U'\n', 1, true};
        const bool end = next.point == U'。' || next.point == U'；' || next.point == U';' || next.point == U'\n';
        if (!end) {
            append_point(clause, next.point);
            ++length;
        } else {
            if (length >= shortest_clause)
                out.push_back(std::move(clause));
            clause.clear();
            length = 0;
        }
        at += next.length;
    }
    return out;
}

bool is_asked(std::uint32_t article)
{
    return article % asked_of == 0;
}

// A clause as somebody may remember it: half of its parts, some characters missing.
std::string remembered(std::string_view clause, fixed_random& random)
{
    std::string out;
    bool kept = random.unit() < 0.5F;
    for (const auto point : to_points(clause)) {
        if (point == U'，' || point == U'、') {
            kept = random.unit() < 0.5F;
            append_point(out, U'，');
        } else if (kept && random.unit() >= dropped_character) {
            append_point(out, point);
        }
    }
    return out;
}

std::vector<std::uint32_t> sorted_once(std::vector<std::uint32_t> values)
{
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

// What is found by words on the day, best first.
std::vector<scored> by_words(const law_index& laws, std::string_view text, std::size_t n, day_number day)
{
    auto scores = laws.grams().score(grams_of(searchable(text), 2));
    for (const auto& law : laws.laws())
        if (!laws.answers_on(law, day))
            std::fill_n(scores.begin() + law.first_article, law.articles, 0.0F);
    return best_of(scores, n);
}

bool among(std::span<const scored> found, std::uint32_t article)
{
    return std::any_of(found.begin(), found.end(), [&](const scored& one) { return one.document == article; });
}

class article_finder {
public:
    article_finder(const law_index& laws, const law_names& names, day_number today)
        : laws_(laws), today_(today), search_(laws, names, nullptr, nullptr, nullptr, nullptr)
    {
    }

    std::vector<std::uint32_t> named(const consultation& row) const
    {
        std::vector<std::uint32_t> all;
        for (const auto& id : row.article_ids)
            append(all, "#" + id);
        if (all.empty())
            for (const auto& name : row.article_names)
                append(all, name);
        return sorted_once(std::move(all));
    }

    std::vector<std::uint32_t> cited_in_answer(const consultation& row) const
    {
        std::vector<std::uint32_t> believed;
        std::vector<std::uint32_t> cited;
        append(cited, row.answer);
        if (cited.empty())
            return {};
        const auto found = by_words(laws_, row.question + "\n" + row.answer, believed_rank, today_);
        for (const auto article : cited)
            if (among(found, article))
                believed.push_back(article);
        return sorted_once(std::move(believed));
    }

private:
    void append(std::vector<std::uint32_t>& to, std::string_view id_or_name) const
    {
        for (const auto article : search_.articles_named(id_or_name))
            if (laws_.answers_on(laws_.law_of(article), today_))
                to.push_back(article);
    }

    const law_index& laws_;
    day_number today_;
    article_search search_;
};

}  // namespace

training_texts::training_texts(
    const law_index& laws, const law_names& names, std::span<const consultation> rows, day_number today,
    std::size_t folds, std::uint64_t seed
)
    : laws_(laws), today_(today), seed_(seed)
{
    const article_finder finder(laws, names, today);
    std::uint32_t answered = 0;
    std::size_t ranked = 0;
    for (const auto& row : rows) {
        training_question question;
        const bool named = !row.article_ids.empty() || !row.article_names.empty();
        question.among_answered = named && row.style.empty() ? answered++ : no_question;
        question.articles = named ? finder.named(row) : finder.cited_in_answer(row);
        if (question.articles.empty()) {
            if (!row.answer.empty())
                answers_.emplace_back(row.question, row.answer);
            continue;
        }
        question.text = row.question;
        question.answer = row.answer;
        question.scenario = !named || !row.style.empty();
        question.for_ranking = named ? !row.hint : question.articles.size() == 1;
        question.fold = question.for_ranking ? ranked++ % folds : no_fold - 1;
        for (const auto& found : by_words(laws_, row.question, tempting_articles, today_))
            if (!std::binary_search(question.articles.begin(), question.articles.end(), found.document))
                question.tempting.push_back(found.document);
        questions_.push_back(std::move(question));
    }
    ask_clauses(laws, folds);
}

void training_texts::ask_clauses(const law_index& laws, std::size_t folds)
{
    fixed_random random(seed_ + 2);
    for (std::uint32_t at = 0; at < laws.articles().size(); ++at) {
        if (!is_asked(at) || !laws.answers_on(laws.law_of(at), today_))
            continue;
        const auto clauses = clauses_of(laws.text(laws.articles()[at].text));
        if (clauses.empty())
            continue;
        training_question question;
        question.text = remembered(clauses[random.below(clauses.size())], random);
        if (searchable(question.text).size() < shortest_clause)
            continue;
        question.articles = {at};
        question.among_answered = no_question;
        question.fold = at / asked_of % folds;
        question.for_ranking = true;
        question.clause = true;
        questions_.push_back(std::move(question));
    }
}

void training_texts::add_clauses(encoder_trainer& trainer, std::vector<text_pair>& pairs) const
{
    fixed_random random(seed_);
    for (std::uint32_t at = 0; at < laws_.articles().size(); ++at) {
        if (is_asked(at) || !laws_.answers_on(laws_.law_of(at), today_))
            continue;
        const auto& article = laws_.articles()[at];
        const auto clauses = clauses_of(laws_.text(article.text));
        if (clauses.size() < 2)
            continue;
        const auto chosen = random.below(clauses.size());
        std::string rest;
        for (std::size_t i = 0; i < clauses.size(); ++i)
            if (i != chosen)
                rest += clauses[i] + "\n";
        const auto words = article_words(laws_.text(laws_.law_of(at).law), laws_.text(article.path), rest);
        const auto left = trainer.add_text(clauses[chosen], 0);
        pairs.push_back({left, trainer.add_text(words, 0), {}, {}});
    }
}

std::vector<text_pair> training_texts::add_to(encoder_trainer& trainer)
{
    std::vector<text_pair> pairs;
    // Articles come first, so that an article's number is its text's.
    for (std::uint32_t at = 0; at < laws_.articles().size(); ++at) {
        const auto& article = laws_.articles()[at];
        trainer.add_text(
            article_words(laws_.text(laws_.law_of(at).law), laws_.text(article.path), laws_.text(article.text)), 1
        );
    }
    add_clauses(trainer, pairs);
    for (const auto& [question, answer] : answers_) {
        const auto left = trainer.add_text(question, question_weight);
        pairs.push_back({left, trainer.add_text(answer, 1), {}, {}});
    }
    for (auto& question : questions_) {
        question.pairs.clear();
        if (question.clause)
            continue;
        const auto left = trainer.add_text(question.text, question_weight);
        auto right = question.articles;
        if (!question.answer.empty())
            right.push_back(trainer.add_text(question.answer, 1));
        for (const auto one : right)
            question.pairs.push_back({left, one, right, question.tempting});
        if (question.answer.empty())
            continue;
        for (const auto article : question.articles)
            question.pairs.push_back({right.back(), article, right, {}});
    }
    return pairs;
}

}  // namespace dialogs
