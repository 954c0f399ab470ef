#pragma once
// Facts that stand in free text beside what was asked: "3月5号在五马街，欠我三万五，我叫陈小明". Read with more care than an
// answer, since nobody asked: an amount needs its unit, a number or a name the words before it that say whose it is.

#include "cases/calendar.hpp"
#include "dialogs/engine/book.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace dialogs {

// What the text says for this step, canonical; nullopt when it says nothing sure.
std::optional<std::string> glean(const book& data, const step& of, std::string_view text, cases::date today);

}  // namespace dialogs
