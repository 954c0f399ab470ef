#pragma once
// How good a classifier is on rows whose answer is known.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dialogs::learning {

struct class_figures {
    double top1 = 0;
    double top3 = 0;
    double macro_f1 = 0;       // mean over the classes that the truth has
    double macro_recall = 0;   // the accuracy on a set with as many rows of each class
    std::size_t rows = 0;
};
class_figures measure_classes(
    std::span<const std::vector<double>> probabilities, std::span<const std::uint16_t> truth, std::size_t classes
);

struct alarm_figures {
    double precision = 0;
    double recall = 0;
    double f1 = 0;
};
alarm_figures measure_alarm(std::span<const double> p, const std::vector<bool>& truth, double threshold);

// The threshold with the best F1, between the two probabilities it divides.
double best_f1_threshold(std::span<const double> p, const std::vector<bool>& truth);
// The highest threshold at which at least this share of the truth is found.
double recall_threshold(std::span<const double> p, const std::vector<bool>& truth, double recall);

struct set_figures {
    double micro_f1 = 0;
    double macro_f1 = 0;    // mean over labels
    double sample_f1 = 0;   // mean over rows; a row without labels and without a guess counts 1
    double labelled_f1 = 0; // mean over the rows that have labels
    std::size_t rows = 0;
};
set_figures measure_sets(
    std::span<const std::vector<std::uint16_t>> guessed, std::span<const std::vector<std::uint16_t>> truth,
    std::size_t classes
);

}  // namespace dialogs::learning
