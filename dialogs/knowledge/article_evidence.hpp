#pragma once
// Private to the statute search: what is gathered about all articles for one query before candidates are described.

#include "dialogs/knowledge/article_search.hpp"

#include <span>
#include <vector>

namespace dialogs {

// What the answered questions say for an article.
struct neighbour_votes {
    float words = 0;
    float meaning = 0;
    float hint = 0;
    float nearest_words = 0;
    float nearest_meaning = 0;
};

struct article_search::gathered {
    std::vector<counted_gram> grams;      // of the query, one and two code points
    std::vector<counted_gram> long_grams; // up to three
    float most_words = 1;                 // BM25 of a text that has all of them often
    float most_pairs = 1;                 // their idf, pairs only
    std::vector<float> words;             // of each article, and so the next ones
    std::vector<float> pairs;
    std::vector<float> meaning;
    std::vector<float> voted_meaning;
    std::vector<float> mixed;
    std::unordered_map<std::uint32_t, neighbour_votes> votes;  // of the few articles that have any
    std::vector<float> query_vector;
    std::vector<float> answers_vector;    // of the neighbours' answers together
    std::vector<std::pair<std::uint32_t, float>> voted;  // the voted articles, ascending, with all their votes
    float best_words = 0;
    float best_meaning = 0;
    float best_votes = 0;
    float best_votes_meaning = 0;
    float best_mixed = 0;
    std::size_t query_length = 0;
};

// The best hit by words stands among the first five; it takes the fifth place when it does not, and its score.
void promote_best_words(std::vector<scored>& ranked, std::span<const scored> best_by_words);

}  // namespace dialogs
