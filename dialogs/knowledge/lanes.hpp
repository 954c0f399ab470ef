#pragma once
// Sums of products, the inner loops of search and training. Compiled twice where the machine may have wider vectors, with
// the order of additions written down, so that both give the same bits.

#include <cstddef>
#include <cstdint>
#include <span>

namespace dialogs {

// n is a multiple of 8 in all of these.
float dot(const float* one, const float* other, std::size_t n);
// to += factor × from
void add_scaled(float* to, const float* from, float factor, std::size_t n);
void add_scaled(float* to, const std::int8_t* from, float factor, std::size_t n);
// out[i] = the product of one with the i-th of the rows, which lie one after the other.
void dot_rows(const std::int8_t* one, const std::int8_t* rows, std::size_t n, std::span<std::int32_t> out);

// One step of Adam on n values; the slope is spent and left at 0.
struct adam_pace {
    float beta1 = 0;
    float beta2 = 0;
    float rate = 0;  // over the correction of the first moment
    float root = 0;  // of the correction of the second
};
void adam(float* values, float* first, float* second, float* slope, std::size_t n, const adam_pace& pace);

}  // namespace dialogs
