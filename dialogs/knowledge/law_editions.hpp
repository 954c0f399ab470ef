#pragma once
// From rows of several sources to editions: which version of a law holds when, and which was repealed by which.

#include "dialogs/knowledge/law_rows.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

// Days since 1970-01-01.
using day_number = std::int32_t;
constexpr day_number since_ever = std::numeric_limits<day_number>::min();
constexpr day_number for_ever = std::numeric_limits<day_number>::max();
day_number to_day_number(cases::date day);
cases::date from_day_number(day_number day);

struct law_edition {
    std::string law;
    std::string title;
    std::string source;
    day_number date = since_ever;        // of the version, as the source gives it
    day_number valid_from = since_ever;  // the day of its last article ("自…起施行") when that is not before the date
    day_number valid_to = for_ever;      // the first day of the next edition, or of the law that repealed it
    bool repealed = false;
    std::uint32_t group = 0;             // editions of one law share it
    std::vector<law_row> articles;       // a row without an id has got that of the article it replaces, where one does
};

// What a law's name is compared by: Han, letters and digits, without 中华人民共和国.
std::u32string law_name_key(std::string_view name);

// Editions of a law stand together, the oldest first. Rows of one law and one date from several sources: the source that
// comes first is kept. An edition without a date is taken for the dated one with the same text, else for the oldest.
std::vector<law_edition> arrange_editions(std::vector<law_row> rows);

}  // namespace dialogs
