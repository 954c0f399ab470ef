#include "dialogs/knowledge/shared_runs.hpp"

#include "dialogs/understanding/code_points.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr gram highest_pair = (gram{1} << 42) - 1;
constexpr gram run_bits = (gram{1} << 63) - 1;

}  // namespace

shared_runs::shared_runs(std::span<const counted_gram> grams)
{
    for (const auto& part : grams) {
        if (part.what <= highest_pair)
            continue;
        runs_.push_back(part.what);
        sieve_.set(place(part.what));
    }
}

shared_runs::found shared_runs::in(std::string_view text) const
{
    if (runs_.empty())
        return {};
    std::vector<char> seen(runs_.size(), 0);
    std::size_t different = 0;
    std::size_t run = 0;
    std::size_t longest = 0;
    gram key = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto next = decode_at(text, at);
        at += next.length;
        const bool counts = is_han(next.point) || is_ascii_word(next.point);
        key = counts ? (key << 21 | next.point) & run_bits : 0;
        if (key <= highest_pair || !sieve_.test(place(key))) {
            run = 0;
            continue;
        }
        const auto known = std::lower_bound(runs_.begin(), runs_.end(), key);
        if (known == runs_.end() || *known != key) {
            run = 0;
            continue;
        }
        longest = std::max(longest, ++run + 2);
        auto& mark = seen[static_cast<std::size_t>(known - runs_.begin())];
        different += mark == 0;
        mark = 1;
    }
    return {static_cast<float>(different) / static_cast<float>(runs_.size()), static_cast<float>(longest)};
}

}  // namespace dialogs
