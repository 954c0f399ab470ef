#pragma once
// One configuration of the statute search under trial, and the tables that say how it did.

#include "dialogs/knowledge/article_search.hpp"
#include "dialogs/knowledge/search_training.hpp"

#include <optional>
#include <string>
#include <vector>

namespace law_trial {

struct models {
    std::string encoder_bytes;
    std::string ranking_bytes;
    std::string vector_bytes;
    std::string question_bytes;
    dialogs::encoder encoder;
    dialogs::article_vectors vectors;
    dialogs::question_index questions;
    dialogs::boosted_trees ranking;

    void open_encoder(const dialogs::law_index& laws);
    void open(const dialogs::law_index& laws, const std::vector<dialogs::consultation>& answered);
};

struct trial {
    const dialogs::law_index& laws;
    const dialogs::law_names& names;
    const models& made;
    dialogs::day_number day;
};

dialogs::law_names names_of(const dialogs::law_index& laws);

// The encoder alone, over all articles.
void print_encoder(const char* title, const trial& subject, const std::vector<dialogs::consultation>& held);

// A line for each stage alone and for the whole.
void print_table(const char* title, const trial& subject, const std::vector<dialogs::consultation>& held);

// Time of a query on one core, and whether a repetition gives the same bytes.
void print_cost(
    const trial& subject, const std::vector<dialogs::consultation>& lay, const std::vector<dialogs::consultation>& scenarios,
    const std::vector<dialogs::consultation>& exam
);

}  // namespace law_trial
