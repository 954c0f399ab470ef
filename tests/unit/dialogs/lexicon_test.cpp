#include "dialogs/understanding/lexicon.hpp"

#include "cases/dispute_type.hpp"
#include "dialogs/engine/engine.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace {

using namespace std::chrono_literals;

std::string content_of(const std::string& name)
{
    std::ifstream file{std::string{HEJIE_SOURCE_DIR} + "/dialogs/lexicon/" + name};
    std::stringstream all;
    all << file.rdbuf();
    return all.str();
}

const dialogs::dispute_lexicon& disputes()
{
    static const dialogs::dispute_lexicon loaded{"dispute_types.yaml", content_of("dispute_types.yaml")};
    return loaded;
}

struct said {
    std::string_view text;
    std::string_view type;
};

class GuessDispute : public testing::TestWithParam<said> {};

TEST_P(GuessDispute, PutsTheRightTypeFirst)
{
    const auto guesses = disputes().guess(GetParam().text);
    ASSERT_FALSE(guesses.empty()) << GetParam().text;
    EXPECT_EQ(guesses.front().id, GetParam().type) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, GuessDispute,
    testing::Values(
        said{"楼上漏水", "neighborhood"}, said{"老板跑了", "migrant_wage_arrears"}, said{"彩礼不退", "marriage_family"},
        said{"押金不给", "housing_homestead"}, said{"狗咬了", "damages"}, said{"我在工地干活，包工头不给钱", "migrant_wage_arrears"},
        said{"公司把我辞退了，不给经济补偿", "other_labor"}, said{"朋友借钱不还，有借条", "contract"},
        said{"电动车撞了我，交警说对方全责", "traffic_accident"}, said{"物业费太高，物业不作为", "property_management"},
        said{"医院误诊，手术失败", "medical"}, said{"淘宝买的鞋子，卖家不退款", "ecommerce"},
        said{"健身房跑路了，会员卡的钱不退", "other_consumer"}, said{"旅行社取消行程，团费不退", "tourism"},
        said{"拆迁款兄弟之间怎么分", "expropriation_demolition"}, said{"隔壁占了我家承包地的田埂", "forest_land"},
        said{"工厂的废气臭味", "environmental_pollution"}, said{"店面转让费不退", "production_business"},
        said{"商标被抄袭", "other"}, said{"二房东不退押金", "housing_homestead"}, said{"楼上天天半夜打麻将很吵", "neighborhood"},
        said{"儿子不养老人", "marriage_family"}, said{"押 金 不 退", "housing_homestead"})
);

TEST(DisputeLexicon, IsCompleteAndReviewed)
{
    ASSERT_EQ(disputes().all().size(), cases::dispute_types.size());
    for (std::size_t i = 0; i < cases::dispute_types.size(); ++i) {
        const auto& category = disputes().all()[i];
        EXPECT_EQ(category.id, cases::dispute_types.at(i));
        EXPECT_GE(category.phrases.size(), 25U) << category.id;
        EXPECT_LE(category.phrases.size(), 65U) << category.id;
        EXPECT_EQ(std::set<std::string>(category.phrases.begin(), category.phrases.end()).size(), category.phrases.size());
        EXPECT_FALSE(category.evidence_hint.empty()) << category.id;
        EXPECT_LE(dialogs::count_characters(category.route_note), 60) << category.id;
    }
    EXPECT_EQ(disputes().find("medical")->name, "医疗纠纷");
    EXPECT_EQ(disputes().find("divorce"), nullptr);
}

TEST(DisputeLexicon, SaysNothingWhenNothingIsSaid)
{
    EXPECT_TRUE(disputes().guess("").empty());
    EXPECT_TRUE(disputes().guess("你好").empty());
    EXPECT_TRUE(disputes().guess("\xff\xfe").empty());
}

TEST(DisputeLexicon, CountsARepeatedPhraseOnceAndOrdersByWeight)
{
    const auto once = disputes().guess("离婚");
    const auto thrice = disputes().guess("离婚，离婚，离婚");
    ASSERT_EQ(once.size(), 1U);
    EXPECT_EQ(once.front().score, thrice.front().score);
    const auto two = disputes().guess("房东不退押金，还打人");
    ASSERT_GE(two.size(), 2U);
    for (std::size_t i = 1; i < two.size(); ++i)
        EXPECT_GE(two[i - 1].score, two[i].score);
}

template <class Read>
std::string faults_of(Read read)
{
    try {
        read();
    } catch (const dialogs::flow_error& error) {
        return error.what();
    }
    return "";
}

TEST(DisputeLexicon, NamesTheLineOfEveryFault)
{
    const auto faults = faults_of([] {
        dialogs::dispute_lexicon("types.yaml", "categories:\n  - id: divorce\n    name: 离婚\n    phrase: [a]\n");
    });
    EXPECT_NE(faults.find("types.yaml:4: unknown key phrase"), std::string::npos) << faults;
    EXPECT_NE(faults.find("types.yaml:2: no dispute type has the id divorce"), std::string::npos) << faults;
    EXPECT_NE(faults.find("needs a text under evidence_hint"), std::string::npos) << faults;
    EXPECT_NE(faults.find("no category marriage_family"), std::string::npos) << faults;
}

// ---- places ----

const cases::jurisdiction& lucheng()
{
    static const auto loaded = dialogs::read_jurisdiction("jurisdiction.yaml", content_of("jurisdiction.yaml"));
    return loaded;
}

