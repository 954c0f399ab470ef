#include "dialogs/engine/readers.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <optional>
#include <ostream>

namespace {

struct spoken {
    std::string_view text;
    std::optional<std::int64_t> fen;
};

void PrintTo(const spoken& row, std::ostream* out)
{
    *out << row.text;
}

class ReadMoney : public testing::TestWithParam<spoken> {};

TEST_P(ReadMoney, ReadsWhatWasMeant)
{
    EXPECT_EQ(dialogs::read_money_fen(GetParam().text), GetParam().fen);
}

constexpr auto none = std::nullopt;

INSTANTIATE_TEST_SUITE_P(
    Arabic, ReadMoney,
    testing::Values(
        spoken{"3500", 350000}, spoken{"3500元", 350000}, spoken{"3500块", 350000}, spoken{"3500块钱", 350000},
        spoken{"１２０００", 1200000}, spoken{"1.2万", 1200000}, spoken{"35,000.50元", 3500050}, spoken{"¥3,500", 350000},
        spoken{"￥3500", 350000}, spoken{"人民币3500", 350000}, spoken{"3500rmb", 350000}, spoken{"3k", 300000},
        spoken{"2w", 2000000}, spoken{"2W多", 2000000}, spoken{"3千5", 350000}, spoken{"1万2", 1200000},
        spoken{"1万2千300", 1230000}, spoken{"1万200", 1020000}, spoken{"0", 0}, spoken{"0元", 0}, spoken{"0.5元", 50},
        spoken{"35元5角", 3550}, spoken{"3块5", 350}, spoken{"3块5毛2分", 352}, spoken{"5毛", 50}, spoken{"3万5千", 3500000},
        spoken{"大概5000左右", 500000}, spoken{"欠我3500没给", 350000}, spoken{"5000多块", 500000},
        spoken{"1.234567万元", 1234567}, spoken{"3500元/月", 350000}, spoken{"工资3500，押金没算", 350000})
);

INSTANTIATE_TEST_SUITE_P(
    Chinese, ReadMoney,
    testing::Values(
        spoken{"三万五", 3500000}, spoken{"两千三百元", 230000}, spoken{"大概五千", 500000}, spoken{"一百零五", 10500},
        spoken{"三百五", 35000}, spoken{"十二万", 12000000}, spoken{"壹万贰仟元整", 1200000}, spoken{"二十万五", 20500000},
        spoken{"一万零五百", 1050000}, spoken{"三万半", 3500000}, spoken{"三块五", 350}, spoken{"一块半", 150},
        spoken{"一亿", 10000000000}, spoken{"三千万", 3000000000}, spoken{"五千", 500000}, spoken{"3万五", 3500000},
        spoken{"拖了我一万二的工钱", 1200000}, spoken{"十块", 1000}, spoken{"一共7000，其中押金2000", 700000})
);

INSTANTIATE_TEST_SUITE_P(
    NotAnAmount, ReadMoney,
    testing::Values(
        spoken{"", none}, spoken{"很多", none}, spoken{"-20", none}, spoken{"负二十元", none}, spoken{"几千块", none},
        spoken{"十几万", none}, spoken{"三五千", none}, spoken{"3000到5000", none}, spoken{"3000-5000元", none},
        spoken{"3000元到5000元", none}, spoken{"工资5000元，奖金2000元", none}, spoken{"100美元", none}, spoken{"$100", none},
        spoken{"2024年3月", none}, spoken{"3个月", none}, spoken{"13812345678", none}, spoken{"330302199001011234", none},
        spoken{"一直没给", none}, spoken{"第三次", none}, spoken{"百分之三十", none}, spoken{"30%", none},
        spoken{"一毛钱都没给", none}, spoken{"千万别告诉他", none}, spoken{"万一", none}, spoken{"2026-03-05", none},
        spoken{"3.555元", none}, spoken{"9999999999999999999999", none}, spoken{"九九九九九九九九九九九九九亿", none},
        spoken{"0577-88888888", none}, spoken{"\xff\xfe\x80", none})
);

INSTANTIATE_TEST_SUITE_P(
    InSentences, ReadMoney,
    testing::Values(
        spoken{"2024年3月借给他5000", 500000}, spoken{"我做了3个月，一共欠9000块", 900000},
        spoken{"老板2025年1月15日打了2万块欠条", 2000000}, spoken{"电话13812345678，欠800元", 80000},
        spoken{"两个人的工资合计1.5万", 1500000})
);

TEST(ShowMoney, PrintsYuan)
{
    EXPECT_EQ(dialogs::show_money(3500050), "35000.50元");
    EXPECT_EQ(dialogs::show_money(3500000), "35000元");
    EXPECT_EQ(dialogs::show_money(5), "0.05元");
    EXPECT_EQ(dialogs::show_money(0), "0元");
    EXPECT_EQ(dialogs::show_money(-150), "-1.50元");
    EXPECT_EQ(dialogs::show_money(INT64_MIN), "-92233720368547758.08元");
}

RC_GTEST_PROP(MoneyProperty, ReadsBackWhatItPrints, ())
{
    const auto fen = *rc::gen::inRange<std::int64_t>(0, 100'000'000'000'00);
    RC_ASSERT(dialogs::read_money_fen(dialogs::show_money(fen)) == fen);
}

RC_GTEST_PROP(MoneyProperty, IsNeverNegative, ())
{
    const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string{"0123456789.,-+kw"}));
    RC_ASSERT(dialogs::read_money_fen(text).value_or(0) >= 0);
}

}  // namespace
