#include "dialogs/learning/packing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace dialogs::learning {

std::vector<float> targets_of(std::span<const example> examples, std::size_t classes, const recipe& how)
{
    std::vector<float> targets(examples.size() * classes);
    for (std::size_t i = 0; i < examples.size(); ++i) {
        const auto& labels = examples[i].labels;
        float* row = &targets[i * classes];
        if (how.to == link::sigmoid) {
            for (const auto label : labels)
                row[label] = 1;
        } else {
            const bool two = labels.size() > 1;
            row[labels.front()] = two ? 1 - how.second_share : 1;
            if (two)
                row[labels[1]] += how.second_share;
        }
    }
    return targets;
}

sparse_rows rows_of(
    std::span<const example> examples, const feature_space& space, const std::vector<std::string>& hint_names
)
{
    const space_reader reader{space, hint_names};
    sparse_rows rows;
    std::vector<feature_value> row;
    for (const auto& one : examples) {
        reader.read(one.features, row);
        rows.add(row);
    }
    return rows;
}

linear_part pack(feature_space space, const fitted& made)
{
    linear_part part;
    const std::size_t classes = made.biases.size();
    part.units.resize(space.size());
    part.weights.resize(space.size() * classes);
    for (std::size_t f = 0; f < space.size(); ++f) {
        const double* row = &made.weights[f * classes];
        double largest = 0;
        for (std::size_t k = 0; k < classes; ++k)
            largest = std::max(largest, std::abs(row[k]));
        part.units[f] = static_cast<float>(largest / 127);
        for (std::size_t k = 0; k < classes && largest > 0; ++k)
            part.weights[f * classes + k] = static_cast<std::int8_t>(std::lround(row[k] / largest * 127));
    }
    part.biases.assign(made.biases.begin(), made.biases.end());
    part.space = std::move(space);
    return part;
}

}  // namespace dialogs::learning
