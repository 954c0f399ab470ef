#pragma once
// Facts that stand in free text beside what was asked. Read with more care than an answer, since nobody asked: an amount
// needs its unit, a telephone number or a name the words before it that say whose it is.

#include "cases/calendar.hpp"
#include "dialogs/engine/book.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace dialogs {

// What the text says for this step, canonical; nullopt when it says nothing sure.
std::optional<std::string> glean(const book& data, const step& of, std::string_view text, cases::date today);

}  // namespace dialogs
