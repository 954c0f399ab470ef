#include "dialogs/learning/text_training.hpp"

#include "dialogs/learning/gram_choice.hpp"
#include "dialogs/learning/packing.hpp"
#include "dialogs/learning/regression.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace dialogs::learning {

namespace {

using hint_list = std::vector<std::string>;

std::vector<double> shares_of(const std::vector<float>& targets, std::size_t classes)
{
    std::vector<double> shares(classes, 1);  // one more than seen: no class is impossible
    for (std::size_t i = 0; i < targets.size(); ++i)
        shares[i % classes] += static_cast<double>(targets[i]);
    const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (double& share : shares)
        share /= all;
    return shares;
}

std::vector<float> weights_of(
    std::span<const example> examples, const std::vector<double>& shares, const recipe& how
)
{
    std::vector<float> weights;
    for (const auto& one : examples) {
        double weight = static_cast<double>(one.weight);
        if (how.balance > 0 && how.to == link::softmax)
            weight *= std::pow(shares[one.labels.front()] * static_cast<double>(shares.size()), -how.balance);
        weights.push_back(static_cast<float>(weight));
    }
    return weights;
}

// The grams whose weights move most texts' scores most.
void keep_best(feature_space& space, const std::vector<std::uint32_t>& texts, const fitted& made, std::size_t most)
{
    const std::size_t classes = made.biases.size();
    std::vector<double> worth(space.keys.size());
    for (std::size_t g = 0; g < worth.size(); ++g) {
        for (std::size_t k = 0; k < classes; ++k)
            worth[g] += made.weights[g * classes + k] * made.weights[g * classes + k];
        const auto weight = static_cast<double>(space.gram_weights[g]);
        worth[g] *= weight * weight * static_cast<double>(texts[g]);
    }
    std::vector<std::uint32_t> order(worth.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return worth[a] != worth[b] ? worth[a] > worth[b] : a < b; });
    order.resize(most);
    std::sort(order.begin(), order.end());
    feature_space smaller = space;
    smaller.keys.clear();
    smaller.gram_weights.clear();
    for (const auto g : order) {
        smaller.keys.push_back(space.keys[g]);
        smaller.gram_weights.push_back(space.gram_weights[g]);
    }
    space = std::move(smaller);
}

bool is_for(const std::string& hint, const std::string& own)
{
    const auto dot = hint.find('.');
    const bool for_all = dot == std::string::npos || hint.starts_with("type.") || hint.starts_with("section.");
    return for_all || (!own.empty() && hint.starts_with(own));
}

linear_part train_part(
    std::span<const example> examples, const regression_task& shared, const part_recipe& how, const hint_list& hint_names
)
{
    feature_space space;
    std::vector<std::uint32_t> texts;
    if (how.use_grams) {
        auto chosen = choose_grams(examples, how);
        space.keys = std::move(chosen.keys);
        space.gram_weights = std::move(chosen.weights);
        texts = std::move(chosen.texts);
    }
    space.grams = how.grams;
    space.hint_scale = how.hint_scale;
    for (const auto& name : hint_names)
        if (how.hint_scale > 0 && is_for(name, how.own_hints))
            space.hints.push_back(name);
    space.vector_scale = how.vector_scale;
    if (how.vector_scale > 0)
        for (const auto& one : examples)
            space.dimensions = std::max(space.dimensions, static_cast<std::uint32_t>(one.features.vector.size()));
    regression_task task = shared;
    task.cost = how.cost;
    const auto fit_space = [&] {
        const auto rows = rows_of(examples, space, hint_names);
        task.rows = &rows;
        task.features = space.size();
        return fit(task);
    };
    auto made = fit_space();
    if (space.keys.size() > how.most_grams) {
        keep_best(space, texts, made, how.most_grams);
        made = fit_space();
    }
    return pack(std::move(space), made);
}

}  // namespace

linear_model train(
    std::span<const example> examples, std::vector<std::string> labels, const recipe& how, const hint_list& hint_names
)
{
    linear_model model;
    model.to = how.to;
    model.labels = std::move(labels);
    const std::size_t classes = model.labels.size();
    regression_task task;
    task.classes = classes;
    task.to = how.to;
    task.targets = targets_of(examples, classes, how);
    const auto shares = shares_of(task.targets, classes);
    task.weights = weights_of(examples, shares, how);
    for (const auto& part : how.parts)
        model.parts.push_back(train_part(examples, task, part, hint_names));
    for (auto& part : model.parts)
        for (std::size_t k = 0; k < classes && how.prior > 0; ++k)
            part.biases[k] -= static_cast<float>(how.prior * std::log(shares[k]));
    model.thresholds.assign(classes, 0.5F);
    return model;
}

std::vector<std::vector<double>> cross_validate(
    std::span<const example> examples, const std::vector<std::string>& labels, const recipe& how,
    const hint_list& hint_names, std::size_t folds
)
{
    std::vector<std::vector<double>> all(examples.size());
    for (std::size_t fold = 0; fold < folds; ++fold) {
        std::vector<example> rest;
        for (std::size_t i = 0; i < examples.size(); ++i)
            if (i % folds != fold)
                rest.push_back(examples[i]);
        const classifier judge{train(rest, labels, how, hint_names), hint_names};
        for (std::size_t i = fold; i < examples.size(); i += folds)
            all[i] = judge.probabilities(examples[i].features);
    }
    return all;
}

}  // namespace dialogs::learning
