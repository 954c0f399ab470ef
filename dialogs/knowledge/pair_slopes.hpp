#pragma once
// The slopes that a ranking wants of its scores: for each pair of a right and a wrong candidate, pull apart, the harder the
// more their swap would change the discounted gain. Shared by the linear part and the trees.

#include "dialogs/knowledge/boosted_trees_training.hpp"

#include <span>
#include <vector>

namespace dialogs {

// Downhill is minus slope. All candidates of all questions, one after the other.
struct slopes {
    std::vector<float> first;
    std::vector<float> second;
};
void pair_slopes(std::span<const ranked_question> questions, std::span<const float> scores, slopes& out);

}  // namespace dialogs
