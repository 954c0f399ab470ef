#include "bot/wechat/unicode.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

using namespace bot::wechat;

TEST(Utf8, KnowsValidFromInvalid)
{
    for (const std::string_view valid :
         {"",
          "a",
          "邻居",
          "😡",
          "\xED\x9F\xBF",
          "\xEE\x80\x80",
          "\xF4\x8F\xBF\xBF",
          "12345678邻12345678居12345678"})
        EXPECT_TRUE(valid_utf8(valid)) << valid;
    for (const std::string_view invalid :
         {"\x80",
          "\xC0\xAF",
          "\xC1\x81",
          "\xE0\x80\xAF",
          "\xE0\x9F\xBF",
          "\xED\xA0\x80",
          "\xED\xBF\xBF",
          "\xF0\x8F\xBF\xBF",
          "\xF4\x90\x80\x80",
          "\xF5\x80\x80\x80",
          "\xFF",
          "\xE9",
          "\xE9\x82",
          "\xF0\x9F\x98",
          "\xE9\x82\x41",
          "1234567\xFF",
          "12345678\x80",
          "\xC3"})
        EXPECT_FALSE(valid_utf8(invalid));
}

TEST(Utf8, LeavesOutWhatXmlForbids)
{
    const auto legal = [](std::string_view text) {
        std::string made;
        append_legal(made, text);
        return made;
    };
    EXPECT_EQ(
        legal(std::string_view(
            "a\0b\x08"
            "c\x0B\x0C\x1F"
            "d\te\nf\rg",
            15
        )),
        "abcd\te\nf\rg"
    );
    EXPECT_EQ(legal("x\xEF\xBF\xBEy\xEF\xBF\xBFz"), "xyz");
    EXPECT_EQ(legal("\x7F\xC2\x85"), "\x7F\xC2\x85") << "discouraged, but legal";
    EXPECT_EQ(legal("a\xFF\xE9\x82z"), "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz");
    EXPECT_EQ(legal("邻居半夜装修😡"), "邻居半夜装修😡");
}

struct cut {
    std::string_view text;
    std::size_t max;
    std::string_view kept;
};

class CutText : public testing::TestWithParam<cut> {};

TEST_P(CutText, KeepsWholeCharacters)
{
    EXPECT_EQ(cut_text(GetParam().text, GetParam().max), GetParam().kept);
}

INSTANTIATE_TEST_SUITE_P(
    All,
    CutText,
    testing::Values(
        cut{"abc", 3, "abc"},
        cut{"abc", 2, "ab"},
        cut{"abc", 0, ""},
        cut{"邻居", 6, "邻居"},
        cut{"邻居", 5, "邻"},
        cut{"邻居", 4, "邻"},
        cut{"邻居", 3, "邻"},
        cut{"邻居", 2, ""},
        cut{"a😡", 4, "a"},
        cut{"a😡", 5, "a😡"},
        cut{"a👨‍👩‍👧b", 18, "a"},  // the family is 18 bytes: man ZWJ woman ZWJ girl
        cut{"a👨‍👩‍👧b", 8, "a"},   // after the first ZWJ
        cut{"a👨‍👩‍👧b", 19, "a👨‍👩‍👧"},
        cut{"a👍🏽b", 5, "a"},  // a skin tone belongs to the hand
        cut{"a👍🏽b", 9, "a👍🏽"},
        cut{"a❤️b", 4, "a"},    // a variation selector belongs to the heart
        cut{"1️⃣2", 4, ""},      // a keycap
        cut{"a🇨🇳🇨🇳", 5, "a"},  // half a flag
        cut{"a🇨🇳🇨🇳", 9, "a🇨🇳"},
        cut{"a🇨🇳🇨🇳", 13, "a🇨🇳"},
        cut{"é", 1, ""}
    )
);

TEST(CutText, EndsOnARunWithoutBoundary)
{
    std::string chain;
    for (int i = 0; i < 400; ++i)
        chain += "👨‍";
    const auto kept = cut_text(chain, 2048);
    EXPECT_LE(kept.size(), 2048U);
    EXPECT_GT(kept.size(), 1700U) << "a hostile chain may not swallow the whole text";
    EXPECT_TRUE(valid_utf8(kept));
}

std::string utf8(const std::vector<std::uint32_t>& points)
{
    std::string made;
    for (std::uint32_t c : points) {
        c %= 0x110000;
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        if (c < 0x80) {
            made += static_cast<char>(c);
        } else if (c < 0x800) {
            made += static_cast<char>(0xC0 | c >> 6);
            made += static_cast<char>(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            made += static_cast<char>(0xE0 | c >> 12);
            made += static_cast<char>(0x80 | (c >> 6 & 0x3F));
            made += static_cast<char>(0x80 | (c & 0x3F));
        } else {
            made += static_cast<char>(0xF0 | c >> 18);
            made += static_cast<char>(0x80 | (c >> 12 & 0x3F));
            made += static_cast<char>(0x80 | (c >> 6 & 0x3F));
            made += static_cast<char>(0x80 | (c & 0x3F));
        }
    }
    return made;
}

RC_GTEST_PROP(Utf8, TakesEveryScalarValue, (const std::vector<std::uint32_t>& points))
{
    const auto text = utf8(points);
    RC_ASSERT(valid_utf8(text));
    const auto max = *rc::gen::inRange<std::size_t>(0, text.size() + 2);
    const auto kept = cut_text(text, max);
    RC_ASSERT(kept.size() <= max);
    RC_ASSERT(valid_utf8(kept));
}

RC_GTEST_PROP(Utf8, MakesAnyBytesLegal, (const std::string& bytes))
{
    std::string made;
    append_legal(made, bytes);
    RC_ASSERT(valid_utf8(made));
    RC_ASSERT(legal_prefix(made) == made.size());
}

}  // namespace
