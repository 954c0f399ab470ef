#pragma once
// Phrases of a table that a clerk edits, each belonging to one owner (a category, a rule). Notation:
//   押金不退            the characters as they stand
//   活着{真,}没{意思,劲}  one of the choices in braces, which may be empty
//   押金~不退           both parts in this order with at most eight characters between them
// A pattern with many choices is kept as a chain of short parts, so its cost is the sum of its choices and not their
// product.

#include "dialogs/understanding/phrase_finder.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace dialogs {

struct pattern_match {
    std::uint32_t owner = 0;
    std::uint32_t begin = 0;  // in code points
    std::uint32_t end = 0;
    std::uint32_t written = 0;  // characters of the pattern itself: how much was really said
};

class pattern_table {
public:
    // False when the pattern is empty, has a part that may be empty, or a brace is not closed; nothing is added then.
    bool add(std::string_view pattern, std::uint32_t owner);
    void build();
    // Appends every match, ordered by its end. `scratch` spares an allocation a call.
    void find(std::u32string_view text, std::vector<phrase_hit>& scratch, std::vector<pattern_match>& matches) const;

private:
    struct link {
        std::uint32_t part = 0;
        bool optional = false;
        std::uint8_t gap = 0;  // characters that may stand between this part and the next
    };
    struct chain {
        std::uint32_t owner = 0;
        std::vector<link> before;  // the parts before the last one
    };
    struct start {
        std::uint32_t begin = 0;
        std::uint32_t written = 0;  // 0: not found
    };
    struct step {
        std::size_t left = 0;       // links still to find
        std::size_t hit = 0;        // where the search goes on backwards
        std::uint32_t begin = 0;    // of what was found so far
        std::uint32_t gap = 0;
        std::uint32_t written = 0;
    };
    std::uint32_t add_part(const std::vector<std::string>& phrases);
    start walk_back(const chain& of, const std::vector<phrase_hit>& hits, step at) const;

    phrase_finder finder_;
    std::uint32_t part_count_ = 0;
    std::vector<std::vector<std::uint32_t>> parts_of_;  // by phrase, ascending
    std::vector<std::vector<std::uint32_t>> ends_;      // by phrase: chains whose last part it is
    std::vector<chain> chains_;
};

}  // namespace dialogs
