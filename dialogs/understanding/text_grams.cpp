#include "dialogs/understanding/text_grams.hpp"

#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace dialogs {

namespace {

constexpr std::uint32_t length_bits = 3;

constexpr std::uint32_t mix(std::uint32_t hash, char32_t point)
{
    hash = (hash ^ static_cast<std::uint32_t>(point)) * 0x9E3779B1U;
    return hash ^ hash >> 15U;
}

constexpr std::uint32_t finish(std::uint32_t hash, std::size_t length)
{
    hash = (hash + static_cast<std::uint32_t>(length)) * 0x85EBCA6BU;
    hash ^= hash >> 13U;
    hash *= 0xC2B2AE35U;
    return ((hash ^ hash >> 16U) & ~length_bits) | static_cast<std::uint32_t>(length - 1);
}

constexpr std::uint32_t start = 0x811C9DC5U;

char32_t folded(char32_t point)
{
    if (is_digit(point))
        return U'0';
    return is_han(point) || is_ascii_word(point) ? point : U'\0';
}

}  // namespace

std::uint32_t gram_key(std::u32string_view gram)
{
    std::uint32_t hash = start;
    for (const char32_t point : gram)
        hash = mix(hash, point);
    return finish(hash, gram.size());
}

int gram_length(std::uint32_t key)
{
    return static_cast<int>(key & length_bits) + 1;
}

std::u32string folded_text(std::string_view text, std::size_t most)
{
    // A code point has at most four bytes, and normalisation makes few of many: what is cut here is far behind.
    const auto clean = normalise(text);
    std::u32string out;
    out.reserve(clean.size() / 3 + 1);
    for (std::size_t at = 0; at < clean.size();) {
        const auto next = decode_at(clean, at);
        at += next.length;
        const auto point = folded(next.point);
        const bool repeats = !out.empty() && out.back() == point && (point == 0 || point == U'0');
        if (!repeats)
            out.push_back(point);
    }
    if (out.size() <= most)
        return out;
    const std::size_t end = most / 3;
    return out.substr(0, most - end) + U'\0' + out.substr(out.size() - end);
}

std::vector<gram_count> count_text_grams(std::u32string_view folded, int longest)
{
    std::vector<std::uint32_t> keys;
    keys.reserve(folded.size() * static_cast<std::size_t>(longest));
    for (std::size_t begin = 0; begin < folded.size(); ++begin) {
        std::uint32_t hash = start;
        const auto end = std::min(folded.size(), begin + static_cast<std::size_t>(longest));
        for (std::size_t at = begin; at < end && folded[at] != 0; ++at) {
            hash = mix(hash, folded[at]);
            keys.push_back(finish(hash, at - begin + 1));
        }
    }
    std::sort(keys.begin(), keys.end());
    std::vector<gram_count> counts;
    counts.reserve(keys.size());
    for (const auto key : keys) {
        if (!counts.empty() && counts.back().key == key)
            counts.back().times += 1;
        else
            counts.push_back({key, 1});
    }
    return counts;
}

}  // namespace dialogs
