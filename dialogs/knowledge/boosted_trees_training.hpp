#pragma once
// Trains boosted trees to order the candidates of each question: gradients of pairs of a right and a wrong candidate,
// weighed by what swapping them would change near the top (LambdaMART). One thread, fixed seed, same bytes.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace dialogs {

struct ranked_question {
    std::vector<float> features;     // candidates × features
    std::vector<char> right;         // one a candidate
    float weight = 1;
};

struct tree_options {
    std::size_t features = 0;
    int trees = 150;
    int leaves = 20;
    float rate = 0.06F;
    std::size_t smallest_leaf = 40;  // candidates
    float smoothing = 5.0F;          // added to the curvature of a leaf
    float features_share = 0.4F;     // of the features a tree may use
    float questions_share = 0.8F;    // of the questions a tree sees
    std::uint64_t seed = 1;
};

// The bytes of the model's file. A linear model is fitted first; the trees mend what it gets wrong.
std::string train_trees(std::span<const ranked_question> questions, const tree_options& options);

}  // namespace dialogs
