#pragma once
// From laws and consultations to what the encoder and the ranking model learn from: pairs of texts, and questions with the
// articles that answer them.

#include "dialogs/knowledge/consultations.hpp"
#include "dialogs/knowledge/encoder_training.hpp"
#include "dialogs/knowledge/law_index.hpp"
#include "dialogs/knowledge/law_names.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace dialogs {

// Not a fold: nothing is left out.
constexpr std::size_t no_fold = static_cast<std::size_t>(-1);

struct training_question {
    std::string text;
    std::vector<std::uint32_t> articles;   // that answer it, ascending
    std::vector<std::uint32_t> tempting;   // found by words, and wrong
    std::vector<text_pair> pairs;          // made when the texts are added to a trainer
    std::string answer;
    std::uint32_t among_answered = 0;      // its place in answered_rows(); no_question: not there
    std::size_t fold = 0;
    bool for_ranking = false;              // its articles are known, not guessed
    bool scenario = false;                 // not in the style of the answered questions
    bool clause = false;                   // made from the article's own words; only for the ranking
};

class training_texts {
public:
    training_texts(
        const law_index& laws, const law_names& names, std::span<const consultation> rows, day_number today,
        std::size_t folds, std::uint64_t seed
    );

    // Adds all texts and gives the pairs of texts that belong together; the pairs of questions are then set.
    std::vector<text_pair> add_to(encoder_trainer& trainer);
    std::span<const training_question> questions() const { return questions_; }

private:
    void ask_clauses(const law_index& laws, std::size_t folds);
    void add_clauses(encoder_trainer& trainer, std::vector<text_pair>& pairs) const;

    const law_index& laws_;
    day_number today_;
    std::uint64_t seed_;
    std::vector<training_question> questions_;
    std::vector<std::pair<std::string, std::string>> answers_;  // of questions without articles
};

}  // namespace dialogs
