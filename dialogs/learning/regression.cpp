#include "dialogs/learning/regression.hpp"

#include "dialogs/learning/lbfgs.hpp"

#include <algorithm>
#include <cmath>

namespace dialogs::learning {

namespace {

// log(1 + e^x) without overflow.
double softplus(double x)
{
    return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
}

// Loss of one row; `scores` becomes what each score adds to the gradient.
double softmax_loss(std::span<double> scores, const float* targets)
{
    const double top = *std::max_element(scores.begin(), scores.end());
    double sum = 0;
    double loss = 0;
    for (std::size_t k = 0; k < scores.size(); ++k) {
        loss -= static_cast<double>(targets[k]) * (scores[k] - top);
        scores[k] = std::exp(scores[k] - top);
        sum += scores[k];
    }
    for (std::size_t k = 0; k < scores.size(); ++k)
        scores[k] = scores[k] / sum - static_cast<double>(targets[k]);
    return loss + std::log(sum);
}

double sigmoid_loss(std::span<double> scores, const float* targets)
{
    double loss = 0;
    for (std::size_t k = 0; k < scores.size(); ++k) {
        const auto target = static_cast<double>(targets[k]);
        loss += softplus(scores[k]) - target * scores[k];
        scores[k] = 1 / (1 + std::exp(-scores[k])) - target;
    }
    return loss;
}

class loss_of_rows {
public:
    explicit loss_of_rows(const regression_task& task) : task_(task), scores_(task.classes) {}

    // x: features × classes weights, then the biases, which are not regularised.
    double operator()(std::span<const double> x, std::span<double> gradient)
    {
        const std::size_t weights = task_.features * task_.classes;
        double value = 0;
        for (std::size_t i = 0; i < weights; ++i) {
            value += x[i] * x[i] / 2;
            gradient[i] = x[i];
        }
        std::fill(gradient.begin() + static_cast<std::ptrdiff_t>(weights), gradient.end(), 0.0);
        for (std::size_t i = 0; i < task_.rows->size(); ++i)
            value += row(i, x, gradient, weights);
        return value;
    }

private:
    double row(std::size_t i, std::span<const double> x, std::span<double> gradient, std::size_t biases)
    {
        const std::size_t classes = task_.classes;
        for (std::size_t k = 0; k < classes; ++k)
            scores_[k] = x[biases + k] + (task_.offsets.empty() ? 0.0 : static_cast<double>(task_.offsets[i * classes + k]));
        for (const auto& one : task_.rows->row(i)) {
            const double* weights = &x[one.feature * classes];
            for (std::size_t k = 0; k < classes; ++k)
                scores_[k] += static_cast<double>(one.value) * weights[k];
        }
        const float* targets = &task_.targets[i * classes];
        const double loss = task_.to == link::softmax ? softmax_loss(scores_, targets) : sigmoid_loss(scores_, targets);
        const double cost = task_.cost * (task_.weights.empty() ? 1.0 : static_cast<double>(task_.weights[i]));
        for (double& score : scores_)
            score *= cost;
        for (const auto& one : task_.rows->row(i)) {
            double* into = &gradient[one.feature * classes];
            for (std::size_t k = 0; k < classes; ++k)
                into[k] += static_cast<double>(one.value) * scores_[k];
        }
        for (std::size_t k = 0; k < classes && !task_.hold_biases; ++k)
            gradient[biases + k] += scores_[k];
        return cost * loss;
    }

    const regression_task& task_;
    std::vector<double> scores_;
};

}  // namespace

fitted fit(const regression_task& task)
{
    const std::size_t weights = task.features * task.classes;
    std::vector<double> x(weights + task.classes);
    loss_of_rows loss{task};
    fitted made;
    made.steps = minimise([&](auto at, auto gradient) { return loss(at, gradient); }, x, {.most_steps = task.most_steps});
    made.biases.assign(x.begin() + static_cast<std::ptrdiff_t>(weights), x.end());
    x.resize(weights);
    made.weights = std::move(x);
    return made;
}

}  // namespace dialogs::learning
