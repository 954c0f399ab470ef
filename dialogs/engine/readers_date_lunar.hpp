#pragma once
// Days by the lunar calendar, and festivals of both calendars, as people date things: the last month of last year's lunar
// year, the day of the Mid-Autumn festival. Known for the lunar years of the table; others are not guessed.

#include "dialogs/engine/readers.hpp"

namespace dialogs {

struct lunar_month {
    int year = 0;   // lunar, named by the Gregorian year in which it begins
    int month = 0;  // 1 … 12, not a leap month
};

constexpr int first_lunar_year = 2000, last_lunar_year = 2030;

// The first and the last day of a lunar month; nullopt outside the table.
struct day_range {
    cases::date first, last;
};
std::optional<day_range> days_of(lunar_month of);
// The lunar year of a day; nullopt outside the table.
std::optional<int> lunar_year_of(cases::date day);

// The first festival or lunar date that the text names and that is not after today; nullopt when it names none.
std::optional<said_date> read_lunar_or_festival(std::u32string_view text, cases::date today);

}  // namespace dialogs
