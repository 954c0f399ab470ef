// The understanding as the server loads it: with the models in the binary.

#include "dialogs/data.hpp"
#include "dialogs/understanding/intent_table.hpp"
#include "dialogs/understanding/model_file.hpp"
#include "dialogs/understanding/trained_understanding.hpp"
#include "dialogs/understanding/type_codes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <set>

namespace dialogs {
namespace {

const understanding& models()
{
    static const auto loaded = load_understanding();
    return *loaded;
}

double sum(const std::vector<likely>& all)
{
    double total = 0;
    for (const auto& one : all)
        total += one.p;
    return total;
}

void expect_sound(const understood& found)
{
    EXPECT_NEAR(sum(found.dispute), 1, 1e-6);
    EXPECT_NEAR(sum(found.national), 1, 1e-6);
    EXPECT_NEAR(sum(found.topics), 1, 1e-6);
    EXPECT_EQ(found.dispute.size(), 20U);
    EXPECT_EQ(found.topics.size(), 20U);
    EXPECT_FALSE(found.intent.empty());
    EXPECT_TRUE(found.p_high >= 0 && found.p_high <= 1);
    for (std::size_t i = 1; i < found.dispute.size(); ++i)
        EXPECT_GE(found.dispute[i - 1].p, found.dispute[i].p);
}

TEST(Understanding, SaysWhatPlainSentencesAreAbout)
{
    const auto wages = models().read("老板拖欠我三个月工资不给");
    EXPECT_EQ(wages.dispute.front().name, "L");
    EXPECT_EQ(wages.topics.front().name, "劳动纠纷");
    EXPECT_TRUE(wages.national.front().name == "migrant_wage_arrears" || wages.national.front().name == "other_labor");
    EXPECT_EQ(models().read("我要跟老公离婚，孩子归谁").dispute.front().name, "M");
    EXPECT_EQ(models().read("开车追尾别人，保险公司不赔").dispute.front().name, "T");
    EXPECT_EQ(models().read("转人工").intent, "human");
    EXPECT_EQ(models().read("谢谢！").intent, "thanks");
}

TEST(Understanding, SeesDanger)
{
    EXPECT_GT(models().danger("我不想活了，今晚就从楼上跳下去"), 0.5);
    EXPECT_LT(models().danger("房东不退我押金"), 0.2);
    EXPECT_EQ(models().danger("complaint/summary/submit"), 0);  // nothing that it has read looks like this
}

TEST(Understanding, NamesElementsOfACase)
{
    const auto found = models().read("婚后于2009年6月生育一子，取名王小某。").elements;
    std::set<std::string> names;
    for (const auto& one : found)
        names.insert(one.name);
    EXPECT_EQ(names.count("婚后有子女"), 1U);
    EXPECT_TRUE(models().read("案件受理费三百元，由原告负担。").elements.empty());
}

TEST(Understanding, AnswersAnyTextAndNothing)
{
    for (const auto* text : {"", " ", "。", "\xFF\xFE\xFD", "????", "😀", "a"})
        expect_sound(models().read(text));
    expect_sound(models().read(std::string(200'000, 'x')));
    expect_sound(models().read(std::string(1000, '\0')));
}

RC_GTEST_PROP(Understanding, AnswersAnyBytes, (const std::string& bytes))
{
    const auto found = models().read(bytes);
    expect_sound(found);
    RC_ASSERT(std::abs(models().danger(bytes) - found.p_high) < 1e-9);
}

TEST(Understanding, GivesTheSameAnswerAgain)
{
    const auto once = models().read("邻居半夜装修还打人");
    const auto again = models().read("邻居半夜装修还打人");
    for (std::size_t i = 0; i < once.dispute.size(); ++i)
        EXPECT_EQ(once.dispute[i].p, again.dispute[i].p);
}

TEST(Understanding, DoesNotStartWithABrokenModel)
{
    EXPECT_THROW(load_understanding({{"dispute.bin", "nonsense"}}), broken_model);
    std::string damaged{*embedded_model("risk.bin")};
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
    EXPECT_THROW(load_understanding({{"risk.bin", damaged}}), broken_model);
    const std::string other{*embedded_model("intent.bin")};
    EXPECT_THROW(load_understanding({{"dispute.bin", other}}), broken_model);
}

TEST(TypeCodes, ShareACodeOutByWhatWasSaid)
{
    const auto content = [](std::string_view path) {
        for (const auto& file : dialogs_data())
            if (file.path == path)
                return file.content;
        return std::string_view{};
    };
    const auto codes = read_type_codes("c", content("lexicon/type_codes.yaml"));
    EXPECT_EQ(codes.codes.size(), 20U);
    EXPECT_EQ(codes.sections.size(), 20U);
    EXPECT_EQ(codes.city.at("medical"), "13");
    const std::vector<likely> labour{{"L", 1}};
    EXPECT_EQ(codes.to_national(labour, {}).front().name, "other_labor");
    EXPECT_EQ(codes.to_national(labour, {{"migrant_wage_arrears", 1.0}}).front().name, "migrant_wage_arrears");
    EXPECT_NEAR(sum(codes.to_national({{"X", 0.5}, {"N", 0.5}}, {{"tourism", 2.0}})), 1, 1e-9);
}

TEST(TypeCodes, FaultsAreToldByLine)
{
    EXPECT_ANY_THROW(read_type_codes("c", "codes:\n  - {code: M, name: x, national: {marriage_family: 0.5}, section: s}\nsections: [s]\n"));
    EXPECT_ANY_THROW(read_type_codes("c", "nonsense"));
}

TEST(Intents, OnlyTheWholeMessageIsACommand)
{
    const intent_table table{"i", "exact:\n  human: [转人工]\n  thanks: [谢谢]\n"};
    EXPECT_EQ(table.exact(" 转人工！[微笑]"), "human");
    EXPECT_EQ(table.exact("谢 谢~"), "thanks");
    EXPECT_EQ(table.exact("谢谢你帮我转人工"), std::nullopt);
    EXPECT_EQ(table.exact(""), std::nullopt);
    EXPECT_ANY_THROW(intent_table("i", "exact:\n  a: [谢谢]\n  b: [谢谢]\n"));
}

}  // namespace
}  // namespace dialogs
