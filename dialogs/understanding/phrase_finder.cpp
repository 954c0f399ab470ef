#include "dialogs/understanding/phrase_finder.hpp"

#include <algorithm>
#include <utility>

namespace dialogs {

namespace {

constexpr std::size_t basic_plane = 0x10000;

}  // namespace

std::uint16_t phrase_finder::symbol_of(char32_t point) const
{
    if (point < symbols_.size())
        return symbols_[point];
    const auto rare = rare_symbols_.find(point);
    return rare == rare_symbols_.end() ? std::uint16_t{0} : rare->second;
}

std::uint32_t phrase_finder::child(std::uint32_t of, std::uint16_t symbol) const
{
    const auto end = edges_.begin() + states_[of + 1].first_edge;
    for (auto edge = edges_.begin() + states_[of].first_edge; edge != end; ++edge)
        if (edge->symbol == symbol)
            return edge->to;
    return 0;
}

std::uint32_t phrase_finder::add(std::u32string_view phrase)
{
    if (symbols_.empty())
        symbols_.resize(basic_plane);
    std::uint32_t at = 0;
    for (const char32_t point : phrase) {
        auto& symbol = point < basic_plane ? symbols_[point] : rare_symbols_[point];
        if (symbol == 0)
            symbol = ++symbol_count_;
        const auto is_it = [&](const edge& one) { return one.symbol == symbol; };
        const auto known = std::find_if(growing_[at].begin(), growing_[at].end(), is_it);
        if (known != growing_[at].end()) {
            at = known->to;
            continue;
        }
        const auto next = static_cast<std::uint32_t>(states_.size());
        growing_[at].push_back({symbol, next});
        growing_.emplace_back();
        states_.push_back({});
        states_.back().length = states_[at].length + 1;
        at = next;
    }
    if (states_[at].phrase == none)
        states_[at].phrase = phrase_count_++;
    return states_[at].phrase;
}

void phrase_finder::build()
{
    for (std::size_t i = 0; i < states_.size(); ++i) {
        states_[i].first_edge = static_cast<std::uint32_t>(edges_.size());
        edges_.insert(edges_.end(), growing_[i].begin(), growing_[i].end());
    }
    growing_ = {};
    states_.push_back({static_cast<std::uint32_t>(edges_.size())});  // the end of the last state's edges
    from_root_.assign(symbol_count_ + 1U, 0);
    for (std::uint32_t i = 0; i < states_[1].first_edge; ++i)
        from_root_[edges_[i].symbol] = edges_[i].to;
    link_states();
}

// Breadth first: a state's fallback is shorter than the state, so it is finished before.
void phrase_finder::link_states()
{
    std::vector<std::uint32_t> queue;
    for (std::uint32_t i = 0; i < states_[1].first_edge; ++i)
        queue.push_back(edges_[i].to);
    for (std::size_t i = 0; i < queue.size(); ++i) {
        const auto at = queue[i];
        states_[at].report = states_[at].phrase != none ? at : states_[states_[at].fallback].report;
        for (auto e = states_[at].first_edge; e < states_[at + 1].first_edge; ++e) {
            const auto [symbol, to] = edges_[e];
            auto back = states_[at].fallback;
            while (back != 0 && child(back, symbol) == 0)
                back = states_[back].fallback;
            states_[to].fallback = back != 0 ? child(back, symbol) : from_root_[symbol];
            queue.push_back(to);
        }
    }
}

void phrase_finder::find(std::u32string_view text, std::vector<phrase_hit>& hits) const
{
    std::uint32_t at = 0;
    for (std::uint32_t i = 0; i < text.size(); ++i) {
        const auto symbol = symbol_of(text[i]);
        if (symbol == 0) {
            at = 0;  // in no phrase: nothing can go on here
            continue;
        }
        std::uint32_t next = 0;
        while (at != 0 && (next = child(at, symbol)) == 0)
            at = states_[at].fallback;
        at = next != 0 ? next : from_root_[symbol];
        for (auto end = states_[at].report; end != 0; end = states_[states_[end].fallback].report)
            hits.push_back({states_[end].phrase, i + 1 - states_[end].length, i + 1});
    }
}

std::vector<std::string> expand_braces(std::string_view pattern)
{
    std::vector<std::string> done{""};
    while (!pattern.empty()) {
        const auto open = pattern.find('{');
        for (auto& phrase : done)
            phrase.append(pattern.substr(0, open));
        if (open == std::string_view::npos)
            break;
        const auto close = pattern.find('}', open);
        if (close == std::string_view::npos)
            return {};
        std::vector<std::string> longer;
        auto choices = pattern.substr(open + 1, close - open - 1);
        for (;;) {
            const auto comma = choices.find(',');
            for (const auto& phrase : done)
                longer.push_back(phrase + std::string{choices.substr(0, comma)});
            if (comma == std::string_view::npos)
                break;
            choices.remove_prefix(comma + 1);
        }
        done = std::move(longer);
        pattern.remove_prefix(close + 1);
    }
    return done;
}

}  // namespace dialogs
