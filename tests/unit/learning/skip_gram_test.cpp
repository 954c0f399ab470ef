#include "dialogs/learning/skip_gram.hpp"
#include "dialogs/understanding/model_file.hpp"

#include <gtest/gtest.h>

namespace dialogs::learning {
namespace {

// Two worlds of words that never meet: cats and dogs do the same things, trains do others.
std::vector<std::string> two_worlds()
{
    std::vector<std::string> texts;
    for (int i = 0; i < 150; ++i) {
        texts.push_back(i % 2 == 0 ? "小猫喜欢吃鱼" : "小狗喜欢吃鱼");
        texts.push_back(i % 2 == 0 ? "火车准点到站" : "飞机准点到站");
    }
    return texts;
}

skip_gram_recipe quick()
{
    return {.dimensions = 8, .at_least = 5, .rounds = 10, .frequent = 1, .calm = 1};
}

float likeness(const word_vectors& words, std::u32string_view a, std::u32string_view b)
{
    const auto one = words.of(std::vector<gram_count>{{gram_key(a), 1}});
    const auto other = words.of(std::vector<gram_count>{{gram_key(b), 1}});
    float sum = 0;
    for (std::size_t d = 0; d < one.size(); ++d)
        sum += one[d] * other[d];
    return sum;
}

TEST(SkipGram, PutsWordsOfLikeSurroundingsTogether)
{
    const word_vectors words{train_vectors(two_worlds(), quick())};
    EXPECT_GT(likeness(words, U"猫", U"狗"), likeness(words, U"猫", U"机"));
    EXPECT_GT(likeness(words, U"火车", U"飞机"), likeness(words, U"火车", U"小狗"));
}

TEST(SkipGram, GivesTheSameBytesForTheSameSeedOnly)
{
    auto how = quick();
    const auto once = write_vectors(train_vectors(two_worlds(), how));
    EXPECT_EQ(once, write_vectors(train_vectors(two_worlds(), how)));
    how.seed = 2;
    EXPECT_NE(once, write_vectors(train_vectors(two_worlds(), how)));
}

TEST(SkipGram, LeavesRareGramsOutAndKeepsToItsSize)
{
    auto texts = two_worlds();
    texts.push_back("只说一次的话");
    auto how = quick();
    EXPECT_TRUE(word_vectors{train_vectors(texts, how)}.of(std::vector<gram_count>{{gram_key(U"话"), 1}}).empty());
    how.most_grams = 5;
    EXPECT_EQ(train_vectors(texts, how).keys.size(), 5U);
}

TEST(SkipGram, OfNothingIsNothing)
{
    EXPECT_TRUE(train_vectors({}, quick()).keys.empty());
    EXPECT_TRUE(train_vectors(std::vector<std::string>{"", "。"}, quick()).keys.empty());
}

}  // namespace
}  // namespace dialogs::learning
