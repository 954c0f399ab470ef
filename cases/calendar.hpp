#pragma once
// Working days by the yearly State Council list (domain reference §6.2). A year that is not in the table is refused,
// not guessed. Dates are China's civil dates.

#include "bot/base/clock.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string_view>

namespace cases {

using date = std::chrono::year_month_day;

// The civil date in China at this instant.
date china_date(bot::instant at);
// The last millisecond of a civil date in China.
bot::instant end_of_day(date day);

struct calendar_year {
    std::set<date> holidays;       // days off that are not Saturday or Sunday, and weekend days inside holidays
    std::set<date> working_weekends;  // make-up working days
};

class calendar {
public:
    void add_year(std::chrono::year year, calendar_year days);

    // nullopt: the year is not in the table.
    std::optional<bool> is_working_day(date day) const;

    // The last day of a period of n working days that starts after `from` (the starting day is not counted,
    // Civil Procedure Law, article 85). nullopt when a year it needs is missing.
    std::optional<date> add_working_days(date from, int n) const;

    // The last day of a period of n calendar days: unrounded, and rolled over to the first working day when it falls
    // on a day off. Warn on the earlier one. nullopt when a year it needs is missing.
    struct period_end {
        date unrounded;
        date rolled;
    };
    std::optional<period_end> add_days(date from, int n) const;

private:
    std::map<std::chrono::year, calendar_year> years_;
};

// When a submitted case must be accepted, declined or sent back: 3 working days (domain reference §6).
std::optional<bot::instant> accept_by(const calendar& days, bot::instant submitted_at);

}  // namespace cases
