#pragma once
// Matches of one kind in a message, in the order of their ends, so that "which stands before this?" is asked without
// reading them all: a message may be long, and full of such words.

#include "dialogs/understanding/pattern_table.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace dialogs {

class match_list {
public:
    // In the order of their ends.
    void add(const pattern_match& match)
    {
        longest_ = std::max(longest_, match.end - match.begin);
        all_.push_back(match);
    }

    bool empty() const { return all_.empty(); }
    auto begin() const { return all_.begin(); }
    auto end() const { return all_.end(); }

    // Those that end at `from` or later, and before `to`.
    std::span<const pattern_match> ending_in(std::uint32_t from, std::uint32_t to) const
    {
        const auto first = first_ending_at(from);
        return {first, std::max(first, first_ending_at(to))};
    }

    bool any_ending_at(std::uint32_t at) const { return !ending_in(at, at + 1).empty(); }

    // The last that ends at or before `at`; of two that end there, the longer.
    const pattern_match* last_before(std::uint32_t at) const
    {
        const auto after = first_ending_at(at + 1);
        if (after == all_.begin())
            return nullptr;
        const auto same_end = ending_in((after - 1)->end, at + 1);
        return &*std::min_element(same_end.begin(), same_end.end(), begins_first);
    }

    bool any_within(std::uint32_t begin, std::uint32_t end) const
    {
        const auto ending = ending_in(begin, end + 1);
        return std::any_of(ending.begin(), ending.end(), [=](const pattern_match& one) { return one.begin >= begin; });
    }

    // Does the match lie wholly inside one of these?
    bool covers(const pattern_match& match) const
    {
        const auto ending = ending_in(match.end, match.begin + longest_ + 1);
        return std::any_of(ending.begin(), ending.end(), [&](const pattern_match& one) { return one.begin <= match.begin; });
    }

private:
    static bool begins_first(const pattern_match& a, const pattern_match& b) { return a.begin < b.begin; }

    std::vector<pattern_match>::const_iterator first_ending_at(std::uint32_t at) const
    {
        const auto ends_before = [](const pattern_match& one, std::uint32_t end) { return one.end < end; };
        return std::lower_bound(all_.begin(), all_.end(), at, ends_before);
    }

    std::vector<pattern_match> all_;
    std::uint32_t longest_ = 0;
};

}  // namespace dialogs
