#include "dialogs/learning/tasks.hpp"

#include "dialogs/learning/figures.hpp"
#include "dialogs/understanding/hint_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <stdexcept>

namespace dialogs::learning {

namespace {

constexpr std::size_t folds = 5;
constexpr double sure_precision = 0.9;  // of those taken without asking, so many should be right

recipe recipe_for(std::string_view task)
{
    const part_recipe words{.most_grams = 14'000, .hint_scale = 0.5F, .cost = 20};
    if (task == "dispute")
        return {.parts = {words}};
    if (task == "section")
        return {.parts = {words}, .prior = 0.7};
    if (task == "intent")
        return {.parts = {{.at_least = 1, .most_grams = 8'000, .cost = 20}}};
    if (task == "risk")
        return {.to = link::sigmoid, .parts = {{.most_grams = 14'000, .hint_scale = 0.5F, .cost = 5}}};
    return {.to = link::sigmoid, .parts = {{.longest = 4, .most_grams = 12'000, .cost = 10}}};
}

std::vector<double> column(const std::vector<std::vector<double>>& p, std::size_t k)
{
    std::vector<double> values;
    for (const auto& row : p)
        values.push_back(row[k]);
    return values;
}

std::vector<bool> has_label(std::span<const example> examples, std::size_t k)
{
    std::vector<bool> truth;
    for (const auto& one : examples)
        truth.push_back(std::count(one.labels.begin(), one.labels.end(), k) > 0);
    return truth;
}

// From where on the first guess is right often enough: the lowest probability above which that holds.
float sure_from(const std::vector<std::vector<double>>& p, std::span<const example> examples)
{
    std::vector<std::pair<double, bool>> guesses;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const auto best = std::max_element(p[i].begin(), p[i].end());
        guesses.emplace_back(*best, best - p[i].begin() == examples[i].labels.front());
    }
    std::sort(guesses.begin(), guesses.end(), std::greater<>{});
    double right = 0;
    float from = 1;
    for (std::size_t i = 0; i < guesses.size(); ++i) {
        right += guesses[i].second ? 1 : 0;
        if (right >= sure_precision * static_cast<double>(i + 1))
            from = static_cast<float>(guesses[i].first);
    }
    return from;
}

// Moves the intercept so that the best F1 lies at one half.
void centre(linear_model& model, double threshold)
{
    const double p = std::clamp(threshold, 1e-4, 1 - 1e-4);
    const auto shift = static_cast<float>(std::log(p / (1 - p)));
    for (auto& part : model.parts)
        for (float& bias : part.biases)
            bias -= shift;
}

void check(std::span<const example> examples, const linear_model& model)
{
    std::set<std::uint16_t> seen;
    for (const auto& one : examples)
        seen.insert(one.labels.begin(), one.labels.end());
    const bool contrast = model.labels.size() > 1 ? seen.size() > 1 : !seen.empty();
    if (examples.size() < 2 * folds || !contrast)
        throw std::runtime_error("too few examples, or all of one kind");
}

}  // namespace

bool is_task(std::string_view name)
{
    constexpr std::array<std::string_view, 5> tasks{"dispute", "section", "intent", "risk", "elements"};
    return std::find(tasks.begin(), tasks.end(), name) != tasks.end();
}

std::vector<std::string> labels_for(
    std::string_view task, std::span<const row> rows, const std::vector<std::string>& codes,
    const std::vector<std::string>& sections
)
{
    if (task == "dispute")
        return codes;
    if (task == "section")
        return sections;
    if (task == "risk")
        return {"high"};
    std::set<std::string> seen;
    for (const auto& one : rows)
        seen.insert(one.labels.begin(), one.labels.end());
    return {seen.begin(), seen.end()};
}

std::vector<example> examples_of(
    std::span<const row> rows, const std::vector<std::string>& labels, const feature_reader& features
)
{
    std::vector<example> examples;
    for (const auto& one : rows) {
        example made;
        for (const auto& label : one.labels) {
            const auto known = std::find(labels.begin(), labels.end(), label);
            if (known == labels.end())
                throw std::runtime_error("no label " + label);
            made.labels.push_back(static_cast<std::uint16_t>(known - labels.begin()));
        }
        made.features = features.read(one.text);
        examples.push_back(std::move(made));
    }
    return examples;
}

linear_model train_task(
    std::string_view task, std::span<const example> examples, std::vector<std::string> labels,
    const feature_reader& features
)
{
    const auto how = recipe_for(task);
    const auto& hint_names = features.hints()->names();
    auto model = linear_model{.labels = labels};
    check(examples, model);
    const auto unseen = cross_validate(examples, labels, how, hint_names, folds);
    model = train(examples, std::move(labels), how, hint_names);
    model.task = task;
    if (how.to == link::softmax) {
        model.sure = sure_from(unseen, examples);
    } else if (task == "risk") {
        centre(model, best_f1_threshold(column(unseen, 0), has_label(examples, 0)));
    } else {
        for (std::size_t k = 0; k < model.labels.size(); ++k)
            model.thresholds[k] = static_cast<float>(best_f1_threshold(column(unseen, k), has_label(examples, k)));
    }
    return model;
}

std::vector<figure> measure_task(const classifier& judge, std::span<const example> examples)
{
    const auto& model = judge.model();
    const std::size_t classes = model.labels.size();
    std::vector<std::vector<double>> p;
    for (const auto& one : examples)
        p.push_back(judge.probabilities(one.features));
    if (model.to == link::softmax) {
        std::vector<std::uint16_t> truth;
        for (const auto& one : examples)
            truth.push_back(one.labels.front());
        const auto f = measure_classes(p, truth, classes);
        return {{"top-1", f.top1}, {"top-3", f.top3}, {"macro-F1", f.macro_f1}, {"macro-recall", f.macro_recall}};
    }
    if (model.task == "risk") {
        const auto high = column(p, 0);
        const auto truth = has_label(examples, 0);
        const auto f = measure_alarm(high, truth, 0.5);
        const auto wide = measure_alarm(high, truth, recall_threshold(high, truth, 0.95));
        return {{"F1", f.f1}, {"precision", f.precision}, {"recall", f.recall},
                {"precision at recall .95", wide.precision}};
    }
    std::vector<std::vector<std::uint16_t>> guessed(examples.size());
    std::vector<std::vector<std::uint16_t>> truth;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        truth.push_back(examples[i].labels);
        for (std::size_t k = 0; k < classes; ++k)
            if (p[i][k] >= static_cast<double>(model.thresholds[k]))
                guessed[i].push_back(static_cast<std::uint16_t>(k));
    }
    const auto f = measure_sets(guessed, truth, classes);
    return {{"micro-F1", f.micro_f1}, {"macro-F1", f.macro_f1}, {"F1 by sentence", f.sample_f1},
            {"F1 by sentence with elements", f.labelled_f1}};
}

}  // namespace dialogs::learning
