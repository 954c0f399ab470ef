#include "dialogs/engine/readers.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;

struct row {
    std::string_view text;
    std::string_view digits;  // empty: none was said
};

void PrintTo(const row& one, std::ostream* out)
{
    *out << one.text;
}

class ReadPhone : public testing::TestWithParam<row> {};

TEST_P(ReadPhone, FindsTheNumber)
{
    EXPECT_EQ(dialogs::read_phone(GetParam().text).value_or(""), GetParam().digits);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ReadPhone,
    testing::Values(
        row{"13812345678", "13812345678"}, row{"138 1234 5678", "13812345678"}, row{"138-1234-5678", "13812345678"},
        row{"+86 13812345678", "13812345678"}, row{"+8613812345678", "13812345678"}, row{"0086-138-1234-5678", "13812345678"},
        row{"１３８１２３４５６７８", "13812345678"}, row{"我的电话是13812345678，谢谢", "13812345678"},
        row{"一三八一二三四五六七八", "13812345678"}, row{"幺三八12345678", "13812345678"},
        row{"13812345678或13987654321", "13812345678"}, row{"0577-88888888", "057788888888"},
        row{"(0577)88888888", "057788888888"}, row{"057788888888", "057788888888"}, row{"010-62345678", "01062345678"},
        row{"0577 8812345", "05778812345"}, row{"0577-88888888转801", "057788888888"},
        row{"2026-03-05 13812345678", "13812345678"}, row{"小王：13812345678", "13812345678"}, row{"", ""}, row{"没有", ""},
        row{"88888888", ""},               // which town?
        row{"1381234567", ""}, row{"138123456789", ""}, row{"12812345678", ""}, row{"330302199001011237", ""},
        row{"110", ""}, row{"3500", ""}, row{"138a1234b5678", ""}, row{"\xff\xfe" "13812345678", "13812345678"})
);

class ReadIdentity : public testing::TestWithParam<row> {};

TEST_P(ReadIdentity, ChecksTheNumber)
{
    EXPECT_EQ(dialogs::read_identity_number(GetParam().text).value_or(""), GetParam().digits);
}

// The first is the example of GB 11643 itself; the others were computed by its rule.
INSTANTIATE_TEST_SUITE_P(
    Cases, ReadIdentity,
    testing::Values(
        row{"11010519491231002X", "11010519491231002X"}, row{"11010519491231002x", "11010519491231002X"},
        row{"１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"}, row{"110105 19491231 002X", "11010519491231002X"},
        row{"身份证号：11010519491231002X。", "11010519491231002X"}, row{"440524188001010014", ""},  // born in 1880
        row{"110105194912310021", ""}, row{"11010519491331002X", ""}, row{"110105491231002", ""}, row{"", ""},
        row{"11010519491231002X1", ""}, row{"1101051949123100X2", ""})
);

TEST(ReadNumber, ReadsOneSmallNumber)
{
    const std::vector<std::pair<std::string_view, std::optional<int>>> rows{
        {"3", 3},      {"三", 3},       {"十二", 12},    {"第2项", 2},  {"２", 2},      {"2️⃣", 2},    {"①", 1},
        {"第十二项", 12}, {"改第2项", 2},  {"选3", 3},      {"我要改3", 3}, {"2个", 2},     {"5个人", 5}, {"0", 0},
        {"9999", 9999}, {"一千二", 1200}, {"10000", {}},  {"2和3", {}},  {"", {}},       {"很多", {}}, {"2.5", {}},
        {"-3", {}},     {"三五个", {}},   {"13812345678", {}}, {"2026年3月", {}}, {"\xff", {}}};
    for (const auto& [text, expected] : rows)
        EXPECT_EQ(dialogs::read_number(text), expected) << text;
}

std::string shown(std::optional<dialogs::yes_no> answer)
{
    return !answer ? "-" : *answer == dialogs::yes_no::yes ? "yes" : "no";
}

TEST(ReadYesNo, ReadsOnlyAClearAnswer)
{
    for (const std::string_view text :
         {"是", "是的", "对", "好的", "同意", "嗯", "可以", "嗯嗯嗯", "好，谢谢", "OK", "对啊", "我同意", "没问题", "没错", "行吧",
          "好的👌", "ＹＥＳ", "确认。", "是，对", "有的", "愿意"})
        EXPECT_EQ(shown(dialogs::read_yes_no(text)), "yes") << text;
    for (const std::string_view text :
         {"不", "没有", "不是", "不同意", "算了", "不要", "不用了，谢谢", "NO", "不行", "没有啊", "我不同意", "不了", "否", "不需要"})
        EXPECT_EQ(shown(dialogs::read_yes_no(text)), "no") << text;
    for (const std::string_view text :
         {"", "是不是", "不是不同意", "好，不要", "可以吗", "可以？", "等一下", "是老板的问题", "1", "。", "不知道", "\xff"})
        EXPECT_EQ(shown(dialogs::read_yes_no(text)), "-") << text;
}

TEST(SaysUnknown, NeedsNothingElseToBeSaid)
{
    for (const std::string_view text : {"不知道", "我也不清楚", "记不清了", "忘了", "不晓得啊", "说不准", "不知道他叫什么"})
        EXPECT_TRUE(dialogs::says_unknown(text)) << text;
    for (const std::string_view text :
         {"", "知道", "忘了，3500还是3600", "他住在五马街道那边，具体几号我就不太清楚了，要去问一下"})
        EXPECT_FALSE(dialogs::says_unknown(text)) << text;
}

TEST(SaysSkip, KnowsTheShortWordsOnly)
{
    for (const std::string_view text : {"跳过", "跳过吧", "不填", "没有", "无", "先不说", "下一步。", "没有了"})
        EXPECT_TRUE(dialogs::says_skip(text)) << text;
    for (const std::string_view text : {"", "没有签合同", "无锡", "过年的时候"})
        EXPECT_FALSE(dialogs::says_skip(text)) << text;
}

void read_all(std::string_view text)
{
    using namespace dialogs;
    const cases::date today = 2026y / 11 / 23;
    (void)read_money_fen(text);
    (void)read_past_date(text, today);
    (void)read_phone(text);
    (void)read_identity_number(text);
    (void)read_number(text);
    (void)read_yes_no(text);
    (void)says_unknown(text);
    (void)says_skip(text);
}

TEST(Readers, BearHostileInput)
{
    for (const std::string_view piece : {"1", "十", "万", "1,", "1.", "几", "年", "月", "零", "\xff", "[", "/:", "1-", "上上", "138 ", "①"}) {
        std::string text;
        for (int i = 0; i < 20'000; ++i)
            text += piece;
        EXPECT_NO_THROW(read_all(text)) << piece;
    }
}

RC_GTEST_PROP(ReadersProperty, NeverThrowOnAnyBytes, ())
{
    static const std::vector<std::string> pieces{"1", "8", "0", "十", "万", "年", "月", "日", "号", "上", "前", "天", "块", "毛",
                                                 "-", ".", ",", "\xe4", "\xff", "[", "/:", "x", "k", "几", "半", "零", " "};
    std::string text;
    for (const auto& piece : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)))
        text += piece;
    text += *rc::gen::arbitrary<std::string>();
    read_all(text);
}

}  // namespace
