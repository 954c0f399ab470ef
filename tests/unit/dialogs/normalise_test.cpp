#include "dialogs/understanding/normalise.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace {

struct row {
    std::string_view text;
    std::string_view expected;
};

class Normalise : public testing::TestWithParam<row> {};

TEST_P(Normalise, GivesOneSpelling)
{
    EXPECT_EQ(dialogs::normalise(GetParam().text), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Normalise,
    testing::Values(
        row{"老板不发工资", "老板不发工资"}, row{"", ""}, row{"   ", ""}, row{"ＡＢＣ１２３", "abc123"},
        row{"Hello World", "hello world"}, row{"老闆拖欠薪資三個月", "老板拖欠薪资三个月"}, row{" 两边  有　空白\t\n ", "两边 有 空白"},
        row{"自\u200b杀\ufeff", "自杀"},       // zero-width characters
        row{"2\ufe0f\u20e3", "2"},             // keycap
        row{"❤\ufe0f", "❤"},                   // variation selector
        row{"，。！？", ",。!?"},               // full-width forms; the ideographic stop has no half width
        row{"①②㈱", "12(株)"},                 // by NFKC
        row{"ﬁ…", "fi..."}, row{"\u00c9cole", "école"},
        row{"好[微笑]的", "好 [微笑] 的"}, row{"[微笑][微笑]", "[微笑] [微笑]"}, row{"[1]第一项", "[1]第一项"},
        row{"好/::)的", "好 /::) 的"}, row{"/:Bye再见", "/:bye 再见"}, row{"https://a.cn/x", "https://a.cn/x"},
        row{"[", "["}, row{"/:", "/:"}, row{"/::", "/::"}, row{"[]", "[]"},
        row{"\xff\xfe", "\ufffd\ufffd"}, row{"好\xe4\xbd", "好\ufffd\ufffd"}, row{"a\xc0\x80", "a\ufffd\ufffd"})
);

class Squeeze : public testing::TestWithParam<row> {};

TEST_P(Squeeze, RemovesWhatStandsBetweenHan)
{
    EXPECT_EQ(dialogs::squeeze(GetParam().text), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Squeeze,
    testing::Values(
        row{"自 杀", "自杀"}, row{"自。杀", "自杀"}, row{"自-*-杀", "自杀"}, row{"自[微笑]杀", "自杀"}, row{"自/::)杀", "自杀"},
        row{"want to die", "want to die"}, row{"我 want 死", "我 want 死"}, row{"好。", "好。"}, row{"", ""},
        row{"不　想　活", "不想活"}, row{"3.5万", "3.5万"})
);

TEST(Characters, AreCounted)
{
    EXPECT_EQ(dialogs::count_characters(""), 0);
    EXPECT_EQ(dialogs::count_characters("abc"), 3);
    EXPECT_EQ(dialogs::count_characters("鹿城🦌"), 3);
    EXPECT_EQ(dialogs::count_characters("鹿\xff"), -1);
    EXPECT_EQ(dialogs::count_characters("\xed\xa0\x80"), -1);      // a surrogate
    EXPECT_EQ(dialogs::count_characters("\xf4\x90\x80\x80"), -1);  // beyond Unicode
    EXPECT_EQ(dialogs::count_characters("\xe0\x80\xaf"), -1);      // overlong
}

TEST(Characters, AreCutBetween)
{
    EXPECT_EQ(dialogs::first_characters("鹿城区", 2), "鹿城");
    EXPECT_EQ(dialogs::first_characters("鹿城区", 0), "");
    EXPECT_EQ(dialogs::first_characters("鹿城区", 9), "鹿城区");
    EXPECT_EQ(dialogs::first_characters("a\xff" "b", 2), "a\xff");
}

std::string some_bytes()
{
    std::string bytes;
    // Half of the pieces are whole characters, so that the interesting branches are reached at all.
    const auto pieces = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 512));
    static constexpr std::string_view whole[] = {"自", "杀", " ", "[", "]", "/:", "，", "①", "\u200b", "🦌", "x"};
    for (const int piece : pieces) {
        if (piece < 256)
            bytes.push_back(static_cast<char>(piece));
        else
            bytes.append(whole[static_cast<std::size_t>(piece) % std::size(whole)]);
    }
    return bytes;
}

RC_GTEST_PROP(NormaliseProperty, IsValidAndStable, ())
{
    const auto bytes = some_bytes();
    const auto once = dialogs::normalise(bytes);
    RC_ASSERT(dialogs::count_characters(once) >= 0);
    RC_ASSERT(dialogs::normalise(once) == once);
    RC_ASSERT(dialogs::count_characters(dialogs::squeeze(bytes)) >= 0);
}

}  // namespace
