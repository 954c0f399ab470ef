#pragma once
// Word vectors from plain texts: skip-gram with negative sampling (Mikolov et al. 2013) over grams of one and two code
// points. One thread and its own random numbers: the same texts and seed give the same bytes.

#include "dialogs/understanding/word_vectors.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace dialogs::learning {

struct skip_gram_recipe {
    std::size_t dimensions = 32;
    std::size_t at_least = 20;       // times that a gram must occur
    std::size_t most_grams = 24'000;
    int window = 4;                  // code points to each side
    int negatives = 5;
    int rounds = 2;
    float step = 0.05F;
    double frequent = 1e-4;            // grams more frequent than this share are thinned out
    double calm = 1e-3;              // in a text a gram weighs calm / (calm + its share)
    std::uint64_t seed = 1;
};

// The texts are read in an order drawn from the seed, so that the last ones do not count for more.
vector_table train_vectors(std::span<const std::string> texts, const skip_gram_recipe& how);

}  // namespace dialogs::learning
