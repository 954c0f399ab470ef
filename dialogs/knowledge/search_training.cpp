#include "dialogs/knowledge/search_training.hpp"

#include "dialogs/knowledge/article_search.hpp"
#include "dialogs/knowledge/fixed_random.hpp"
#include "dialogs/knowledge/training_texts.hpp"

#include <algorithm>

namespace dialogs {

struct search_trainer::state {
    const law_index& laws;
    const law_names& names;
    std::vector<consultation> rows;
    day_number today;
    search_training_options options;
    training_log log;
    training_texts texts;
    std::vector<text_pair> together;         // pairs of texts
    std::optional<encoder_trainer> started;  // after the first passes

    void start();
    std::vector<text_pair> pairs_without(std::size_t fold) const;
    std::string encoder_without(std::size_t fold);
    void describe_fold(std::size_t fold, std::vector<ranked_question>& out);
};

// Adds the texts and learns what belongs together, once.
void search_trainer::state::start()
{
    if (started)
        return;
    encoder_trainer trainer(options.encoder);
    together = texts.add_to(trainer);
    trainer.begin();
    for (int pass = 0; pass < options.first_passes; ++pass)
        log("texts, pass " + std::to_string(pass + 1) + ": loss " + std::to_string(trainer.pass(together)));
    started.emplace(std::move(trainer));
}

std::vector<text_pair> search_trainer::state::pairs_without(std::size_t fold) const
{
    std::vector<text_pair> pairs;
    for (const auto& question : texts.questions())
        if (question.fold != fold)
            pairs.insert(pairs.end(), question.pairs.begin(), question.pairs.end());
    return pairs;
}

std::string search_trainer::state::encoder_without(std::size_t fold)
{
    start();
    auto trainer = started->copy();
    const auto pairs = pairs_without(fold);
    fixed_random random(options.encoder.seed + 1);
    double loss = 0;
    for (int pass = 0; pass < options.second_passes; ++pass) {
        auto learnt = pairs;
        for (const auto& pair : together)
            if (random.unit() < options.reminded)
                learnt.push_back(pair);
        loss = trainer.pass(learnt);
    }
    log("questions" + (fold == no_fold ? "" : " without fold " + std::to_string(fold)) + ": loss " + std::to_string(loss));
    return trainer.finish();
}

void search_trainer::state::describe_fold(std::size_t fold, std::vector<ranked_question>& out)
{
    const auto model_bytes = encoder_without(fold);
    const auto model = encoder::open(*section_reader::open(model_bytes, encoder_form)).value();
    const auto vector_bytes = build_article_vectors(laws, model, 0);
    const auto vectors = article_vectors::open(*section_reader::open(vector_bytes, vectors_form)).value();
    const auto kept = answered_rows(rows);
    const auto question_bytes = build_question_index(kept, model, 0);
    const auto answered = question_index::open(*section_reader::open(question_bytes, questions_form)).value();
    const article_search search(laws, names, &answered, &vectors, &model, nullptr);
    for (const auto& question : texts.questions()) {
        if (question.fold != fold || !question.for_ranking)
            continue;
        const auto found = search.candidates(question.text, today, question.among_answered);
        ranked_question row;
        row.weight = question.clause ? options.clause_weight : question.scenario ? options.scenario_weight : 1.0F;
        bool any = false;
        for (const auto& one : std::span(found.best).first(std::min(options.depth, found.best.size()))) {
            row.features.insert(row.features.end(), one.evidence.begin(), one.evidence.end());
            const bool right = std::binary_search(question.articles.begin(), question.articles.end(), one.article);
            row.right.push_back(right);
            any = any || right;
        }
        if (any)
            out.push_back(std::move(row));
    }
}

search_trainer::search_trainer(
    const law_index& laws, const law_names& names, std::span<const consultation> rows, day_number today,
    search_training_options options, training_log log
)
    : state_(new state{
          laws, names, {rows.begin(), rows.end()}, today, options, std::move(log),
          training_texts(laws, names, rows, today, options.folds, options.encoder.seed), {}, std::nullopt
      })
{
}

search_trainer::~search_trainer() = default;

std::string search_trainer::train_encoder()
{
    return state_->encoder_without(no_fold);
}

std::vector<ranked_question> search_trainer::describe()
{
    std::vector<ranked_question> questions;
    for (std::size_t fold = 0; fold < state_->options.folds; ++fold)
        state_->describe_fold(fold, questions);
    return questions;
}

std::string search_trainer::train_ranking()
{
    const auto questions = describe();
    auto options = state_->options.trees;
    options.features = evidence_count;
    state_->log("ranking from " + std::to_string(questions.size()) + " questions");
    return train_trees(questions, options);
}

std::vector<consultation> answered_rows(std::span<const consultation> rows)
{
    std::vector<consultation> kept;
    for (const auto& row : rows)
        if (row.style.empty() && !(row.article_ids.empty() && row.article_names.empty()))
            kept.push_back(row);
    return kept;
}

}  // namespace dialogs
