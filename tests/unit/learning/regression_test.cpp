#include "dialogs/learning/lbfgs.hpp"
#include "dialogs/learning/regression.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace dialogs::learning {
namespace {

TEST(Lbfgs, FindsTheBottomOfACrookedValley)
{
    // Rosenbrock's function: 0 at (1, 1).
    const objective valley = [](auto x, auto g) {
        const double a = x[1] - x[0] * x[0];
        const double b = 1 - x[0];
        g[0] = -400 * a * x[0] - 2 * b;
        g[1] = 200 * a;
        return 100 * a * a + b * b;
    };
    std::vector<double> x{-1.2, 1};
    minimise(valley, x, {.most_steps = 500, .small_enough = 1e-9});
    EXPECT_NEAR(x[0], 1, 1e-5);
    EXPECT_NEAR(x[1], 1, 1e-5);
}

TEST(Lbfgs, StaysWhereNothingCanBeGained)
{
    const objective flat = [](auto, auto g) {
        g[0] = 0;
        return 7.0;
    };
    std::vector<double> x{3};
    EXPECT_EQ(minimise(flat, x, {}), 0);
    EXPECT_EQ(x[0], 3);
}

sparse_rows column(const std::vector<float>& values)
{
    sparse_rows rows;
    for (const float value : values)
        rows.add(std::vector<entry>{{0, value}});
    return rows;
}

double sigmoid(double x)
{
    return 1 / (1 + std::exp(-x));
}

TEST(Regression, OfOneFeatureSatisfiesItsOwnEquation)
{
    const std::vector<float> values{-2, -1, 1, 2, 0.5F};
    const auto rows = column(values);
    const regression_task task{
        .rows = &rows, .features = 1, .classes = 1, .to = link::sigmoid, .targets = {0, 1, 1, 1, 0}, .cost = 2};
    const auto made = fit(task);
    // At the bottom: weight = cost × sum of value × (target − p), and the errors add up to nothing.
    double slope = 0;
    double errors = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto value = static_cast<double>(values[i]);
        const double error = static_cast<double>(task.targets[i]) - sigmoid(made.weights[0] * value + made.biases[0]);
        slope += value * error;
        errors += error;
    }
    EXPECT_NEAR(made.weights[0], 2 * slope, 1e-2);
    EXPECT_NEAR(errors, 0, 1e-2);
}

TEST(Regression, SoftmaxOfTwoClassesMirrorsItself)
{
    const auto rows = column({-1, 1});
    const auto made = fit({.rows = &rows, .features = 1, .classes = 2, .targets = {1, 0, 0, 1}, .cost = 5});
    EXPECT_LT(made.weights[0], -0.5);
    EXPECT_NEAR(made.weights[0], -made.weights[1], 1e-6);
    EXPECT_NEAR(made.biases[0], made.biases[1], 1e-2);
}

TEST(Regression, WhatAnOlderModelKnowsNeedNotBeLearntAgain)
{
    const auto rows = column({-1, 1});
    const regression_task fresh{
        .rows = &rows, .features = 1, .classes = 1, .to = link::sigmoid, .targets = {0, 1}, .cost = 1};
    auto warm = fresh;
    warm.offsets = {-20, 20};
    EXPECT_GT(fit(fresh).weights[0], 0.3);
    EXPECT_NEAR(fit(warm).weights[0], 0, 1e-6);
}

TEST(Regression, HeldBiasesStayAndWeightsOfRowsCount)
{
    const auto rows = column({1, 1, -1});
    regression_task task{
        .rows = &rows, .features = 1, .classes = 1, .to = link::sigmoid, .targets = {1, 1, 1}, .hold_biases = true};
    EXPECT_EQ(fit(task).biases[0], 0);
    task.weights = {0, 0, 1};
    EXPECT_LT(fit(task).weights[0], 0);
}

TEST(Regression, SurvivesScoresThatWouldOverflow)
{
    const auto rows = column({1e4F, -1e4F});
    const auto made = fit({.rows = &rows, .features = 1, .classes = 1, .to = link::sigmoid, .targets = {0, 1}, .cost = 1e6});
    EXPECT_TRUE(std::isfinite(made.weights[0]));
    EXPECT_LT(made.weights[0], 0);
}

}  // namespace
}  // namespace dialogs::learning
