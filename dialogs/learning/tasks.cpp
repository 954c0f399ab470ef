#include "dialogs/learning/tasks.hpp"

#include "dialogs/learning/figures.hpp"
#include "dialogs/understanding/hint_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>

namespace dialogs::learning {

namespace {

constexpr std::size_t folds = 5;
constexpr double sure_precision = 0.9;  // of those taken without asking, so many should be right

recipe recipe_for(std::string_view task)
{
    const part_recipe words{.most_grams = 14'000, .hint_scale = 0.5F, .cost = 30};
    if (task == "dispute")
        return {.parts = {words}, .prior = 0.25};
    if (task == "section")
        return {.parts = {words}, .prior = 0.8};
    if (task == "intent")
        return {
            .parts = {{.at_least = 1, .most_grams = 8'000, .hint_scale = 0.5F, .own_hints = "intent.", .vector_scale = 0.7F, .cost = 5}}};
    if (task == "risk")
        return {
            .to = link::sigmoid,
            .parts = {
                {.longest = 2, .most_grams = 9'000, .hint_scale = 0.3F, .own_hints = "risk.", .vector_scale = 1, .cost = 3},
                {.grams = counting::present, .by_contrast = true, .most_grams = 9'000, .cost = 3},
                {.longest = 2, .grams = counting::present, .by_contrast = true, .most_grams = 9'000, .cost = 3},
            }};
    return {
        .to = link::sigmoid,
        .parts = {{.most_grams = 12'000, .cost = 10}, {.longest = 2, .grams = counting::present, .most_grams = 12'000, .cost = 10}}};
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

set_figures measure_said(
    const linear_model& model, const std::vector<std::vector<double>>& p, std::span<const example> examples
)
{
    std::vector<std::vector<std::uint16_t>> guessed;
    std::vector<std::vector<std::uint16_t>> truth;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        guessed.push_back(labels_said(model, p[i]));
        truth.push_back(examples[i].labels);
    }
    return measure_sets(guessed, truth, model.labels.size());
}

// One threshold for all: most labels are too rare for one of their own. Sentences with labels count twice as much as all
// labels together, or the many sentences without any would decide: whoever asks for elements mostly has a sentence with
// some, and a guess too many is struck out faster than a missing one is thought of.
void set_thresholds(linear_model& model, const std::vector<std::vector<double>>& unseen, std::span<const example> examples)
{
    double best = -1;
    auto tried = linear_model{.labels = model.labels};
    for (const float threshold : {0.2F, 0.25F, 0.3F, 0.35F, 0.4F, 0.5F})
        for (const float last_resort : {0.02F, 0.05F, 0.1F, 0.15F, 0.2F, 0.25F, 0.3F, 1.1F}) {
            tried.thresholds.assign(model.labels.size(), threshold);
            tried.sure = last_resort;
            const auto f = measure_said(tried, unseen, examples);
            if (f.micro_f1 + 2 * f.labelled_f1 > best) {
                best = f.micro_f1 + 2 * f.labelled_f1;
                model.thresholds = tried.thresholds;
                model.sure = last_resort;
            }
        }
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
    constexpr int too_rare = 5;
    std::map<std::string, int> seen;
    for (const auto& one : rows)
        for (const auto& label : one.labels)
            ++seen[label];
    std::vector<std::string> labels;
    for (const auto& [label, times] : seen)
        if (times >= too_rare)
            labels.push_back(label);
    return labels;
}

std::vector<example> examples_of(
    std::string_view task, std::span<const row> rows, const std::vector<std::string>& labels, const feature_reader& features
)
{
    std::vector<example> examples;
    for (const auto& one : rows) {
        example made;
        for (const auto& label : one.labels) {
            const auto known = std::find(labels.begin(), labels.end(), label);
            if (known != labels.end())
                made.labels.push_back(static_cast<std::uint16_t>(known - labels.begin()));
            else if (task != "elements")
                throw std::runtime_error("no label " + label);
        }
        constexpr float with_elements = 2;  // a third of the sentences only
        made.weight = task == "elements" && !made.labels.empty() ? with_elements : 1;
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
        set_thresholds(model, unseen, examples);
    }
    return model;
}

std::vector<double> unseen_danger(std::span<const example> examples, const feature_reader& features)
{
    auto p = column(cross_validate(examples, {"high"}, recipe_for("risk"), features.hints()->names(), folds), 0);
    const double cut = best_f1_threshold(p, has_label(examples, 0));
    for (double& value : p)
        value = value * (1 - cut) / (value * (1 - cut) + (1 - value) * cut);
    return p;
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
    const auto f = measure_said(model, p, examples);
    // Of sentences that are known to have elements: the likeliest is said when none reaches its threshold.
    const linear_model never_silent{.labels = model.labels, .thresholds = model.thresholds, .sure = 0};
    const auto known = measure_said(never_silent, p, examples);
    return {{"micro-F1", f.micro_f1}, {"macro-F1", f.macro_f1}, {"F1 by sentence", f.sample_f1},
            {"F1 by sentence with elements", f.labelled_f1}, {"the same, never silent", known.labelled_f1}};
}

}  // namespace dialogs::learning
