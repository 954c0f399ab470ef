#include "dialogs/learning/figures.hpp"

#include <algorithm>
#include <numeric>

namespace dialogs::learning {

namespace {

struct tally {
    double hit = 0;
    double guessed = 0;
    double true_ones = 0;

    double f1() const { return guessed + true_ones > 0 ? 2 * hit / (guessed + true_ones) : 0; }
};

double share(double part, double all)
{
    return all > 0 ? part / all : 0;
}

std::vector<std::size_t> by_probability(std::span<const double> p)
{
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return p[a] != p[b] ? p[a] > p[b] : a < b; });
    return order;
}

tally count_set(const std::vector<std::uint16_t>& guessed, const std::vector<std::uint16_t>& truth)
{
    tally row{0, static_cast<double>(guessed.size()), static_cast<double>(truth.size())};
    for (const auto label : guessed)
        row.hit += std::count(truth.begin(), truth.end(), label) > 0 ? 1 : 0;
    return row;
}

}  // namespace

class_figures measure_classes(
    std::span<const std::vector<double>> probabilities, std::span<const std::uint16_t> truth, std::size_t classes
)
{
    std::vector<tally> tallies(classes);
    class_figures figures;
    figures.rows = truth.size();
    for (std::size_t i = 0; i < truth.size(); ++i) {
        const auto order = by_probability(probabilities[i]);
        const std::size_t place = static_cast<std::size_t>(std::find(order.begin(), order.end(), truth[i]) - order.begin());
        figures.top1 += place == 0 ? 1 : 0;
        figures.top3 += place < 3 ? 1 : 0;
        tallies[truth[i]].true_ones += 1;
        tallies[order.front()].guessed += 1;
        tallies[truth[i]].hit += place == 0 ? 1 : 0;
    }
    double seen = 0;
    for (const auto& one : tallies) {
        if (one.true_ones == 0)
            continue;
        seen += 1;
        figures.macro_f1 += one.f1();
        figures.macro_recall += one.hit / one.true_ones;
    }
    const auto rows = static_cast<double>(truth.size());
    figures.top1 = share(figures.top1, rows);
    figures.top3 = share(figures.top3, rows);
    figures.macro_f1 = share(figures.macro_f1, seen);
    figures.macro_recall = share(figures.macro_recall, seen);
    return figures;
}

alarm_figures measure_alarm(std::span<const double> p, const std::vector<bool>& truth, double threshold)
{
    tally all;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const bool alarm = p[i] >= threshold;
        all.guessed += alarm ? 1 : 0;
        all.true_ones += truth[i] ? 1 : 0;
        all.hit += alarm && truth[i] ? 1 : 0;
    }
    return {share(all.hit, all.guessed), share(all.hit, all.true_ones), all.f1()};
}

double best_f1_threshold(std::span<const double> p, const std::vector<bool>& truth)
{
    const auto order = by_probability(p);
    tally all;
    all.true_ones = static_cast<double>(std::count(truth.begin(), truth.end(), true));
    double best = -1;
    double threshold = 0.5;
    for (std::size_t i = 0; i < order.size(); ++i) {
        all.guessed += 1;
        all.hit += truth[order[i]] ? 1 : 0;
        const bool tied = i + 1 < order.size() && p[order[i + 1]] == p[order[i]];
        if (tied || all.f1() <= best)
            continue;
        best = all.f1();
        threshold = i + 1 < order.size() ? (p[order[i]] + p[order[i + 1]]) / 2 : p[order[i]];
    }
    return threshold;
}

double recall_threshold(std::span<const double> p, const std::vector<bool>& truth, double recall)
{
    const auto order = by_probability(p);
    const double wanted = recall * static_cast<double>(std::count(truth.begin(), truth.end(), true));
    double found = 0;
    for (const auto i : order) {
        found += truth[i] ? 1 : 0;
        if (found >= wanted)
            return p[i];
    }
    return 0;
}

set_figures measure_sets(
    std::span<const std::vector<std::uint16_t>> guessed, std::span<const std::vector<std::uint16_t>> truth,
    std::size_t classes
)
{
    std::vector<tally> tallies(classes);
    tally all;
    set_figures figures;
    figures.rows = truth.size();
    double labelled = 0;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        const auto row = count_set(guessed[i], truth[i]);
        const double f1 = row.guessed + row.true_ones > 0 ? row.f1() : 1;
        figures.sample_f1 += f1;
        figures.labelled_f1 += truth[i].empty() ? 0 : f1;
        labelled += truth[i].empty() ? 0 : 1;
        all.hit += row.hit;
        all.guessed += row.guessed;
        all.true_ones += row.true_ones;
        for (const auto label : guessed[i]) {
            tallies[label].guessed += 1;
            tallies[label].hit += std::count(truth[i].begin(), truth[i].end(), label) > 0 ? 1 : 0;
        }
        for (const auto label : truth[i])
            tallies[label].true_ones += 1;
    }
    double seen = 0;
    for (const auto& one : tallies)
        if (one.true_ones > 0) {
            seen += 1;
            figures.macro_f1 += one.f1();
        }
    figures.micro_f1 = all.f1();
    figures.macro_f1 = share(figures.macro_f1, seen);
    figures.sample_f1 = share(figures.sample_f1, static_cast<double>(truth.size()));
    figures.labelled_f1 = share(figures.labelled_f1, labelled);
    return figures;
}

}  // namespace dialogs::learning
