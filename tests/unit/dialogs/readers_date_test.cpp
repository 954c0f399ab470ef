#include "dialogs/engine/readers.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <ostream>
#include <string>

namespace {

using namespace std::chrono_literals;

constexpr cases::date today = 2026y / 11 / 23;  // a Monday

std::string read(std::string_view text, cases::date on = today)
{
    const auto said = dialogs::read_past_date(text, on);
    return said ? said->canonical() : "-";
}

struct row {
    std::string_view text;
    std::string_view canonical;  // "-": no date in the past was said
};

void PrintTo(const row& one, std::ostream* out)
{
    *out << one.text;
}

class ReadDate : public testing::TestWithParam<row> {};

TEST_P(ReadDate, ReadsWhatWasMeant)
{
    EXPECT_EQ(read(GetParam().text), GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(
    Relative, ReadDate,
    testing::Values(
        row{"今天", "2026-11-23"}, row{"昨天", "2026-11-22"}, row{"前天晚上", "2026-11-21"}, row{"大前天", "2026-11-20"},
        row{"昨天晚上8点", "2026-11-22"}, row{"刚才", "2026-11-23"}, row{"三天前", "2026-11-20"}, row{"3天以前", "2026-11-20"},
        row{"两个月前", "2026-09"}, row{"半年前", "2026-05"}, row{"三年前", "2023"}, row{"两周前", "2026-11"},
        row{"上周五", "2026-11-20"}, row{"上个星期天", "2026-11-22"}, row{"上上周三", "2026-11-11"}, row{"周五", "2026-11-20"},
        row{"周一", "2026-11-23"}, row{"礼拜六", "2026-11-21"}, row{"上个月十五号", "2026-10-15"}, row{"上个月", "2026-10"},
        row{"上上个月", "2026-09"}, row{"这个月3号", "2026-11-03"}, row{"前年", "2024"}, row{"去年", "2025"},
        row{"大前年", "2023"}, row{"今年", "2026"}, row{"去年三月", "2025-03"}, row{"去年的3月5号", "2025-03-05"},
        row{"今年 3月份", "2026-03"})
);

INSTANTIATE_TEST_SUITE_P(
    Absolute, ReadDate,
    testing::Values(
        row{"2026年3月", "2026-03"}, row{"2026年3月5日", "2026-03-05"}, row{"2026/3/5", "2026-03-05"},
        row{"2026-03-05", "2026-03-05"}, row{"2026.3.5", "2026-03-05"}, row{"20260305", "2026-03-05"},
        row{"２０２６年３月５日", "2026-03-05"}, row{"二〇二六年三月五日", "2026-03-05"}, row{"二零二五年", "2025"},
        row{"三月五号", "2026-03-05"}, row{"3月15", "2026-03-15"}, row{"12月3号", "2025-12-03"},  // this year's is to come
        row{"十二月", "2025-12"}, row{"三月份", "2026-03"}, row{"15号", "2026-11-15"}, row{"28号", "2026-10-28"},
        row{"3.15", "2026-03-15"}, row{"3/15", "2026-03-15"}, row{"3-15", "2026-03-15"}, row{"2025", "2025"},
        row{"202503", "2025-03"}, row{"24年3月", "2024-03"}, row{"从98年开始", "1998"}, row{"2024-12", "2024-12"},
        row{"2026年2月28号发的工资", "2026-02-28"}, row{"从2024年3月到2025年1月", "2024-03"},
        row{"我是2025年3月1日入职的", "2025-03-01"}, row{"大概十月二十三号左右", "2026-10-23"},
        row{"3月5000元工资没发", "2026-03"})
);

INSTANTIATE_TEST_SUITE_P(
    NoDate, ReadDate,
    testing::Values(
        row{"", "-"}, row{"不知道", "-"}, row{"明天", "-"},
        row{"下个月5号", "-"}, row{"2027年3月5日", "-"}, row{"2026年12月", "-"}, row{"2月30日", "-"}, row{"2026年13月", "-"},
        row{"3个月", "-"}, row{"住了20年了", "-"}, row{"以前天天吵", "-"}, row{"每月15号发工资", "-"}, row{"15号楼", "-"},
        row{"1.2万", "-"}, row{"0月5日", "-"}, row{"13812345678", "-"}, row{"9999-99-99", "-"}, row{"几天前", "-"},
        row{"0577-88888888", "-"}, row{"本周五", "-"}, row{"\xff\xfe", "-"}, row{"99999999999999999999年", "-"})
);

TEST(ReadDate, MonthsAndWeeksCrossTheYear)
{
    EXPECT_EQ(read("上个月", 2026y / 1 / 10), "2025-12");
    EXPECT_EQ(read("28号", 2026y / 1 / 10), "2025-12-28");
    EXPECT_EQ(read("昨天", 2026y / 1 / 1), "2025-12-31");
    EXPECT_EQ(read("上周五", 2026y / 1 / 1), "2025-12-26");
    EXPECT_EQ(read("2月29", 2024y / 3 / 1), "2024-02-29");
    EXPECT_EQ(read("2月29", 2026y / 3 / 1), "-");
}

RC_GTEST_PROP(DateProperty, ReadsBackItsCanonicalForm, ())
{
    const cases::date some{std::chrono::sys_days{today} - std::chrono::days{*rc::gen::inRange(0, 30'000)}};
    const dialogs::said_date full{some.year(), some.month(), some.day()};
    RC_ASSERT(read(full.canonical()) == full.canonical());
    const dialogs::said_date month{some.year(), some.month(), std::nullopt};
    RC_ASSERT(read(month.canonical()) == month.canonical());
}

RC_GTEST_PROP(DateProperty, IsNeverInTheFuture, ())
{
    static const std::vector<std::string> words{"明", "前", "天", "年", "月", "日", "号", "上", "个", "周", "去", "今",
                                                "-",  "/",  ".",  "三", "十", "二", "零", "2",  "0",  "6",  "1",  "9"};
    std::string text;
    for (const auto& word : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(words)))
        text += word;
    if (const auto said = dialogs::read_past_date(text, today)) {
        RC_ASSERT(said->year <= today.year());
        if (said->month)
            RC_ASSERT(said->year / *said->month <= today.year() / today.month());
        if (said->month && said->day)
            RC_ASSERT(said->year / *said->month / *said->day <= today);
    }
}

}  // namespace
