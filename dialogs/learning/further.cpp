#include "dialogs/learning/further.hpp"

#include "dialogs/learning/packing.hpp"
#include "dialogs/learning/regression.hpp"

namespace dialogs::learning {

namespace {

// Lower than at first: a few corrections must not turn over what thousands of rows said.
constexpr double cost = 2;

fitted unpack(const linear_part& part)
{
    fitted known;
    const std::size_t classes = part.biases.size();
    known.biases.assign(part.biases.begin(), part.biases.end());
    for (std::size_t i = 0; i < part.weights.size(); ++i)
        known.weights.push_back(static_cast<double>(part.weights[i]) * static_cast<double>(part.units[i / classes]));
    return known;
}

std::vector<float> scores_of(const sparse_rows& rows, const fitted& known)
{
    const std::size_t classes = known.biases.size();
    std::vector<float> scores;
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t k = 0; k < classes; ++k) {
            double sum = known.biases[k];
            for (const auto& one : rows.row(i))
                sum += static_cast<double>(one.value) * known.weights[one.feature * classes + k];
            scores.push_back(static_cast<float>(sum));
        }
    return scores;
}

}  // namespace

linear_model train_further(
    const linear_model& model, std::span<const example> examples, const std::vector<std::string>& hint_names
)
{
    linear_model further = model;
    regression_task task;
    task.classes = model.labels.size();
    task.to = model.to;
    task.cost = cost;
    task.hold_biases = true;
    task.targets = targets_of(examples, task.classes, {.to = model.to});
    for (auto& part : further.parts) {
        auto known = unpack(part);
        const auto rows = rows_of(examples, part.space, hint_names);
        task.rows = &rows;
        task.features = part.space.size();
        task.offsets = scores_of(rows, known);
        const auto moved = fit(task);
        for (std::size_t i = 0; i < known.weights.size(); ++i)
            known.weights[i] += moved.weights[i];
        part = pack(part.space, known);
    }
    return further;
}

}  // namespace dialogs::learning
