#include "cases/clocks.hpp"

#include <algorithm>

namespace cases {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

// Beyond it a civil year wraps; no period of any law comes near.
constexpr int longest_years = 200;

bool stands_still(std::span<const standstill> stops, sys_days day)
{
    return std::any_of(stops.begin(), stops.end(), [day](const standstill& s) {
        return s.from.ok() && s.to.ok() && sys_days{s.from} <= day && day <= sys_days{s.to};
    });
}

sys_days months_after(date start, int months)
{
    const auto there = start + std::chrono::months{months};
    if (there.ok())
        return sys_days{there};
    return sys_days{there.year() / there.month() / std::chrono::last};
}

std::optional<date> rolled_over(sys_days last, const calendar& working)
{
    for (auto day = last;; day += days{1}) {
        const auto open = working.is_working_day(date{day});
        if (!open)
            return std::nullopt;
        if (*open)
            return date{day};
    }
}

// Each day of standstill inside the period puts its end off by one, and that day may be one of standstill again.
sys_days put_off(sys_days start, sys_days last, std::span<const standstill> stops)
{
    for (auto day = start + days{1}; day <= last; day += days{1})
        if (stands_still(stops, day))
            last += days{1};
    return last;
}

std::optional<last_day> working_days_after(int n, date start, std::span<const standstill> stops, const calendar& working)
{
    sys_days day{start};
    while (n > 0) {
        day += days{1};
        const auto open = working.is_working_day(date{day});
        if (!open)
            return std::nullopt;
        if (*open && !stands_still(stops, day))
            --n;
    }
    return last_day{date{day}, date{day}};
}

int years_of(period length)
{
    switch (length.unit) {
    case period_unit::year:
        return length.n;
    case period_unit::month:
        return length.n / 12;
    default:
        return length.n / 365;
    }
}

}  // namespace

std::optional<last_day> end_of(period length, date start, std::span<const standstill> stops, const calendar& working)
{
    if (!start.ok() || length.n <= 0 || years_of(length) > longest_years)
        return std::nullopt;
    // A standstill without end never lets the period end.
    for (const auto& s : stops)
        if (s.from.ok() && s.to.ok() && (s.to.year() - s.from.year()).count() > longest_years)
            return std::nullopt;
    if (length.unit == period_unit::working_day)
        return working_days_after(length.n, start, stops, working);
    sys_days last = sys_days{start} + days{length.n};
    if (length.unit == period_unit::month)
        last = months_after(start, length.n);
    else if (length.unit == period_unit::year)
        last = months_after(start, length.n * 12);
    last = put_off(sys_days{start}, last, stops);
    return last_day{date{last}, rolled_over(last, working)};
}

int days_between(date from, date to)
{
    return static_cast<int>((sys_days{to} - sys_days{from}).count());
}

}  // namespace cases
