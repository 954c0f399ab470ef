#pragma once
// A period of law as a citizen hears it: counted from the day they said, or in general where they said none.

#include "dialogs/engine/book.hpp"

#include <string>

namespace dialogs {

struct clock_words {
    std::string text;
    bool counted = false;  // from a day of theirs
};

// start: "2026-03-05", "2026-03", "2026", or anything else for not told. texts: the flow's own.
clock_words clock_line(const book& data, const by_text<std::string>& texts, const clock_entry& clock, const std::string& start,
                       cases::date today);

}  // namespace dialogs
