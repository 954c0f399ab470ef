#include "dialogs/learning/lbfgs.hpp"

#include <cmath>
#include <deque>

namespace dialogs::learning {

namespace {

using values = std::vector<double>;

double dot(const values& a, const values& b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

void add(values& to, double times, const values& what)
{
    for (std::size_t i = 0; i < to.size(); ++i)
        to[i] += times * what[i];
}

struct pair_of_steps {
    values moved;     // x after minus x before
    values turned;    // gradient after minus gradient before
    double curvature = 0;
};

// The two-loop recursion: the gradient times an estimate of the inverse second derivative.
values direction(const std::deque<pair_of_steps>& past, const values& gradient)
{
    values d = gradient;
    values shares(past.size());
    for (std::size_t i = past.size(); i-- > 0;) {
        shares[i] = dot(past[i].moved, d) / past[i].curvature;
        add(d, -shares[i], past[i].turned);
    }
    if (!past.empty()) {
        const auto& last = past.back();
        const double scale = last.curvature / dot(last.turned, last.turned);
        for (double& value : d)
            value *= scale;
    }
    for (std::size_t i = 0; i < past.size(); ++i) {
        const double share = dot(past[i].turned, d) / past[i].curvature;
        add(d, shares[i] - share, past[i].moved);
    }
    for (double& value : d)
        value = -value;
    return d;
}

}  // namespace

int minimise(const objective& function, std::vector<double>& x, const descent& how)
{
    values gradient(x.size());
    double value = function(x, gradient);
    const double enough = how.small_enough * std::sqrt(dot(gradient, gradient));
    std::deque<pair_of_steps> past;
    int step = 0;
    for (; step < how.most_steps && std::sqrt(dot(gradient, gradient)) > enough; ++step) {
        auto towards = direction(past, gradient);
        double slope = dot(towards, gradient);
        if (slope >= 0) {
            past.clear();
            towards = direction(past, gradient);
            slope = dot(towards, gradient);
        }
        double length = past.empty() ? 1.0 / std::sqrt(dot(gradient, gradient)) : 1.0;
        values next(x.size());
        values next_gradient(x.size());
        double next_value = value;
        bool went_down = false;
        for (int tries = 0; tries < 30 && !went_down; ++tries, length /= 2) {
            next = x;
            add(next, length, towards);
            next_value = function(next, next_gradient);
            went_down = next_value <= value + 1e-4 * length * slope;
        }
        if (!went_down)
            break;
        pair_of_steps taken{next, next_gradient, 0};
        add(taken.moved, -1, x);
        add(taken.turned, -1, gradient);
        taken.curvature = dot(taken.moved, taken.turned);
        if (taken.curvature > 1e-12 * dot(taken.turned, taken.turned)) {
            past.push_back(std::move(taken));
            if (past.size() > how.memory)
                past.pop_front();
        }
        x.swap(next);
        gradient.swap(next_gradient);
        value = next_value;
    }
    return step;
}

}  // namespace dialogs::learning
