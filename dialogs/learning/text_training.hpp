#pragma once
// Makes a classifier of labelled texts: chooses the grams, weighs them, fits the parts and packs the numbers. The same
// examples in the same order give the same model, byte for byte.

#include "dialogs/understanding/linear_model.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace dialogs::learning {

struct example {
    text_features features;
    std::vector<std::uint16_t> labels;  // of softmax: the first counts, a second gets a share
    float weight = 1;
};

struct part_recipe {
    int longest = 3;                    // code points of a gram
    counting grams = counting::repeated;
    bool by_contrast = false;           // a gram weighs what it tells two classes apart, instead of how rare it is
    std::size_t at_least = 2;           // texts that a gram must stand in
    std::size_t most_grams = 30'000;
    bool use_grams = true;
    float hint_scale = 0;               // 0: without
    std::string own_hints;              // groups "intent.…" are for a part that says "intent.", those without a dot
                                        // and "type." and "section." are for all
    float vector_scale = 0;             // 0: without
    double cost = 10;
};

struct recipe {
    link to = link::softmax;
    std::vector<part_recipe> parts;
    float second_share = 0.3F;   // of the target, for a second label
    double balance = 0;          // 0: every example weighs the same; 1: every class does
    double prior = 0;            // after fitting, how far the classes' shares are taken out of the biases
};

linear_model train(
    std::span<const example> examples, std::vector<std::string> labels, const recipe& how,
    const std::vector<std::string>& hint_names
);

// Probabilities of each example by a model that has not seen its fold; fold i has the examples i, i + folds, …
std::vector<std::vector<double>> cross_validate(
    std::span<const example> examples, const std::vector<std::string>& labels, const recipe& how,
    const std::vector<std::string>& hint_names, std::size_t folds
);

}  // namespace dialogs::learning
