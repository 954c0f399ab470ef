#pragma once
// Phrases of a table that a clerk edits, each belonging to one owner (a category, a rule). Notation:
//   押金不退            the characters as they stand
//   活着{真,}没{意思,劲}  one of the choices in braces, which may be empty
//   押金~不退           both parts in this order with at most eight characters between them

#include "dialogs/understanding/phrase_finder.hpp"

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
    // False when the pattern is empty, has an empty part, or a brace is not closed; nothing is added then.
    bool add(std::string_view pattern, std::uint32_t owner);
    void build();
    // Appends every match, ordered by its end. `scratch` spares an allocation a call.
    void find(std::u32string_view text, std::vector<phrase_hit>& scratch, std::vector<pattern_match>& matches) const;

private:
    struct use {
        std::uint32_t owner = 0;
        std::vector<std::uint32_t> before;  // phrases that must stand before this one, nearest last
    };
    bool add_plain(std::string_view pattern, std::uint32_t owner);

    phrase_finder finder_;
    std::vector<std::vector<use>> uses_;  // by phrase
};

}  // namespace dialogs
