#pragma once
// The units that the trained models count: runs of one to four code points of Han, letters and digits, each by a hash of
// 32 bits. Digits count as one sign, and a run of them as one: which number it is says nothing about the matter.

#include <cstdint>
#include <string_view>
#include <vector>

namespace dialogs {

// Two of some ten thousand grams that share a hash do no harm.
struct gram_count {
    std::uint32_t key = 0;
    float times = 0;
};

constexpr int longest_gram = 4;

// The key of a gram as it stands in folded text, 1 to 4 code points long; the key knows how many.
std::uint32_t gram_key(std::u32string_view gram);
int gram_length(std::uint32_t key);

// Normalised, digits folded, everything but Han, letters and digits as one break (0), at most `most` code points: the
// beginning and the end, of which the end is a third.
std::u32string folded_text(std::string_view text, std::size_t most);

// Each gram of 1..longest code points inside a run once, by key ascending.
std::vector<gram_count> count_text_grams(std::u32string_view folded, int longest);

}  // namespace dialogs
