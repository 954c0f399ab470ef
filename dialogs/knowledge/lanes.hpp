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

}  // namespace dialogs
