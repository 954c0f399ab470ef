#pragma once
// The units that search counts: runs of one to three code points of Han, letters and digits, as one number each.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dialogs {

// Code points of 21 bits, the last one lowest; never 0. Three fit, so equal numbers are equal text.
using gram = std::uint64_t;

// What search reads of a text: normalised, everything but Han, letters and digits replaced by one break (0).
std::u32string searchable(std::string_view text);

// Appends the grams of 1..longest code points that lie inside a run.
void append_grams(std::u32string_view searchable_text, int longest, std::vector<gram>& out);

struct counted_gram {
    gram what = 0;
    std::uint32_t times = 0;
};
// Each gram once, ascending. Reorders its argument.
std::vector<counted_gram> count_grams(std::vector<gram>& grams);
// The highest gram of one code point.
constexpr gram highest_single = 0x1FFFFF;

std::vector<counted_gram> grams_of(std::u32string_view searchable_text, int longest);

}  // namespace dialogs
