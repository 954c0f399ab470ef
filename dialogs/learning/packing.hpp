#pragma once
// Between examples and the numbers that regression takes and gives.

#include "dialogs/learning/regression.hpp"
#include "dialogs/learning/text_training.hpp"

namespace dialogs::learning {

// Examples × classes.
std::vector<float> targets_of(std::span<const example> examples, std::size_t classes, const recipe& how);

sparse_rows rows_of(
    std::span<const example> examples, const feature_space& space, const std::vector<std::string>& hint_names
);

// Weights as bytes, with a unit for each feature.
linear_part pack(feature_space space, const fitted& made);

}  // namespace dialogs::learning
