// The lunar table against ICU's calendar, and what people say by it.
#include "dialogs/engine/readers_date_lunar.hpp"

#include <gtest/gtest.h>

#include <unicode/calendar.h>
#include <unicode/gregocal.h>

#include <memory>

namespace {

using namespace dialogs;
using std::chrono::sys_days;

constexpr cases::date today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{23}};

struct lunar_day {
    int month, day;
    bool leap;
};

lunar_day by_icu(icu::Calendar& chinese, sys_days at)
{
    UErrorCode status = U_ZERO_ERROR;
    // Noon in China.
    chinese.setTime(static_cast<double>((at.time_since_epoch().count() * 24 + 4) * 3'600'000LL), status);
    const lunar_day out{chinese.get(UCAL_MONTH, status) + 1, chinese.get(UCAL_DATE, status), chinese.get(UCAL_IS_LEAP_MONTH, status) != 0};
    EXPECT_TRUE(U_SUCCESS(status));
    return out;
}

// ICU computes the moon; the published calendar is a day off from it where the new moon falls near midnight.
TEST(lunar_table, agrees_with_icu_but_for_new_moons_near_midnight)
{
    int off = 0;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Calendar> chinese(icu::Calendar::createInstance(
        icu::TimeZone::createTimeZone("Asia/Shanghai"), icu::Locale("zh@calendar=chinese"), status));
    ASSERT_TRUE(U_SUCCESS(status));
    for (int year = first_lunar_year; year <= last_lunar_year; ++year)
        for (int month = 1; month <= 12; ++month) {
            const auto range = days_of({year, month});
            ASSERT_TRUE(range);
            const auto begins = [&](sys_days at) {
                const auto there = by_icu(*chinese, at);
                return there.month == month && there.day == 1 && !there.leap;
            };
            if (begins(sys_days(range->first)))
                continue;
            ++off;
            EXPECT_TRUE(begins(sys_days(range->first) - std::chrono::days(1)) || begins(sys_days(range->first) + std::chrono::days(1)))
                << year << '/' << month;
        }
    EXPECT_LE(off, 4);
}

// The first day of the year as the State Council's lists of holidays and the Purple Mountain almanac have it.
TEST(lunar_table, begins_each_year_on_the_published_day)
{
    const std::chrono::month_day published[] = {std::chrono::January / 25, std::chrono::February / 12, std::chrono::February / 1,
                                                std::chrono::January / 22, std::chrono::February / 10, std::chrono::January / 29,
                                                std::chrono::February / 17, std::chrono::February / 6};
    for (int year = 2020; year <= 2027; ++year) {
        const auto first = days_of({year, 1})->first;
        EXPECT_EQ(first, std::chrono::year(year) / published[year - 2020].month() / published[year - 2020].day()) << year;
        EXPECT_EQ(lunar_year_of(first), year);
        EXPECT_EQ(lunar_year_of(cases::date(sys_days(first) - std::chrono::days(1))), year - 1);
    }
    EXPECT_FALSE(days_of({1999, 1}));
    EXPECT_FALSE(days_of({2026, 13}));
}

struct said_row {
    const char* text;
    const char* meant;  // canonical; "": none
};

class lunar_dates : public testing::TestWithParam<said_row> {};

TEST_P(lunar_dates, are_read_as_people_say_them)
{
    const auto read = read_past_date(GetParam().text, today);
    EXPECT_EQ(read ? read->canonical() : "", GetParam().meant) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(said, lunar_dates, testing::Values(
    said_row{"国庆那天", "2026-10-01"}, said_row{"去年国庆", "2025-10-01"}, said_row{"国庆节的时候", "2026-10-01"},
    said_row{"元旦", "2026-01-01"}, said_row{"圣诞节", "2025-12-25"}, said_row{"五一放假", "2026-05-01"}, said_row{"双十一", "2026-11-11"},
    said_row{"中秋节那天晚上", "2026-09-25"}, said_row{"去年中秋", "2025-10-06"}, said_row{"端午", "2026-06-19"}, said_row{"春节", "2026-02-17"},
    said_row{"大年初一", "2026-02-17"}, said_row{"去年春节", "2025-01-29"}, said_row{"除夕", "2026-02-16"}, said_row{"去年年三十", "2025-01-28"},
    said_row{"今年元宵节", "2026-03-03"}, said_row{"正月初五", "2026-02-21"}, said_row{"去年正月十五", "2025-02-12"},
    said_row{"去年腊月", "2026-01-19/2026-02-16"}, said_row{"腊月二十三", "2026-02-10"}, said_row{"农历三月初三", "2026-04-19"},
    said_row{"阴历八月廿五", "2026-10-05"}, said_row{"2024年腊月", "2024-12-31/2025-01-28"}, said_row{"今年腊月", ""},
    said_row{"五一路", ""}, said_row{"2040年腊月", ""}, said_row{"农历闰六月初一", ""}, said_row{"腊月三十一", "2026-01-19/2026-02-16"}));

TEST(lunar_dates_elsewhere, outside_the_table_nothing_is_guessed)
{
    const cases::date later{std::chrono::year{2040}, std::chrono::month{3}, std::chrono::day{1}};
    EXPECT_FALSE(read_past_date("去年腊月", later));
    EXPECT_FALSE(read_past_date("中秋", later));
    EXPECT_TRUE(read_past_date("国庆", later));
}

}  // namespace
