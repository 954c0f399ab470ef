#pragma once
// Sums of products in eight fixed lanes: fast as vector instructions, and the same bits whatever the compiler does with
// them, since the order of additions is written down.

#include <cstddef>
#include <cstdint>

namespace dialogs {

// n is a multiple of 8.
inline float dot(const float* one, const float* other, std::size_t n)
{
    float lane[8] = {};
    for (std::size_t i = 0; i < n; i += 8)
        for (std::size_t k = 0; k < 8; ++k)
            lane[k] += one[i + k] * other[i + k];
    return ((lane[0] + lane[4]) + (lane[1] + lane[5])) + ((lane[2] + lane[6]) + (lane[3] + lane[7]));
}

inline std::int32_t dot(const std::int8_t* one, const std::int8_t* other, std::size_t n)
{
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < n; ++i)
        sum += static_cast<std::int32_t>(one[i]) * other[i];
    return sum;
}

// to += factor × from
inline void add_scaled(float* to, const float* from, float factor, std::size_t n)
{
    for (std::size_t i = 0; i < n; ++i)
        to[i] += factor * from[i];
}

}  // namespace dialogs
