#pragma once
// What several endings need: the case meant, the day by which somebody answers, ways on as buttons.

#include "dialogs/engine/turn_maker.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

// Of this citizen, as it is known in this turn; null when it is not theirs. The flow must want own_cases.
const case_view* own_case(const turn_maker& turn, std::string_view code);
bool is_open(const case_view& view);
// Within 15 days after it ended (domain reference §5); withdrawn or declined ones are filed anew instead.
bool may_be_reopened(const case_view& view, bot::instant now);
// The last moment for that.
bot::instant reopened_until(bot::instant closed_at);
// Ended and not rated yet.
bool may_be_rated(const case_view& view);

// The last day of so many working days, by the flow's text `by`; `by_days` where the calendar lacks a year.
std::string answered_by(
    const turn_maker& turn, const frame& of, int working_days, std::string_view by = "by", std::string_view by_days = "by_days"
);

// Buttons: "flow/start" under the flow's title, "cmd/…" and "menu/…" under the label that a page gives them.
std::vector<choice> ways(const turn_maker& turn, std::initializer_list<std::string_view> targets);

}  // namespace dialogs