std::string units_of(std::string_view text)
{
    const auto match = cases::find_street(lucheng(), text);
    std::string out;
    for (const auto* unit : match.streets)
        out += unit->name + " ";
    return out + (match.former_name ? "former " : "") + (match.district_named ? "district" : "");
}

TEST(Jurisdiction, HasTwelveStreetsAndTwoTowns)
{
    ASSERT_EQ(lucheng().streets.size(), 14U);
    EXPECT_EQ(lucheng().district_code, "330302");
    EXPECT_EQ(cases::street_by_code(lucheng(), "330302105")->name, "山福镇");
    for (const auto& unit : lucheng().streets) {
        EXPECT_EQ(unit.code.size(), 9U);
        EXPECT_EQ(cases::find_street(lucheng(), unit.name).streets.front(), &unit);
        EXPECT_EQ(cases::find_street(lucheng(), unit.aliases.front()).streets.front(), &unit);
    }
}

TEST(Jurisdiction, AsksInsteadOfGuessing)
{
    EXPECT_EQ(units_of("鹿城区五马街道"), "五马街道 district");
    EXPECT_EQ(units_of("南汇街道开源社区"), "南汇街道 ");
    EXPECT_EQ(units_of("丽庆社区"), "南郊街道 ");
    EXPECT_EQ(units_of("牛岭社区3幢"), "双屿街道 ");
    EXPECT_EQ(units_of("大南门"), "");
    EXPECT_EQ(units_of("大南街道"), "大南街道 ");
    EXPECT_EQ(units_of("广化路"), "");
    EXPECT_EQ(units_of("七都大桥"), "");
    EXPECT_EQ(units_of("洪殿"), "former ");
    EXPECT_EQ(units_of("水心住宅区"), "former ");
    EXPECT_EQ(units_of("市中心"), "");
    EXPECT_EQ(units_of("东风汽车4S店"), "");
    EXPECT_EQ(units_of("杭州滨江区"), "");
    EXPECT_EQ(units_of("双屿和仰义交界"), "双屿街道 仰义街道 ");
}

TEST(Jurisdiction, RefusesFaults)
{
    EXPECT_NE(faults_of([] { dialogs::read_jurisdiction("j.yaml", "streets: []\n"); }).find("district"), std::string::npos);
    const auto twice = faults_of([] {
        dialogs::read_jurisdiction(
            "j.yaml", "district: {code: '33', name: a}\nstreets:\n  - {code: '331', name: b}\n  - {code: '331', name: c}\n"
        );
    });
    EXPECT_NE(twice.find("j.yaml:4:"), std::string::npos) << twice;
}

// ---- holidays ----

TEST(Holidays, AreTheStateCouncilsLists)
{
    const auto days = dialogs::read_calendar("holidays.yaml", content_of("holidays.yaml"));
    EXPECT_EQ(days.is_working_day(2026y / 2 / 14), true);
    EXPECT_EQ(days.is_working_day(2026y / 2 / 23), false);
    EXPECT_EQ(days.is_working_day(2026y / 2 / 24), true);
    EXPECT_EQ(days.is_working_day(2025y / 1 / 28), false);
    EXPECT_EQ(days.is_working_day(2025y / 10 / 11), true);
    EXPECT_EQ(days.is_working_day(2027y / 1 / 4), std::nullopt);
    const auto end = days.add_days(2026y / 3 / 2, 30);
    ASSERT_TRUE(end.has_value());
    EXPECT_EQ(end->rolled, 2026y / 4 / 1);
    // Working days by year, counted by hand from the lists: Monday to Friday, less those off, plus the make-up days.
    int worked_2025 = 0;
    for (std::chrono::sys_days day{2025y / 1 / 1}; day <= std::chrono::sys_days{2025y / 12 / 31}; day += std::chrono::days{1})
        worked_2025 += *days.is_working_day(cases::date{day}) ? 1 : 0;
    EXPECT_EQ(worked_2025, 248);
}

TEST(Holidays, RefuseFaults)
{
    const auto read = [](std::string_view yaml) {
        return faults_of([yaml] { dialogs::read_calendar("h.yaml", yaml); });
    };
    EXPECT_NE(read("years:\n  - year: 2026\n    holidays: [2026-02-30]\n").find("h.yaml:3: 2026-02-30"), std::string::npos);
    EXPECT_NE(read("years:\n  - year: 2026\n    holidays: [2025-02-03]\n"), "");
    EXPECT_NE(read("years:\n  - year: 2026\n    holidays: [2026-01-05..2026-01-03]\n"), "");
    EXPECT_NE(read("years:\n  - year: soon\n    holidays: [2026-01-01]\n"), "");
    EXPECT_NE(read("years:\n  - year: 2026\n    holidays: [2026-01-01]\n    working_weekends: [2026-01-01]\n"), "");
    EXPECT_NE(read("years:\n  - year: 2026\n"), "");
    EXPECT_EQ(read("years:\n  - year: 2026\n    holidays: [2026-01-01]\n"), "");
}

RC_GTEST_PROP(LexiconProperty, NeverThrowsOnAnyBytes, ())
{
    const auto bytes = *rc::gen::arbitrary<std::string>();
    (void)disputes().guess(bytes + "押金" + bytes);
    (void)cases::find_street(lucheng(), bytes + "大南" + bytes);
}

}  // namespace
