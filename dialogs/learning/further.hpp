#pragma once
// Trains a model on with new rows only: what it knew stays the starting point, and moves as far as the new rows demand. So
// closed cases and corrections feed a model whose first data a deployment does not have.

#include "dialogs/learning/text_training.hpp"

namespace dialogs::learning {

linear_model train_further(
    const linear_model& model, std::span<const example> examples, const std::vector<std::string>& hint_names
);

}  // namespace dialogs::learning
