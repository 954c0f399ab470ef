#pragma once
// A trained classifier: one or more linear parts over a text's features, whose scores are added up and made
// probabilities. Numbers only; made by dialogs/learning, kept by model_file.

#include "dialogs/understanding/key_index.hpp"
#include "dialogs/understanding/text_features.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace dialogs {

struct feature_value {
    std::uint32_t feature = 0;
    float value = 0;
};

// How scores become probabilities: of one class among all, or of each class by itself.
enum class link : std::uint8_t { softmax = 0, sigmoid = 1 };

// What a gram counts: (1 + log of its times) × weight, or weight when it is there. The row has length 1 then.
enum class counting : std::uint8_t { repeated = 0, present = 1 };

// Which numbers of a text a part looks at, and how they are scaled. Features are numbered: grams, hints, vector.
struct feature_space {
    counting grams = counting::repeated;
    std::vector<std::uint32_t> keys;
    std::vector<float> gram_weights;    // rarer is more; by key
    std::vector<std::string> hints;     // names of the groups
    float hint_scale = 0;
    std::uint32_t dimensions = 0;       // of the vector
    float vector_scale = 0;

    std::size_t size() const { return keys.size() + hints.size() + dimensions; }
};

struct linear_part {
    feature_space space;
    std::vector<std::int8_t> weights;  // features × classes
    std::vector<float> units;          // of a feature's row of weights
    std::vector<float> biases;         // by class
};

struct linear_model {
    std::string task;
    std::string notes;                // data, seed and figures, for people and the log
    link to = link::softmax;
    std::vector<std::string> labels;
    std::vector<float> thresholds;    // by class: from which probability on it is said
    float sure = 1;                   // softmax: from here on the first is taken without asking; sigmoid: from here on
                                      // the likeliest is said when none reaches its threshold
    std::vector<linear_part> parts;
};

// Reads a text's features for one space. Groups that the table does not know score nothing.
class space_reader {
public:
    space_reader(const feature_space& space, const std::vector<std::string>& hint_names);
    void read(const text_features& text, std::vector<feature_value>& into) const;

private:
    const feature_space* space_;
    key_index index_;
    std::vector<std::uint32_t> hint_features_;  // by position in the hint table; key_index::none: not used
};

// A model ready to be used from any thread.
class classifier {
public:
    classifier(linear_model model, const std::vector<std::string>& hint_names);
    classifier(classifier&&) noexcept = default;
    classifier& operator=(classifier&&) noexcept = default;

    const linear_model& model() const { return *model_; }
    std::vector<double> scores(const text_features& text) const;
    // By class.
    std::vector<double> probabilities(const text_features& text) const;

private:
    std::unique_ptr<const linear_model> model_;
    std::vector<space_reader> readers_;
};

// Which labels of a sigmoid model are said of a text with these probabilities.
std::vector<std::uint16_t> labels_said(const linear_model& model, const std::vector<double>& p);

}  // namespace dialogs
