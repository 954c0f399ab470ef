#include "dialogs/knowledge/lanes.hpp"

#include <cmath>

// A sanitizer's run-time cannot yet stand the resolver of the clones.
#if defined(__x86_64__) && defined(__clang__) && defined(NDEBUG)
#define HEJIE_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define HEJIE_WIDE
#endif

namespace dialogs {

HEJIE_WIDE float dot(const float* one, const float* other, std::size_t n)
{
    float lane[8] = {};
    for (std::size_t i = 0; i < n; i += 8)
        for (std::size_t k = 0; k < 8; ++k)
            lane[k] += one[i + k] * other[i + k];
    return ((lane[0] + lane[4]) + (lane[1] + lane[5])) + ((lane[2] + lane[6]) + (lane[3] + lane[7]));
}

HEJIE_WIDE void add_scaled(float* __restrict to, const float* __restrict from, float factor, std::size_t n)
{
    for (std::size_t i = 0; i < n; i += 8)
        for (std::size_t k = 0; k < 8; ++k)
            to[i + k] += factor * from[i + k];
}

HEJIE_WIDE void add_scaled(float* __restrict to, const std::int8_t* __restrict from, float factor, std::size_t n)
{
    for (std::size_t i = 0; i < n; i += 8)
        for (std::size_t k = 0; k < 8; ++k)
            to[i + k] += factor * static_cast<float>(from[i + k]);
}

HEJIE_WIDE void dot_rows(const std::int8_t* one, const std::int8_t* rows, std::size_t n, std::span<std::int32_t> out)
{
    for (auto& sum : out) {
        std::int32_t total = 0;
        for (std::size_t i = 0; i < n; ++i)
            total += static_cast<std::int32_t>(one[i]) * rows[i];
        sum = total;
        rows += n;
    }
}

HEJIE_WIDE void adam(
    float* __restrict values, float* __restrict first, float* __restrict second, float* __restrict slope, std::size_t n,
    const adam_pace& pace
)
{
    constexpr float floor = 1e-8F;
    const auto [beta1, beta2, rate, root] = pace;
    for (std::size_t i = 0; i < n; i += 8) {
        for (std::size_t k = i; k < i + 8; ++k) {
            const float g = slope[k];
            slope[k] = 0;
            first[k] = beta1 * first[k] + (1 - beta1) * g;
            second[k] = beta2 * second[k] + (1 - beta2) * g * g;
            values[k] -= rate * first[k] / (std::sqrt(second[k]) / root + floor);
        }
    }
}

}  // namespace dialogs
