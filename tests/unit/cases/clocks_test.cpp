// Periods of law to the day: the start not counted, month ends, days off, standstills, and a refusal where the list of days
// off is missing.
#include "cases/clocks.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <ostream>
#include <vector>

namespace {

using cases::date;
using cases::period;
using cases::standstill;
using enum cases::period_unit;
using namespace std::chrono_literals;
using std::chrono::sys_days;

void add_range(std::set<date>& days, date first, date last)
{
    for (auto day = sys_days{first}; day <= sys_days{last}; day += std::chrono::days{1})
        days.insert(date{day});
}

// The State Council's list for 2026. 2025 and 2027 are missing.
const cases::calendar& calendar_2026()
{
    static const cases::calendar made = [] {
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
        days.add_year(2026y, year);
        return days;
    }();
    return made;
}

struct row {
    period length;
    date start;
    std::vector<standstill> stops;
    date unrounded;
    std::optional<date> rolled;
};
void PrintTo(const row& r, std::ostream* out)
{
    *out << r.length.n << " of unit " << static_cast<int>(r.length.unit) << " from " << static_cast<int>(r.start.year()) << '-'
         << static_cast<unsigned>(r.start.month()) << '-' << static_cast<unsigned>(r.start.day());
}

class clock_rows : public testing::TestWithParam<row> {};

TEST_P(clock_rows, end_on_the_day)
{
    const auto& r = GetParam();
    const auto end = cases::end_of(r.length, r.start, r.stops, calendar_2026());
    ASSERT_TRUE(end);
    EXPECT_EQ(end->unrounded, r.unrounded);
    EXPECT_EQ(end->rolled, r.rolled);
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(periods, clock_rows, testing::Values(
    // An agreement in force on 2 March: 30 days end on 1 April (the example of the reference).
    row{{day, 30}, 2026y / 3 / 2, {}, 2026y / 4 / 1, 2026y / 4 / 1},
    // 7 days after 27 March: 3 April, a Friday; after 28 March: 4 April, Qingming, rolled to Tuesday the 7th.
    row{{day, 7}, 2026y / 3 / 27, {}, 2026y / 4 / 3, 2026y / 4 / 3},
    row{{day, 7}, 2026y / 3 / 28, {}, 2026y / 4 / 4, 2026y / 4 / 7},
    // A plain Saturday rolls to Monday.
    row{{day, 15}, 2026y / 3 / 6, {}, 2026y / 3 / 21, 2026y / 3 / 23},
    // A Saturday worked as a make-up day is a working day: nothing rolls.
    row{{day, 15}, 2026y / 2 / 13, {}, 2026y / 2 / 28, 2026y / 2 / 28},
    // Into the Spring Festival and out again.
    row{{day, 60}, 2025y / 12 / 18, {}, 2026y / 2 / 16, 2026y / 2 / 24},
    // Months: the corresponding day, or the month's last one where there is none.
    row{{month, 6}, 2026y / 1 / 15, {}, 2026y / 7 / 15, 2026y / 7 / 15},
    row{{month, 1}, 2026y / 1 / 31, {}, 2026y / 2 / 28, 2026y / 2 / 28},
    row{{month, 6}, 2025y / 8 / 31, {}, 2026y / 2 / 28, 2026y / 2 / 28},
    row{{month, 6}, 2025y / 12 / 31, {}, 2026y / 6 / 30, 2026y / 6 / 30},
    row{{year, 1}, 2024y / 2 / 29, {}, 2025y / 2 / 28, std::nullopt},
    row{{year, 1}, 2025y / 5 / 2, {}, 2026y / 5 / 2, 2026y / 5 / 6},
    // Three years reach a year without a list: the day is known, whether it rolls is not.
    row{{year, 3}, 2026y / 3 / 5, {}, 2029y / 3 / 5, std::nullopt},
    row{{year, 20}, 2009y / 6 / 1, {}, 2029y / 6 / 1, std::nullopt},
    // The last day of the year that is known is a working day; the day before a missing year cannot roll.
    row{{day, 1}, 2026y / 12 / 30, {}, 2026y / 12 / 31, 2026y / 12 / 31},
    // Working days: 3 over a weekend, over Qingming, over the make-up Saturday before the Spring Festival.
    row{{working_day, 3}, 2026y / 3 / 5, {}, 2026y / 3 / 10, 2026y / 3 / 10},
    row{{working_day, 3}, 2026y / 4 / 2, {}, 2026y / 4 / 8, 2026y / 4 / 8},
    row{{working_day, 3}, 2026y / 2 / 12, {}, 2026y / 2 / 24, 2026y / 2 / 24},
    row{{working_day, 10}, 2026y / 9 / 24, {}, 2026y / 10 / 15, 2026y / 10 / 15},
    // A standstill of ten days inside puts the end off by ten; one before the start or after the end does nothing.
    row{{day, 30}, 2026y / 3 / 2, {{2026y / 3 / 10, 2026y / 3 / 19}}, 2026y / 4 / 11, 2026y / 4 / 13},
    row{{day, 30}, 2026y / 3 / 2, {{2026y / 2 / 1, 2026y / 3 / 2}}, 2026y / 4 / 1, 2026y / 4 / 1},
    row{{day, 30}, 2026y / 3 / 2, {{2026y / 4 / 2, 2026y / 4 / 20}}, 2026y / 4 / 1, 2026y / 4 / 1},
    // The same days twice count once; a standstill that begins on the last day holds the end.
    row{{day, 30}, 2026y / 3 / 2, {{2026y / 3 / 10, 2026y / 3 / 19}, {2026y / 3 / 15, 2026y / 3 / 19}}, 2026y / 4 / 11, 2026y / 4 / 13},
    row{{day, 30}, 2026y / 3 / 2, {{2026y / 4 / 1, 2026y / 4 / 10}}, 2026y / 4 / 11, 2026y / 4 / 13},
    row{{month, 6}, 2026y / 1 / 15, {{2026y / 3 / 1, 2026y / 3 / 31}}, 2026y / 8 / 15, 2026y / 8 / 17},
    row{{working_day, 3}, 2026y / 3 / 5, {{2026y / 3 / 6, 2026y / 3 / 9}}, 2026y / 3 / 12, 2026y / 3 / 12}));
// clang-format on

TEST(Clocks, RefuseWhatTheyCannotKnow)
{
    const auto& days = calendar_2026();
    EXPECT_FALSE(cases::end_of({working_day, 3}, 2026y / 12 / 30, {}, days));  // needs 2027
    EXPECT_FALSE(cases::end_of({working_day, 1}, 2025y / 6 / 2, {}, days));
    EXPECT_FALSE(cases::end_of({day, 0}, 2026y / 3 / 2, {}, days));
    EXPECT_FALSE(cases::end_of({day, -1}, 2026y / 3 / 2, {}, days));
    EXPECT_FALSE(cases::end_of({day, 30}, 2026y / 2 / 30, {}, days));
    EXPECT_FALSE(cases::end_of({year, 1000}, 2026y / 3 / 2, {}, days));
    const std::vector<standstill> endless{{2026y / 3 / 10, 9999y / 1 / 1}};
    EXPECT_FALSE(cases::end_of({day, 30}, 2026y / 3 / 2, endless, days));
}

// The end of 31 December cannot be said when it falls on a day off: the next year's list decides.
TEST(Clocks, AnEndThatMustRollIntoAMissingYearIsNotGuessed)
{
    cases::calendar days;
    cases::calendar_year year;
    year.holidays = {2026y / 12 / 31};
    days.add_year(2026y, year);
    const auto end = cases::end_of({day, 1}, 2026y / 12 / 30, {}, days);
    ASSERT_TRUE(end);
    EXPECT_EQ(end->unrounded, 2026y / 12 / 31);
    EXPECT_EQ(end->rolled, std::nullopt);
}

rc::Gen<date> some_day()
{
    return rc::gen::map(rc::gen::inRange(0, 364), [](int n) { return date{sys_days{2026y / 1 / 1} + std::chrono::days{n}}; });
}
rc::Gen<period> some_period()
{
    return rc::gen::apply([](int unit, int n) { return period{static_cast<cases::period_unit>(unit), n}; },
                          rc::gen::inRange(0, 4), rc::gen::inRange(1, 40));
}
rc::Gen<standstill> some_standstill()
{
    return rc::gen::apply([](date from, int length) { return standstill{from, date{sys_days{from} + std::chrono::days{length}}}; },
                          some_day(), rc::gen::inRange(0, 30));
}

RC_GTEST_PROP(Clocks, AddingAStandstillNeverShortens, ())
{
    const auto length = *some_period();
    const auto start = *some_day();
    auto stops = *rc::gen::container<std::vector<standstill>>(some_standstill());
    const auto without = cases::end_of(length, start, stops, calendar_2026());
    stops.push_back(*some_standstill());
    const auto with = cases::end_of(length, start, stops, calendar_2026());
    RC_PRE(without && with);
    RC_ASSERT(with->unrounded >= without->unrounded);
}

RC_GTEST_PROP(Clocks, TheRolledDayIsAWorkingDayAndNeverTheEarlierOne, ())
{
    const auto end = cases::end_of(*some_period(), *some_day(), {}, calendar_2026());
    RC_PRE(end && end->rolled);
    RC_ASSERT(*end->rolled >= end->unrounded);
    RC_ASSERT(calendar_2026().is_working_day(*end->rolled) == true);
    for (auto day = sys_days{end->unrounded}; day < sys_days{*end->rolled}; day += std::chrono::days{1})
        RC_ASSERT(calendar_2026().is_working_day(date{day}) == false);
}

RC_GTEST_PROP(Clocks, AreLaterForALaterStartAndForALongerPeriod, ())
{
    const auto length = *some_period();
    const auto start = *some_day();
    const auto end = cases::end_of(length, start, {}, calendar_2026());
    const auto next = cases::end_of(length, date{sys_days{start} + std::chrono::days{1}}, {}, calendar_2026());
    const auto longer = cases::end_of({length.unit, length.n + 1}, start, {}, calendar_2026());
    RC_PRE(end && next && longer);
    RC_ASSERT(next->unrounded >= end->unrounded);
    RC_ASSERT(longer->unrounded > end->unrounded);
    RC_ASSERT(end->unrounded > start);
}

RC_GTEST_PROP(Clocks, DaysAreTheSameAsTheCalendarCounts, ())
{
    const auto start = *some_day();
    const auto n = *rc::gen::inRange(1, 120);
    const auto end = cases::end_of({day, n}, start, {}, calendar_2026());
    const auto other = calendar_2026().add_days(start, n);
    RC_ASSERT(end.has_value());
    if (other) {
        RC_ASSERT(end->unrounded == other->unrounded);
        RC_ASSERT(end->rolled == other->rolled);
    } else {
        RC_ASSERT(!end->rolled);
    }
    RC_ASSERT(cases::days_between(start, end->unrounded) == n);
}

}  // namespace
