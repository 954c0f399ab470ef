#include "dialogs/knowledge/article_number.hpp"
#include "dialogs/knowledge/citations.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

using namespace dialogs;

namespace {

law_names few_names()
{
    law_names names;
    names.add("民法典", 0);
    names.add("中华人民共和国劳动合同法", 1);
    names.add("劳动合同法实施条例", 2);
    names.add("最高人民法院关于适用《中华人民共和国民法典》婚姻家庭编的解释（一）", 3);
    names.add("刑法", 4);
    const law_alias row{"劳动合同法", {"劳合法"}};
    names.add_aliases({&row, 1});
    return names;
}

struct cited {
    const char* text;
    std::vector<citation> found;
};

std::ostream& operator<<(std::ostream& out, const cited& row)
{
    return out << row.text;
}

class Citations : public testing::TestWithParam<cited> {};

TEST_P(Citations, AreFound)
{
    const auto found = find_citations(GetParam().text, few_names());
    ASSERT_EQ(found.size(), GetParam().found.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].group, GetParam().found[i].group);
        EXPECT_EQ(found[i].number.number, GetParam().found[i].number.number);
        EXPECT_EQ(found[i].number.inserted, GetParam().found[i].number.inserted);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Table, Citations,
    testing::Values(
        cited{"民法典第一千零七十九条", {{0, {1079, 0}}}}, cited{"劳动合同法38条怎么说", {{1, {38, 0}}}},
        cited{"《中华人民共和国民法典》第1079条规定", {{0, {1079, 0}}}},
        cited{"根据《劳动合同法》第三十八条第一款第（二）项、第四十六条", {{1, {38, 0}}, {1, {46, 0}}}},
        cited{"劳动合同法第38、46条", {{1, {38, 0}}, {1, {46, 0}}}},
        cited{"劳合法第三十八条和第四十六条", {{1, {38, 0}}, {1, {46, 0}}}},
        cited{"劳动合同法实施条例第5条", {{2, {5, 0}}}},             // not the law that its name begins with
        cited{"刑法第一百三十三条之一", {{4, {133, 1}}}}, cited{"刑法133条之2", {{4, {133, 2}}}},
        cited{"刑法(2020修正)第232条", {{4, {232, 0}}}}, cited{"请问刑法第 232 条怎么说", {{4, {232, 0}}}},
        cited{"刑法 第232 条、第 二百三十三条", {{4, {232, 0}}, {4, {233, 0}}}},
        cited{"最高人民法院关于适用《中华人民共和国民法典》婚姻家庭编的解释（一）第六十三条", {{3, {63, 0}}}},
        cited{"民法典１０７９条", {{0, {1079, 0}}}},                  // full width
        cited{"民法典 1079", {{0, {1079, 0}}}},
        cited{"民法典第1079条，还有刑法232条", {{0, {1079, 0}}, {4, {232, 0}}}},
        cited{"民法典第1079条 民法典第一千零七十九条", {{0, {1079, 0}}}},  // once
        cited{"民法典2021年实施", {}},                                 // a year
        cited{"民法典有1260条", {}},                                   // not behind the name
        cited{"第三十八条", {}},                                       // of no law
        cited{"老板欠我3500块", {}}, cited{"民法典第0条", {}}, cited{"民法典第", {}}, cited{"", {}}
    )
);

struct numbered {
    const char* text;
    std::uint32_t number;
    std::uint32_t inserted;
};

TEST(ArticleNumber, IsReadInAllSpellings)
{
    const numbered rows[] = {
        {"第三十八条", 38, 0},   {"38", 38, 0},           {"38条", 38, 0},         {"第38条", 38, 0},
        {"三十八", 38, 0},       {"第一百二十条之三", 120, 3}, {"120之3", 120, 3},   {"第一千零七十九条", 1079, 0},
        {"一〇七九条", 1079, 0}, {"十", 10, 0},           {"第二十条", 20, 0},     {"一、", 1, 0},
        {"第１０７９条", 1079, 0},
    };
    for (const auto& row : rows) {
        const auto found = parse_article_number(row.text);
        ASSERT_TRUE(found) << row.text;
        EXPECT_EQ(found->number, row.number) << row.text;
        EXPECT_EQ(found->inserted, row.inserted) << row.text;
    }
}

TEST(ArticleNumber, IsNotMadeUp)
{
    for (const auto* text : {"", "条", "第", "第条", "abc", "0", "第零条", "-3", "十几条", "123456789012345678"})
        EXPECT_FALSE(parse_article_number(text)) << text;
}

RC_GTEST_PROP(CitationsOf, AnyBytesEnd, (const std::string& text))
{
    const auto names = few_names();
    RC_ASSERT(find_citations(text, names).size() <= 50U);
    RC_ASSERT(find_citations("刑法" + text, names).size() <= 50U);
}

TEST(CitationsOf, ALongListStopsAtFifty)
{
    std::string text = "刑法";
    for (int i = 1; i <= 300; ++i)
        text += "第" + std::to_string(i) + "条、";
    EXPECT_EQ(find_citations(text, few_names()).size(), 50U);
}

}  // namespace
