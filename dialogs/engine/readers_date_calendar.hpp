#pragma once
// Days, months and years that are not after today; nullopt for those that do not exist or are still to come.

#include "dialogs/engine/readers.hpp"

namespace dialogs {

constexpr int first_year = 1900;

class past_calendar {
public:
    explicit past_calendar(cases::date today) : today_{today} {}

    int this_year() const { return int{today_.year()}; }
    cases::date day_ago(int n) const
    {
        return cases::date{std::chrono::sys_days{today_} - std::chrono::days{n}};
    }
    std::chrono::year_month month_of(int days_ago) const;
    std::chrono::year_month months_ago(int n) const
    {
        return today_.year() / today_.month() - std::chrono::months{n};
    }

    std::optional<said_date> checked(int y, std::optional<unsigned> m, std::optional<unsigned> d) const;
    std::optional<said_date> exactly(cases::date full) const;
    std::optional<said_date> in_month(std::chrono::year_month in) const;
    // Without a year: the last time there was such a month or day.
    std::optional<said_date> last_time(unsigned m, std::optional<unsigned> d) const;
    // weekday: 1 Monday … 7 Sunday. weeks_back < 0: the last such day, today included.
    std::optional<said_date> in_week(int weeks_back, int weekday) const;

private:
    cases::date today_;
};

}  // namespace dialogs
