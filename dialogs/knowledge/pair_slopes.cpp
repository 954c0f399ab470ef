#include "dialogs/knowledge/pair_slopes.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace dialogs {

namespace {

float discount(std::size_t rank)
{
    return 1.0F / std::log2(static_cast<float>(rank) + 2.0F);
}

std::vector<std::uint32_t> ranks_of(std::span<const float> scores)
{
    std::vector<std::uint32_t> order(scores.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t one, std::uint32_t other) {
        return scores[one] != scores[other] ? scores[one] > scores[other] : one < other;
    });
    std::vector<std::uint32_t> ranks(scores.size());
    for (std::uint32_t rank = 0; rank < order.size(); ++rank)
        ranks[order[rank]] = rank;
    return ranks;
}

void slopes_of_one(const ranked_question& question, std::span<const float> scores, float* first, float* second)
{
    const auto ranks = ranks_of(scores);
    std::vector<float> gains(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i)
        gains[i] = discount(ranks[i]);
    float ideal = 0;
    std::size_t rights = 0;
    for (const auto right : question.right)
        ideal += right ? discount(rights++) : 0.0F;
    if (rights == 0)
        return;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (!question.right[i])
            continue;
        for (std::size_t j = 0; j < scores.size(); ++j) {
            if (question.right[j])
                continue;
            const float change = question.weight * (std::abs(gains[i] - gains[j]) / ideal + 0.002F);
            const float wrong = 1.0F / (1.0F + std::exp(scores[i] - scores[j]));
            first[i] -= change * wrong;
            first[j] += change * wrong;
            const float curve = change * wrong * (1.0F - wrong);
            second[i] += curve;
            second[j] += curve;
        }
    }
}

}  // namespace

void pair_slopes(std::span<const ranked_question> questions, std::span<const float> scores, slopes& out)
{
    out.first.assign(scores.size(), 0.0F);
    out.second.assign(scores.size(), 0.0F);
    std::size_t at = 0;
    for (const auto& question : questions) {
        const auto n = question.right.size();
        slopes_of_one(question, scores.subspan(at, n), out.first.data() + at, out.second.data() + at);
        at += n;
    }
}

}  // namespace dialogs
