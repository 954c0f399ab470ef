#pragma once
// How long a right lasts: statutory periods from a starting day (domain reference §6.2, §8). The periods themselves are
// data (dialogs/lexicon/clocks.yaml). Nothing here is an authority's word: who shows a result says so beside it.

#include "cases/calendar.hpp"

#include <optional>
#include <span>

namespace cases {

enum class period_unit : unsigned char { day, working_day, month, year };

struct period {
    period_unit unit = period_unit::day;
    int n = 0;

    bool operator==(const period&) const = default;
};

// Days on which a clock stood still, both included. Kept as a list; a deadline is never overwritten.
struct standstill {
    date from, to;
};

// The last day of a period. The starting day is not counted; a month that has no corresponding day ends on its last one
// (Civil Code 201, 202). Both days are kept, and it is the earlier one that a citizen is warned of.
struct last_day {
    date unrounded;
    // The first working day from the last day on (Civil Procedure Law 85). nullopt: the list of days off of a year that it
    // needs is missing, and it is not guessed.
    std::optional<date> rolled;

    bool operator==(const last_day&) const = default;
};

// nullopt: no such start, a period that is none, or working days in a year whose list is missing.
std::optional<last_day> end_of(period length, date start, std::span<const standstill> stops, const calendar& days);

// Whole days from one day to another; negative when `to` is the earlier one.
int days_between(date from, date to);

}  // namespace cases
