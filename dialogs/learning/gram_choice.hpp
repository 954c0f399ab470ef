#pragma once
// Which grams of the examples a part looks at, and what each weighs.

#include "dialogs/learning/text_training.hpp"

namespace dialogs::learning {

struct chosen_grams {
    std::vector<std::uint32_t> keys;     // ascending
    std::vector<float> weights;
    std::vector<std::uint32_t> texts;    // how many have it
};

chosen_grams choose_grams(std::span<const example> examples, const part_recipe& how);

}  // namespace dialogs::learning
