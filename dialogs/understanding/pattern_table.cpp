#include "dialogs/understanding/pattern_table.hpp"

#include "dialogs/understanding/code_points.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace dialogs {

namespace {

constexpr std::uint32_t longest_gap = 8;

struct span_found {
    std::uint32_t begin;
    std::uint32_t written;
};

// Walks back from hit `from` through the parts that must stand before it. written == 0: not found.
span_found walk_back(const std::vector<phrase_hit>& hits, std::size_t from, const std::vector<std::uint32_t>& before)
{
    auto begin = hits[from].begin;
    auto written = hits[from].end - begin;
    auto at = from;
    for (auto part = before.rbegin(); part != before.rend(); ++part) {
        bool found = false;
        while (!found && at-- > 0 && hits[at].end + longest_gap >= begin)
            found = hits[at].phrase == *part && hits[at].end <= begin;
        if (!found)
            return {0, 0};
        begin = hits[at].begin;
        written += hits[at].end - begin;
    }
    return {begin, written};
}

}  // namespace

bool pattern_table::add(std::string_view pattern, std::uint32_t owner)
{
    const auto plain = expand_braces(pattern);
    if (plain.empty())
        return false;
    return std::all_of(plain.begin(), plain.end(), [&](const std::string& one) { return add_plain(one, owner); });
}

bool pattern_table::add_plain(std::string_view pattern, std::uint32_t owner)
{
    std::vector<std::u32string> parts;
    for (;;) {
        const auto gap = pattern.find('~');
        parts.push_back(to_points(pattern.substr(0, gap)));
        if (parts.back().empty())
            return false;
        if (gap == std::string_view::npos)
            break;
        pattern.remove_prefix(gap + 1);
    }
    use made{owner, {}};
    for (std::size_t i = 0; i + 1 < parts.size(); ++i)
        made.before.push_back(finder_.add(parts[i]));
    const auto last = finder_.add(parts.back());
    const auto highest = std::max(last, made.before.empty() ? 0 : *std::max_element(made.before.begin(), made.before.end()));
    if (highest >= uses_.size())
        uses_.resize(highest + 1U);
    const auto same = [&](const use& known) { return known.owner == owner && known.before == made.before; };
    if (std::none_of(uses_[last].begin(), uses_[last].end(), same))
        uses_[last].push_back(std::move(made));
    return true;
}

void pattern_table::build()
{
    finder_.build();
}

void pattern_table::find(
    std::u32string_view text, std::vector<phrase_hit>& scratch, std::vector<pattern_match>& matches
) const
{
    scratch.clear();
    finder_.find(text, scratch);
    for (std::size_t i = 0; i < scratch.size(); ++i) {
        const auto& hit = scratch[i];
        for (const auto& one : uses_[hit.phrase]) {
            const auto span = walk_back(scratch, i, one.before);
            if (span.written > 0)
                matches.push_back({one.owner, span.begin, hit.end, span.written});
        }
    }
}

}  // namespace dialogs
