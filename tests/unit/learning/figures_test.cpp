#include "dialogs/learning/figures.hpp"

#include <gtest/gtest.h>

namespace dialogs::learning {
namespace {

TEST(Figures, OfClasses)
{
    const std::vector<std::vector<double>> p{{.7, .2, .1, 0}, {.4, .5, .1, 0}, {.1, .2, .3, .4}, {.4, .3, .2, .1}};
    const std::vector<std::uint16_t> truth{0, 0, 3, 3};
    const auto f = measure_classes(p, truth, 4);
    EXPECT_DOUBLE_EQ(f.top1, 0.5);
    EXPECT_DOUBLE_EQ(f.top3, 0.75);
    // Class 0: 1 hit of 2 guessed and 2 true; class 3: 1 hit of 1 guessed and 2 true; the others are not in the truth.
    EXPECT_DOUBLE_EQ(f.macro_f1, (0.5 + 2.0 / 3) / 2);
    EXPECT_DOUBLE_EQ(f.macro_recall, 0.5);
    EXPECT_EQ(f.rows, 4U);
}

TEST(Figures, OfNoRowsAreZero)
{
    EXPECT_EQ(measure_classes({}, {}, 3).top1, 0);
    EXPECT_EQ(measure_sets({}, {}, 3).micro_f1, 0);
    EXPECT_EQ(measure_alarm({}, {}, 0.5).f1, 0);
}

TEST(Figures, OfAlarms)
{
    const std::vector<double> p{.9, .8, .4, .3};
    const std::vector<bool> truth{true, false, true, false};
    const auto f = measure_alarm(p, truth, 0.5);
    EXPECT_DOUBLE_EQ(f.precision, 0.5);
    EXPECT_DOUBLE_EQ(f.recall, 0.5);
    EXPECT_DOUBLE_EQ(f.f1, 0.5);
    EXPECT_DOUBLE_EQ(best_f1_threshold(p, truth), 0.35);
    EXPECT_DOUBLE_EQ(recall_threshold(p, truth, 1), 0.4);
    EXPECT_DOUBLE_EQ(recall_threshold(p, truth, 0.5), 0.9);
}

TEST(Figures, EqualProbabilitiesFallOnOneSide)
{
    const std::vector<double> p{.6, .6, .6, .1};
    const std::vector<bool> truth{true, false, true, true};
    const double threshold = best_f1_threshold(p, truth);
    EXPECT_TRUE(threshold <= 0.1 || (threshold > 0.1 && threshold < 0.6));
}

TEST(Figures, OfSets)
{
    const std::vector<std::vector<std::uint16_t>> guessed{{0, 1}, {}, {2}, {}};
    const std::vector<std::vector<std::uint16_t>> truth{{0}, {}, {2}, {1}};
    const auto f = measure_sets(guessed, truth, 3);
    EXPECT_DOUBLE_EQ(f.micro_f1, 4.0 / 6);           // 2 hits, 3 guessed, 3 true
    EXPECT_DOUBLE_EQ(f.macro_f1, (1.0 + 0 + 1.0) / 3);
    EXPECT_DOUBLE_EQ(f.sample_f1, (2.0 / 3 + 1 + 1 + 0) / 4);
    EXPECT_DOUBLE_EQ(f.labelled_f1, (2.0 / 3 + 1 + 0) / 3);
}

}  // namespace
}  // namespace dialogs::learning
