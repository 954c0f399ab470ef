#pragma once
// Finds many phrases in one pass over a text (Aho–Corasick over code points). Built once, then read from any thread.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dialogs {

// Where a phrase stands, in code points of the text given to find.
struct phrase_hit {
    std::uint32_t phrase = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

class phrase_finder {
public:
    // Gives the phrase's number; the same phrase added twice has the same number. Not after build.
    std::uint32_t add(std::u32string_view phrase);
    void build();

    // Appends every occurrence, ordered by its end.
    void find(std::u32string_view text, std::vector<phrase_hit>& hits) const;

private:
    struct edge {
        std::uint16_t symbol;
        std::uint32_t to;
    };
    struct state {
        std::uint32_t first_edge = 0;  // of edges_; the next state's is the end
        std::uint32_t fallback = 0;
        std::uint32_t report = 0;  // the nearest state, itself included, at which a phrase ends; 0: none
        std::uint32_t phrase = none;
        std::uint32_t length = 0;
    };
    static constexpr std::uint32_t none = UINT32_MAX;

    std::uint16_t symbol_of(char32_t point) const;
    std::uint32_t child(std::uint32_t of, std::uint16_t symbol) const;
    void link_states();

    std::vector<state> states_{1};
    std::vector<std::vector<edge>> growing_{1};  // edges by state, until build packs them
    std::vector<edge> edges_;
    std::vector<std::uint32_t> from_root_;       // by symbol
    std::vector<std::uint16_t> symbols_;         // by code point of the basic plane; 0: in no phrase
    std::unordered_map<char32_t, std::uint16_t> rare_symbols_;
    std::uint16_t symbol_count_ = 0;
    std::uint32_t phrase_count_ = 0;
};

// "活着{真,}没{意思,劲}" -> every phrase it stands for; braces do not nest. Empty when a brace is not closed.
std::vector<std::string> expand_braces(std::string_view pattern);

}  // namespace dialogs
