#include "cases/calendar.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <initializer_list>

namespace {

using cases::date;
using namespace std::chrono_literals;

void add_range(std::set<date>& days, date first, date last)
{
    for (auto day = std::chrono::sys_days{first}; day <= std::chrono::sys_days{last}; day += std::chrono::days{1})
        days.insert(date{day});
}

// The State Council's list for 2026; 2025 only as far as the tests need a year before. 2027 is missing.
cases::calendar calendar_2026()
{
    cases::calendar_year last;
    add_range(last.holidays, 2025y / 10 / 1, 2025y / 10 / 8);
    last.working_weekends = {2025y / 9 / 28, 2025y / 10 / 11};
    cases::calendar_year year;
    add_range(year.holidays, 2026y / 1 / 1, 2026y / 1 / 3);
    add_range(year.holidays, 2026y / 2 / 15, 2026y / 2 / 23);
    add_range(year.holidays, 2026y / 4 / 4, 2026y / 4 / 6);
    add_range(year.holidays, 2026y / 5 / 1, 2026y / 5 / 5);
    add_range(year.holidays, 2026y / 6 / 19, 2026y / 6 / 21);
    add_range(year.holidays, 2026y / 9 / 25, 2026y / 9 / 27);
    add_range(year.holidays, 2026y / 10 / 1, 2026y / 10 / 7);
    year.working_weekends = {2026y / 1 / 4, 2026y / 2 / 14, 2026y / 2 / 28, 2026y / 5 / 9, 2026y / 9 / 20, 2026y / 10 / 10};
    cases::calendar days;
    days.add_year(2025y, last);
    days.add_year(2026y, year);
    return days;
}

bot::instant at(date day, std::chrono::milliseconds china_time_of_day)
{
    return bot::instant{std::chrono::sys_days{day} - bot::china_offset} + china_time_of_day;
}

TEST(Calendar, KnowsHolidaysAndMakeUpDays)
{
    const auto days = calendar_2026();
    EXPECT_EQ(days.is_working_day(2026y / 3 / 2), true);    // an ordinary Monday
    EXPECT_EQ(days.is_working_day(2026y / 3 / 7), false);   // an ordinary Saturday
    EXPECT_EQ(days.is_working_day(2026y / 2 / 14), true);   // a Saturday worked for the Spring Festival
    EXPECT_EQ(days.is_working_day(2026y / 2 / 28), true);
    EXPECT_EQ(days.is_working_day(2026y / 2 / 16), false);  // a Monday inside the Spring Festival
    EXPECT_EQ(days.is_working_day(2026y / 10 / 10), true);
    EXPECT_EQ(days.is_working_day(2026y / 10 / 8), true);
}

TEST(Calendar, RefusesAYearThatIsNotInTheTable)
{
    const auto days = calendar_2026();
    EXPECT_EQ(days.is_working_day(2027y / 1 / 4), std::nullopt);
    EXPECT_EQ(days.is_working_day(2024y / 12 / 31), std::nullopt);
    EXPECT_EQ(days.add_working_days(2026y / 12 / 30, 3), std::nullopt);
    EXPECT_FALSE(days.add_days(2026y / 12 / 20, 30).has_value());
    EXPECT_FALSE(cases::calendar{}.add_days(2026y / 3 / 2, 1).has_value());
    EXPECT_EQ(cases::calendar{}.add_working_days(2026y / 3 / 2, 1), std::nullopt);
}

TEST(Calendar, RefusesADayThatDoesNotExist)
{
    const auto days = calendar_2026();
    EXPECT_EQ(days.is_working_day(2026y / 2 / 30), std::nullopt);
    EXPECT_EQ(days.add_working_days(2026y / 2 / 30, 1), std::nullopt);
    EXPECT_FALSE(days.add_days(2026y / 13 / 1, 1).has_value());
}

TEST(Calendar, RefusesAbsurdPeriods)
{
    const auto days = calendar_2026();
    EXPECT_FALSE(days.add_days(2026y / 3 / 2, 2'000'000'000).has_value());
    EXPECT_FALSE(days.add_days(2026y / 3 / 2, 65'536 * 365).has_value());  // where a 16-bit year has wrapped
    EXPECT_EQ(days.add_working_days(2026y / 3 / 2, 2'000'000'000), std::nullopt);
    EXPECT_FALSE(days.add_days(2026y / 3 / 2, -1).has_value());
    EXPECT_EQ(days.add_working_days(2026y / 3 / 2, -1), std::nullopt);
}

struct period {
    date from;
    int n;
    date unrounded;
    date rolled;
};

class CalendarDays : public testing::TestWithParam<period> {};

TEST_P(CalendarDays, EndWhereTheLawSays)
{
    const auto& row = GetParam();
    const auto end = calendar_2026().add_days(row.from, row.n);
    ASSERT_TRUE(end.has_value());
    EXPECT_EQ(end->unrounded, row.unrounded);
    EXPECT_EQ(end->rolled, row.rolled);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, CalendarDays,
    testing::Values(
        period{2026y / 3 / 2, 30, 2026y / 4 / 1, 2026y / 4 / 1},     // the reference's example
        period{2026y / 3 / 5, 30, 2026y / 4 / 4, 2026y / 4 / 7},     // into Qingming
        period{2026y / 1 / 16, 30, 2026y / 2 / 15, 2026y / 2 / 24},  // into the Spring Festival
        period{2026y / 2 / 7, 7, 2026y / 2 / 14, 2026y / 2 / 14},    // a make-up Saturday is no day off
        period{2026y / 9 / 1, 30, 2026y / 10 / 1, 2026y / 10 / 8},   // into the National Day
        period{2026y / 3 / 1, 13, 2026y / 3 / 14, 2026y / 3 / 16},   // an ordinary Saturday
        period{2025y / 12 / 20, 12, 2026y / 1 / 1, 2026y / 1 / 4},   // over the year, to a make-up Sunday
        period{2026y / 3 / 2, 0, 2026y / 3 / 2, 2026y / 3 / 2})      // no day at all
);

struct working_period {
    date from;
    int n;
    date last;
};

class WorkingDays : public testing::TestWithParam<working_period> {};

TEST_P(WorkingDays, SkipDaysOffAndCountMakeUpDays)
{
    const auto& row = GetParam();
    EXPECT_EQ(calendar_2026().add_working_days(row.from, row.n), row.last);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, WorkingDays,
    testing::Values(
        working_period{2026y / 3 / 2, 3, 2026y / 3 / 5},     // Monday to Thursday
        working_period{2026y / 3 / 6, 1, 2026y / 3 / 9},     // Friday to Monday
        working_period{2026y / 3 / 7, 1, 2026y / 3 / 9},     // begun on a Saturday
        working_period{2026y / 2 / 13, 3, 2026y / 2 / 25},   // make-up Saturday, then the festival
        working_period{2026y / 9 / 30, 3, 2026y / 10 / 10},  // Thursday, Friday, make-up Saturday
        working_period{2025y / 12 / 31, 1, 2026y / 1 / 4},   // over the year
        working_period{2026y / 3 / 2, 0, 2026y / 3 / 2})
);

TEST(Calendar, ChinaDateTurnsAtChinasMidnight)
{
    EXPECT_EQ(cases::china_date(at(2026y / 3 / 2, 0ms)), 2026y / 3 / 2);
    EXPECT_EQ(cases::china_date(at(2026y / 3 / 2, -1ms)), 2026y / 3 / 1);
    EXPECT_EQ(cases::china_date(cases::end_of_day(2026y / 3 / 2)), 2026y / 3 / 2);
    EXPECT_EQ(cases::china_date(cases::end_of_day(2026y / 3 / 2) + 1ms), 2026y / 3 / 3);
}

TEST(Calendar, AcceptanceIsDueAtTheEndOfTheThirdWorkingDay)
{
    const auto days = calendar_2026();
    EXPECT_EQ(cases::accept_by(days, at(2026y / 3 / 2, 10h)), cases::end_of_day(2026y / 3 / 5));
    // 00:30 in China is still the day before in UTC.
    EXPECT_EQ(cases::accept_by(days, at(2026y / 3 / 3, 30min)), cases::end_of_day(2026y / 3 / 6));
    EXPECT_EQ(cases::accept_by(days, at(2026y / 9 / 30, 23h)), cases::end_of_day(2026y / 10 / 10));
    EXPECT_EQ(cases::accept_by(days, at(2026y / 12 / 30, 10h)), std::nullopt);
}

date some_day()
{
    return date{std::chrono::sys_days{2025y / 1 / 1} + std::chrono::days{*rc::gen::inRange(0, 640)}};
}

RC_GTEST_PROP(CalendarProperty, RolledEndIsTheFirstWorkingDayFromTheUnrounded, ())
{
    const auto days = calendar_2026();
    const auto from = some_day();
    const auto n = *rc::gen::inRange(0, 60);
    const auto end = days.add_days(from, n);
    RC_ASSERT(end.has_value());
    RC_ASSERT(std::chrono::sys_days{end->unrounded} - std::chrono::sys_days{from} == std::chrono::days{n});
    RC_ASSERT(days.is_working_day(end->rolled) == true);
    for (std::chrono::sys_days day{end->unrounded}; day < std::chrono::sys_days{end->rolled}; day += std::chrono::days{1})
        RC_ASSERT(days.is_working_day(date{day}) == false);
}

RC_GTEST_PROP(CalendarProperty, MorePeriodEndsNoEarlier, ())
{
    const auto days = calendar_2026();
    const auto from = some_day();
    const auto n = *rc::gen::inRange(0, 40);
    RC_ASSERT(days.add_days(from, n)->rolled <= days.add_days(from, n + 1)->rolled);
    RC_ASSERT(days.add_working_days(from, n) < days.add_working_days(from, n + 1));
}

RC_GTEST_PROP(CalendarProperty, WorkingPeriodEndsOnAWorkingDayWithExactlyNOnTheWay, ())
{
    const auto days = calendar_2026();
    const auto from = some_day();
    const auto n = *rc::gen::inRange(1, 40);
    const auto last = days.add_working_days(from, n);
    RC_ASSERT(last.has_value());
    RC_ASSERT(days.is_working_day(*last) == true);
    int worked = 0;
    for (std::chrono::sys_days day = std::chrono::sys_days{from} + std::chrono::days{1}; day <= std::chrono::sys_days{*last};
         day += std::chrono::days{1})
        worked += *days.is_working_day(date{day}) ? 1 : 0;
    RC_ASSERT(worked == n);
}

}  // namespace
