#pragma once
// Logistic regression with L2 regularisation, fitted by L-BFGS on one thread in a fixed order: the same rows give the same
// weights bit for bit. Softmax over the classes, or one sigmoid a class.

#include "dialogs/understanding/linear_model.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dialogs::learning {

using entry = feature_value;

// Rows of a sparse matrix, one after the other.
struct sparse_rows {
    std::vector<std::size_t> begins{0};
    std::vector<entry> entries;

    std::size_t size() const { return begins.size() - 1; }
    std::span<const entry> row(std::size_t i) const
    {
        return std::span{entries}.subspan(begins[i], begins[i + 1] - begins[i]);
    }
    void add(std::span<const entry> row)
    {
        entries.insert(entries.end(), row.begin(), row.end());
        begins.push_back(entries.size());
    }
};

struct regression_task {
    const sparse_rows* rows = nullptr;
    std::size_t features = 0;
    std::size_t classes = 0;
    link to = link::softmax;
    std::vector<float> targets;  // rows × classes: 1 for what is true; of a softmax row they add up to 1
    std::vector<float> weights;  // of rows; empty: all 1
    std::vector<float> offsets;  // rows × classes, added to the scores: an older model's; empty: none
    bool hold_biases = false;     // they stay 0: for moving a model on, where a few rows must not shift a whole class
    double cost = 1;             // of errors against the weights' squares, as C of liblinear
    int most_steps = 150;
};

struct fitted {
    std::vector<double> weights;  // features × classes
    std::vector<double> biases;   // classes
    int steps = 0;
};

fitted fit(const regression_task& task);

}  // namespace dialogs::learning
