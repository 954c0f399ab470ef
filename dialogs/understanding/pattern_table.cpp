#include "dialogs/understanding/pattern_table.hpp"

#include "dialogs/understanding/code_points.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace dialogs {

namespace {

constexpr std::uint8_t longest_gap = 8;
constexpr std::size_t most_phrases = 64;  // of a part; more are split into a chain

// A piece of a pattern: the phrases it stands for, and whether it may be left out.
struct piece {
    std::vector<std::string> phrases{""};
    bool optional() const { return std::find(phrases.begin(), phrases.end(), "") != phrases.end(); }
};

std::vector<std::string> product(const std::vector<std::string>& first, const std::vector<std::string>& second)
{
    std::vector<std::string> all;
    for (const auto& a : first)
        for (const auto& b : second)
            all.push_back(a + b);
    return all;
}

// "活着{真,}没" -> "活着", "{真,}", "没"
std::vector<std::string_view> tokens_of(std::string_view pattern)
{
    std::vector<std::string_view> tokens;
    while (!pattern.empty()) {
        const auto brace = pattern.find('{');
        const auto end = brace == 0 ? pattern.find('}') + 1 : std::min(brace, pattern.size());
        if (end == 0)
            return {};  // not closed
        tokens.push_back(pattern.substr(0, end));
        pattern.remove_prefix(end);
    }
    return tokens;
}

// The pieces of a pattern without "~"; the last one is never optional. Empty: the pattern cannot be read.
std::vector<piece> pieces_of(std::string_view pattern)
{
    std::vector<piece> pieces;
    for (const auto token : tokens_of(pattern)) {
        const auto choices = expand_braces(token);
        if (pieces.empty() || pieces.back().phrases.size() * choices.size() > most_phrases)
            pieces.push_back({choices});
        else
            pieces.back().phrases = product(pieces.back().phrases, choices);
    }
    while (pieces.size() > 1 && pieces.back().optional()) {
        auto last = std::move(pieces.back());
        pieces.pop_back();
        pieces.back().phrases = product(pieces.back().phrases, last.phrases);
    }
    const bool all_optional =
        std::all_of(pieces.begin(), pieces.end(), [](const piece& one) { return one.optional(); });
    return all_optional ? std::vector<piece>{} : pieces;
}

}  // namespace

bool pattern_table::add(std::string_view pattern, std::uint32_t owner)
{
    std::vector<std::pair<piece, std::uint8_t>> all;  // with the gap behind it
    for (;;) {
        const auto tilde = pattern.find('~');
        auto pieces = pieces_of(pattern.substr(0, tilde));
        if (pieces.empty())
            return false;
        for (auto& one : pieces)
            all.emplace_back(std::move(one), std::uint8_t{0});
        if (tilde == std::string_view::npos)
            break;
        all.back().second = longest_gap;
        pattern.remove_prefix(tilde + 1);
    }
    chain made{owner, {}};
    for (std::size_t i = 0; i + 1 < all.size(); ++i)
        made.before.push_back({add_part(all[i].first.phrases), all[i].first.optional(), all[i].second});
    const auto id = static_cast<std::uint32_t>(chains_.size());
    chains_.push_back(std::move(made));
    for (const auto& phrase : all.back().first.phrases) {
        const auto number = finder_.add(to_points(phrase));
        parts_of_.resize(std::max<std::size_t>(parts_of_.size(), number + 1U));
        ends_.resize(parts_of_.size());
        if (ends_[number].empty() || ends_[number].back() != id)
            ends_[number].push_back(id);
    }
    return true;
}

std::uint32_t pattern_table::add_part(const std::vector<std::string>& phrases)
{
    const auto part = part_count_++;
    for (const auto& phrase : phrases) {
        if (phrase.empty())
            continue;
        const auto number = finder_.add(to_points(phrase));
        parts_of_.resize(std::max<std::size_t>(parts_of_.size(), number + 1U));
        ends_.resize(parts_of_.size());
        if (parts_of_[number].empty() || parts_of_[number].back() != part)
            parts_of_[number].push_back(part);
    }
    return part;
}

void pattern_table::build()
{
    finder_.build();
}

// Depth first over the parts that must stand before; chains are a handful of links long.
pattern_table::start pattern_table::walk_back(const chain& of, const std::vector<phrase_hit>& hits, step at) const
{
    if (at.left == 0)
        return {at.begin, at.written};
    const auto& next = of.before[at.left - 1];
    const auto gap = std::max<std::uint32_t>(at.gap, next.gap);
    for (auto i = at.hit; i-- > 0 && hits[i].end + gap >= at.begin;) {
        const auto& parts = parts_of_[hits[i].phrase];
        if (hits[i].end > at.begin || !std::binary_search(parts.begin(), parts.end(), next.part))
            continue;
        const auto written = at.written + hits[i].end - hits[i].begin;
        if (const auto found = walk_back(of, hits, {at.left - 1, i, hits[i].begin, 0, written}); found.written > 0)
            return found;
    }
    return next.optional ? walk_back(of, hits, {at.left - 1, at.hit, at.begin, gap, at.written}) : start{};
}

void pattern_table::find(
    std::u32string_view text, std::vector<phrase_hit>& scratch, std::vector<pattern_match>& matches
) const
{
    scratch.clear();
    finder_.find(text, scratch);
    for (std::size_t i = 0; i < scratch.size(); ++i) {
        const auto& hit = scratch[i];
        for (const auto id : ends_[hit.phrase]) {
            const auto& one = chains_[id];
            const auto found = walk_back(one, scratch, {one.before.size(), i, hit.begin, 0, hit.end - hit.begin});
            if (found.written > 0)
                matches.push_back({one.owner, found.begin, hit.end, found.written});
        }
    }
}

}  // namespace dialogs
