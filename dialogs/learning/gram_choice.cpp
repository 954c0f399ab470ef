#include "dialogs/learning/gram_choice.hpp"

#include <algorithm>
#include <cmath>

namespace dialogs::learning {

namespace {

struct seen {
    std::uint32_t key = 0;
    bool first_class = false;
};

bool is_first_class(const example& one)
{
    return !one.labels.empty() && one.labels.front() == 0;
}

float rarity(std::size_t texts, std::size_t with)
{
    return static_cast<float>(std::log((1.0 + static_cast<double>(texts)) / (1.0 + static_cast<double>(with))) + 1);
}

// The log of how much likelier the gram is in one class than in the other (naive Bayes, smoothed by one).
float contrast(double in_first, double first, double in_rest, double rest)
{
    return static_cast<float>(std::abs(std::log((in_first + 1) / (first + 2)) - std::log((in_rest + 1) / (rest + 2))));
}

}  // namespace

chosen_grams choose_grams(std::span<const example> examples, const part_recipe& how)
{
    std::vector<seen> all;
    double first = 0;
    for (const auto& one : examples) {
        first += is_first_class(one) ? 1 : 0;
        for (const auto& gram : one.features.grams)
            if (gram_length(gram.key) <= how.longest)
                all.push_back({gram.key, is_first_class(one)});
    }
    std::sort(all.begin(), all.end(), [](const seen& a, const seen& b) { return a.key < b.key; });
    chosen_grams chosen;
    for (std::size_t begin = 0; begin < all.size();) {
        std::size_t end = begin;
        double in_first = 0;
        for (; end < all.size() && all[end].key == all[begin].key; ++end)
            in_first += all[end].first_class ? 1 : 0;
        const std::size_t with = end - begin;
        if (with >= how.at_least) {
            const auto rest = static_cast<double>(examples.size()) - first;
            chosen.keys.push_back(all[begin].key);
            chosen.texts.push_back(static_cast<std::uint32_t>(with));
            chosen.weights.push_back(
                how.by_contrast ? contrast(in_first, first, static_cast<double>(with) - in_first, rest)
                                : rarity(examples.size(), with)
            );
        }
        begin = end;
    }
    return chosen;
}

}  // namespace dialogs::learning
