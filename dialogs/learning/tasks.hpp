#pragma once
// The classifiers that Hejie has, each with the recipe it is trained by, and how good one is on rows with answers.

#include "dialogs/learning/rows.hpp"
#include "dialogs/learning/text_training.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dialogs::learning {

// "dispute", "section", "intent", "risk", "elements"
bool is_task(std::string_view name);

// The labels a model of these rows would have: fixed for dispute, section and risk, else those that five rows
// have, sorted.
std::vector<std::string> labels_for(
    std::string_view task, std::span<const row> rows, const std::vector<std::string>& codes,
    const std::vector<std::string>& sections
);

// Throws std::runtime_error for a label that is not among them; of elements it is left out, as too rare.
std::vector<example> examples_of(
    std::string_view task, std::span<const row> rows, const std::vector<std::string>& labels, const feature_reader& features
);

// Thresholds and the intercept of risk come from cross-validation inside the examples.
linear_model train_task(
    std::string_view task, std::span<const example> examples, std::vector<std::string> labels,
    const feature_reader& features
);

// Of each example the probability of "high" by a model of the others, centred as train_task does it: what the shipped
// model would say of texts it has not seen.
std::vector<double> unseen_danger(std::span<const example> examples, const feature_reader& features);

struct figure {
    std::string name;
    double value = 0;
};
// The first is the one by which models are compared.
std::vector<figure> measure_task(const classifier& judge, std::span<const example> examples);

}  // namespace dialogs::learning
