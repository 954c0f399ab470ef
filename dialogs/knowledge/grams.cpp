#include "dialogs/knowledge/grams.hpp"

#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr int bits_of_a_point = 21;

}  // namespace

std::u32string searchable(std::string_view text)
{
    const auto flat = normalise(text);
    std::u32string out;
    out.reserve(flat.size() / 2);
    for (std::size_t at = 0; at < flat.size();) {
        const auto next = decode_at(flat, at);
        at += next.length;
        if (is_han(next.point) || is_ascii_word(next.point))
            out.push_back(next.point);
        else if (!out.empty() && out.back() != 0)
            out.push_back(0);
    }
    return out;
}

void append_grams(std::u32string_view text, int longest, std::vector<gram>& out)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        gram key = 0;
        for (int n = 0; n < longest && at + n < text.size() && text[at + n] != 0; ++n) {
            key = key << bits_of_a_point | text[at + n];
            out.push_back(key);
        }
    }
}

std::vector<counted_gram> count_grams(std::vector<gram>& grams)
{
    std::sort(grams.begin(), grams.end());
    std::vector<counted_gram> out;
    for (const auto key : grams) {
        if (out.empty() || out.back().what != key)
            out.push_back({key, 0});
        ++out.back().times;
    }
    return out;
}

std::vector<counted_gram> grams_of(std::u32string_view text, int longest)
{
    std::vector<gram> grams;
    append_grams(text, longest, grams);
    return count_grams(grams);
}

}  // namespace dialogs
