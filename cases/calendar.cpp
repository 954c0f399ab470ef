#include "cases/calendar.hpp"

#include <utility>

namespace cases {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr int accept_working_days = 3;

}  // namespace

date china_date(bot::instant at)
{
    return date{std::chrono::floor<days>(at + bot::china_offset)};
}

bot::instant end_of_day(date day)
{
    return bot::instant{sys_days{day} + days{1} - bot::china_offset} - std::chrono::milliseconds{1};
}

void calendar::add_year(std::chrono::year year, calendar_year days)
{
    years_[year] = std::move(days);
}

std::optional<bool> calendar::is_working_day(date day) const
{
    if (!day.ok())
        return std::nullopt;
    const auto year = years_.find(day.year());
    if (year == years_.end())
        return std::nullopt;
    if (year->second.working_weekends.contains(day))
        return true;
    if (year->second.holidays.contains(day))
        return false;
    const std::chrono::weekday weekday{sys_days{day}};
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

std::optional<date> calendar::add_working_days(date from, int n) const
{
    if (!from.ok() || n < 0)
        return std::nullopt;
    sys_days day{from};
    while (n > 0) {
        day += days{1};
        const auto working = is_working_day(date{day});
        if (!working)
            return std::nullopt;
        if (*working)
            --n;
    }
    return date{day};
}

std::optional<calendar::period_end> calendar::add_days(date from, int n) const
{
    if (!from.ok() || n < 0 || years_.empty())
        return std::nullopt;
    // Compared as a count of days, since a civil year wraps when n is absurd.
    const sys_days last = sys_days{from} + days{n};
    if (last > sys_days{years_.rbegin()->first / std::chrono::December / 31})
        return std::nullopt;
    auto rolled = last;
    for (;; rolled += days{1}) {
        const auto working = is_working_day(date{rolled});
        if (!working)
            return std::nullopt;
        if (*working)
            return period_end{date{last}, date{rolled}};
    }
}

std::optional<bot::instant> accept_by(const calendar& days, bot::instant submitted_at)
{
    const auto last = days.add_working_days(china_date(submitted_at), accept_working_days);
    if (!last)
        return std::nullopt;
    return end_of_day(*last);
}

}  // namespace cases
