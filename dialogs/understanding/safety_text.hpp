#pragma once
// A message as the safety screen reads it: letters, digits, Han and pictures in one spelling, and what stood between them.

#include "dialogs/understanding/safety_table.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

// What stands before a character in the message as it was typed.
enum class gap : std::uint8_t { none, loose, clause, sentence };

struct folded {
    std::u32string points;
    std::vector<gap> before;  // one for each point
    bool has_pictures = false;
};

// flat: normalised text.
folded fold(std::string_view flat, const safety_table& table, bool drop_pictures);

}  // namespace dialogs
