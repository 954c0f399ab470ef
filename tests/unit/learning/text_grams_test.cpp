#include "dialogs/understanding/key_index.hpp"
#include "dialogs/understanding/text_grams.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace dialogs {
namespace {

std::set<std::uint32_t> keys(std::string_view text, int longest)
{
    std::set<std::uint32_t> found;
    for (const auto& gram : count_text_grams(folded_text(text, 100), longest))
        found.insert(gram.key);
    return found;
}

TEST(TextGrams, ReachOverRunsButNotOverBreaks)
{
    const std::set<std::uint32_t> wanted{gram_key(U"欠"), gram_key(U"钱"), gram_key(U"欠钱"), gram_key(U"他")};
    EXPECT_EQ(keys("欠钱，他", 2), wanted);
    EXPECT_EQ(keys("欠 钱", 2).count(gram_key(U"欠钱")), 0U);
}

TEST(TextGrams, KnowTheirLength)
{
    EXPECT_EQ(gram_length(gram_key(U"欠")), 1);
    EXPECT_EQ(gram_length(gram_key(U"欠钱")), 2);
    EXPECT_EQ(gram_length(gram_key(U"欠钱不")), 3);
    EXPECT_EQ(gram_length(gram_key(U"欠钱不还")), 4);
}

TEST(TextGrams, CountRepeats)
{
    const auto grams = count_text_grams(folded_text("吵吵吵", 100), 1);
    ASSERT_EQ(grams.size(), 1U);
    EXPECT_EQ(grams[0].times, 3.0F);
}

TEST(TextGrams, TakeAllNumbersForOneAndAllWidthsForOne)
{
    EXPECT_EQ(folded_text("欠我3500元", 100), folded_text("欠我２０元", 100));
    EXPECT_EQ(folded_text("ＡＢＣ公司", 100), folded_text("abc公司", 100));
    EXPECT_NE(folded_text("欠我元", 100), folded_text("欠我20元", 100));
}

TEST(TextGrams, OfALongTextKeepBeginningAndEnd)
{
    std::string text = "开头";
    for (int i = 0; i < 500; ++i)
        text += "中";
    text += "结尾";
    const auto folded = folded_text(text, 90);
    EXPECT_EQ(folded.size(), 91U);
    EXPECT_EQ(folded.substr(0, 2), U"开头");
    EXPECT_EQ(folded.substr(89), U"结尾");
    EXPECT_NE(folded.find(U'\0'), std::u32string::npos);
}

TEST(TextGrams, OfNothingAreNone)
{
    EXPECT_TRUE(count_text_grams(folded_text("", 100), 4).empty());
    EXPECT_TRUE(count_text_grams(folded_text("，。！ \xFF\xFE", 100), 4).empty());
}

TEST(KeyIndex, FindsEveryKeyAndNoOther)
{
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < 5000; ++i)
        all.push_back(i * 1024);  // alike in the low bits
    const key_index index{all};
    for (std::uint32_t i = 0; i < all.size(); ++i)
        ASSERT_EQ(index.find(all[i]), i);
    EXPECT_EQ(index.find(1), key_index::none);
    EXPECT_EQ(key_index{}.find(1), key_index::none);
    EXPECT_EQ(key_index{std::vector<std::uint32_t>{}}.find(1), key_index::none);
}

}  // namespace
}  // namespace dialogs
