#include "bot/base/error.hpp"
#include "bot/base/ids.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;

constexpr bot::instant day{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};

TEST(TimeOrderedId, GrowsWithTimeWhateverTheRandomBits)
{
    EXPECT_LT(bot::time_ordered_id(day, ~0ULL), bot::time_ordered_id(day + 1ms, 0));
    EXPECT_LT(bot::time_ordered_id(day, 1), bot::time_ordered_id(day, 2));
    EXPECT_EQ(bot::time_ordered_id(day, 5), bot::time_ordered_id(day, 5 + (1ULL << 22)));
}

TEST(TimeOrderedId, StaysPositiveForSixtyYears)
{
    const bot::instant late{std::chrono::sys_days{std::chrono::year{2084} / 1 / 1}};
    EXPECT_GT(bot::time_ordered_id(day, 0), 0);
    EXPECT_GT(bot::time_ordered_id(late, ~0ULL), bot::time_ordered_id(day, ~0ULL));
}

TEST(Error, HasANameForLogsAndKeepsForeignCodesApart)
{
    EXPECT_EQ(bot::error_name(bot::errc::bad_signature), "bad_signature");
    EXPECT_EQ(bot::error_name(bot::errc::bad_configuration), "bad_configuration");
    const boost::system::error_code foreign(1, boost::system::system_category());
    EXPECT_EQ(bot::error_name(foreign), "other");
    EXPECT_NE(boost::system::error_code(bot::errc::bad_signature), foreign);
    EXPECT_STREQ(boost::system::error_code(bot::errc::stale).category().name(), "hejie");
}

}  // namespace
