#pragma once
// Trains what the statute search ships with: the encoder and the ranking model, from laws and answered questions.
//
// The encoder first learns which texts belong together at all (a clause and the rest of its article, a question and its
// answer), then which article answers a question. The ranking model must not learn to trust an encoder that has seen the
// question, so the questions are cut into folds, and each fold is described by an encoder that was trained on the others.

#include "dialogs/knowledge/boosted_trees_training.hpp"
#include "dialogs/knowledge/consultations.hpp"
#include "dialogs/knowledge/encoder_training.hpp"
#include "dialogs/knowledge/law_index.hpp"
#include "dialogs/knowledge/law_names.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace dialogs {

struct search_training_options {
    encoder_options encoder;
    tree_options trees;
    int first_passes = 6;       // over pairs of texts
    int second_passes = 12;     // over questions and their articles
    float reminded = 0.15F;     // share of the pairs of texts that each of the second passes repeats: not to forget other laws
    std::size_t folds = 5;
    std::size_t depth = 250;    // candidates of a question that the ranking learns from
    float scenario_weight = 1;  // of a scenario in the ranking model's training, a plain question being 1
    float clause_weight = 0.5F; // of a question made from an article's own words
};

struct trained_search {
    std::string encoder;  // bytes of the model files
    std::string ranking;
};

// What is done is told in a sentence now and then.
using training_log = std::function<void(const std::string&)>;

class search_trainer {
public:
    search_trainer(
        const law_index& laws, const law_names& names, std::span<const consultation> rows, day_number today,
        search_training_options options, training_log log
    );
    ~search_trainer();

    std::string train_encoder();
    // Questions with their candidates, each described by an encoder that has not seen it. Trains the encoders of the folds.
    std::vector<ranked_question> describe();
    // From describe().
    std::string train_ranking();

private:
    struct state;
    std::unique_ptr<state> state_;
};

// The rows that a library would keep as answered questions: those that name articles and are not made up for training.
std::vector<consultation> answered_rows(std::span<const consultation> rows);

}  // namespace dialogs
