#include "dialogs/engine/readers_date_calendar.hpp"

namespace dialogs {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;

std::optional<said_date> past_calendar::checked(int y, std::optional<unsigned> m, std::optional<unsigned> d)
    const
{
    const year of{y};
    if (y < first_year || of > today_.year()) return std::nullopt;
    if (!m) return said_date{of, std::nullopt, std::nullopt};
    const month in{*m};
    if (!in.ok() || of / in > today_.year() / today_.month()) return std::nullopt;
    if (!d) return said_date{of, in, std::nullopt};
    const cases::date full{of, in, day{*d}};
    return full.ok() && full <= today_ ? std::optional{said_date{of, in, day{*d}}} : std::nullopt;
}

std::optional<said_date> past_calendar::exactly(cases::date full) const
{
    return checked(int{full.year()}, unsigned{full.month()}, unsigned{full.day()});
}

std::optional<said_date> past_calendar::last_time(unsigned m, std::optional<unsigned> d) const
{
    const int now = int{today_.year()};
    const auto this_year = checked(now, m, d);
    return this_year ? this_year : checked(now - 1, m, d);
}

std::chrono::year_month past_calendar::month_of(int days_ago) const
{
    const cases::date then = day_ago(days_ago);
    return then.year() / then.month();
}

std::optional<said_date> past_calendar::in_month(std::chrono::year_month in) const
{
    return checked(int{in.year()}, unsigned{in.month()}, std::nullopt);
}

std::optional<said_date> past_calendar::in_week(int weeks_back, int weekday) const
{
    const auto now = static_cast<int>(std::chrono::weekday{sys_days{today_}}.iso_encoding());
    if (weeks_back < 0) return exactly(day_ago((now - weekday + 7) % 7));
    return exactly(day_ago(now - weekday + 7 * weeks_back));
}

}  // namespace dialogs
