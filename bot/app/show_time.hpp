#pragma once
// Times as staff read and type them: China Standard Time, "2026-03-05 14:30:00".

#include "bot/base/clock.hpp"

#include <cstdio>
#include <optional>
#include <string>

namespace bot::app {

inline std::string show_time(instant at)
{
    namespace ch = std::chrono;
    const auto local = at + china_offset;
    const auto day = ch::floor<ch::days>(local);
    const ch::year_month_day date(day);
    const ch::hh_mm_ss time(ch::floor<ch::seconds>(local - day));
    char text[32];
    std::snprintf(
        text, sizeof text, "%04d-%02u-%02u %02d:%02d:%02d", int(date.year()), unsigned(date.month()),
        unsigned(date.day()), int(time.hours().count()), int(time.minutes().count()), int(time.seconds().count())
    );
    return text;
}

// "2026-03-05 14:30" with optional seconds, 'T' for the space; nullopt for anything else.
inline std::optional<instant> read_time(const std::string& text)
{
    namespace ch = std::chrono;
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    char separator = 0;
    const int fields = std::sscanf(
        text.c_str(), "%4d-%2d-%2d%c%2d:%2d:%2d", &year, &month, &day, &separator, &hour, &minute, &second
    );
    const ch::year_month_day date{ch::year(year), ch::month(unsigned(month)), ch::day(unsigned(day))};
    const bool separated = separator == ' ' || separator == 'T';
    if (fields < 6 || !separated || !date.ok() || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    const auto local = ch::sys_days(date) + ch::hours(hour) + ch::minutes(minute) + ch::seconds(second);
    return instant(local - china_offset);
}

}  // namespace bot::app
