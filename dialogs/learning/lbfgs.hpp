#pragma once
// Minimises a smooth convex function of many variables (limited-memory BFGS, Liu and Nocedal 1989, with back-tracking).

#include <functional>
#include <span>
#include <vector>

namespace dialogs::learning {

// The value at `x`; fills the gradient.
using objective = std::function<double(std::span<const double> x, std::span<double> gradient)>;

struct descent {
    int most_steps = 150;
    double small_enough = 1e-3;  // of the gradient's length at the start: then it is done
    std::size_t memory = 8;      // pairs of steps remembered
};

// Changes `x`; gives the number of steps.
int minimise(const objective& function, std::vector<double>& x, const descent& how);

}  // namespace dialogs::learning
