#pragma once
// Small regression trees whose values are added up, and a linear part below them. Trained by boosted_trees_training.

#include "dialogs/knowledge/section_file.hpp"

#include <cstdint>
#include <span>

namespace dialogs {

constexpr std::uint32_t trees_form = 2;  // 1 was for less evidence

class boosted_trees {
public:
    // A leaf has feature no_feature and its value; a branch goes to `left` when the feature is ≤ value, else to left + 1.
    struct node {
        float value = 0;
        std::uint16_t feature = 0;
        std::uint16_t left = 0;  // within the tree; behind the node itself, so that every walk ends
    };
    static constexpr std::uint16_t no_feature = 0xFFFF;

    boosted_trees() = default;
    // bad_message: the sections do not fit together, or the model was made for another number of features.
    static bot::result<boosted_trees> open(const section_reader& file, std::size_t features);

    float score(std::span<const float> features) const;

private:
    std::span<const float> weights_;            // of the linear part: one a feature, then the constant
    std::span<const std::uint32_t> beginnings_;  // of each tree in nodes_, and the end
    std::span<const node> nodes_;
};

std::string write_trees(
    std::span<const float> weights, std::span<const std::uint32_t> beginnings, std::span<const boosted_trees::node> nodes
);

}  // namespace dialogs
