// How the screen takes a model's word.
#include "dialogs/engine/engine.hpp"
#include "dialogs/understanding/safety_screen.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace {

using dialogs::crisis_level;

constexpr std::string_view table = R"(
harmless: [累死了]
groups:
  legal: [赔偿, 法院]
  story: [小说]
self: [我]
asks: [问]
negation: [没有]
model: {threshold: 0.5, guarded: 0.9, shortest: 4, guards: [legal]}
rules:
  - {id: own.wish, level: C3, unless_own: [legal, story], phrases: [想死, 自杀]}
  - {id: strong.pain, level: C1, phrases: [崩溃]}
  - {id: abuse.told, level: C3, abuse: true, phrases: [打孩子]}
  - {id: spread.one, level: C2, phrases: [遗物~烧]}
)";

const dialogs::safety_screen& screen()
{
    static const dialogs::safety_screen loaded{"small.yaml", table};
    return loaded;
}

crisis_level level_of(std::string_view text, std::optional<double> p = std::nullopt)
{
    return screen().look(text, p).level;
}

bool by_model(std::string_view text, double p)
{
    const auto found = screen().look(text, p);
    return std::find(found.reasons.begin(), found.reasons.end(), "model.high") != found.reasons.end();
}

TEST(SafetyModel, LiftsWhatTheTableDoesNotAlertTo)
{
    EXPECT_EQ(level_of("灯快灭了", 0.49), crisis_level::c0);
    EXPECT_EQ(level_of("灯快灭了", 0.5), crisis_level::c2);
    EXPECT_EQ(level_of("我崩溃了", 0.3), crisis_level::c1);
    EXPECT_EQ(level_of("我崩溃了", 0.7), crisis_level::c2);
    EXPECT_TRUE(by_model("灯快灭了", 1));
}

TEST(SafetyModel, ChangesNothingThatIsAnAlertAlready)
{
    for (const double p : {0.0, 0.6, 1.0}) {
        EXPECT_EQ(level_of("我想死", p), crisis_level::c3);
        EXPECT_FALSE(by_model("我想死", p));
    }
}

TEST(SafetyModel, MustBeSurerBesideLawIdiomsAndDenials)
{
    for (const auto* text : {"自杀的赔偿怎么算", "今天累死了", "我没有想死"}) {
        EXPECT_LT(level_of(text, 0.89), crisis_level::c2) << text;
        EXPECT_EQ(level_of(text, 0.9), crisis_level::c2) << text;
    }
}

TEST(SafetyModel, IsNotAskedAboutAWordOrTwo)
{
    EXPECT_EQ(level_of("跳过", 1), crisis_level::c0);
    EXPECT_EQ(level_of("灯，灭……了", 1), crisis_level::c0);  // signs are no characters
    EXPECT_EQ(level_of("我崩溃", 1), crisis_level::c1);
    EXPECT_EQ(level_of("灯灭了吧", 1), crisis_level::c2);
}

TEST(SafetyModel, LawSilencesARuleOnlyWhereTheWriterDoesNotSpeakOfHimself)
{
    EXPECT_EQ(level_of("员工自杀赔偿多少"), crisis_level::c0);
    EXPECT_EQ(level_of("我自杀的话能有赔偿吗"), crisis_level::c3);
    EXPECT_EQ(level_of("我问自杀有没有赔偿"), crisis_level::c0);
    EXPECT_EQ(level_of("我去法院了。判决下来以后的每一个晚上和白天，每一次醒来的时候，都只有一个念头，自杀"), crisis_level::c0);
}

TEST(SafetyModel, PartsOfASpreadPhraseMayStandInNeighbouringClauses)
{
    EXPECT_EQ(level_of("遗物，烧了"), crisis_level::c2);
    EXPECT_EQ(level_of("遗物都，烧了"), crisis_level::c2);
    EXPECT_EQ(level_of("遗物。烧了"), crisis_level::c0);
}

TEST(SafetyModel, NamesTheLadder)
{
    EXPECT_EQ(on_its_ladder(screen().look("打孩子")), "A3");
    EXPECT_EQ(on_its_ladder(screen().look("我想死")), "C3");
    EXPECT_EQ(on_its_ladder(screen().look("你好")), "C0");
    dialogs::screening violent;
    violent.level = crisis_level::c4;
    violent.violence = true;
    EXPECT_EQ(on_its_ladder(violent), "V4");
}

TEST(SafetyModel, ReadsTraditionalCharactersBeyondTheTable)
{
    EXPECT_EQ(level_of("遺物燒了"), crisis_level::c2);
    EXPECT_EQ(level_of("我自殺"), crisis_level::c3);
}

TEST(SafetyModel, RefusesATableWithoutSoundThresholds)
{
    const auto faults_with = [](std::string_view model) {
        try {
            const dialogs::safety_screen loaded{
                "t.yaml", "groups: {legal: [法院]}\n" + std::string{model} +
                              "\nrules:\n  - {id: one, level: C3, phrases: [想死]}\n"
            };
        } catch (const dialogs::flow_error& error) {
            return std::string{error.what()};
        }
        return std::string{};
    };
    EXPECT_EQ(faults_with("model: {threshold: 0.5, guarded: 0.5}"), "");
    EXPECT_NE(faults_with("").find("needs a map under model"), std::string::npos);
    EXPECT_NE(faults_with("model: {threshold: 0, guarded: 0.9}").find("threshold must be"), std::string::npos);
    EXPECT_NE(faults_with("model: {threshold: .5x, guarded: 0.9}").find("threshold must be"), std::string::npos);
    EXPECT_NE(faults_with("model: {threshold: 0.5, guarded: 2}").find("guarded must be"), std::string::npos);
    EXPECT_NE(faults_with("model: {threshold: 0.8, guarded: 0.5}").find("below threshold"), std::string::npos);
    EXPECT_NE(faults_with("model: {threshold: 0.5, guarded: 0.9, guards: [nobody]}").find("no group nobody"), std::string::npos);
    EXPECT_NE(faults_with("model: {threshold: 0.5, guarded: 0.9, shortest: -1}").find("shortest must be"), std::string::npos);
}

RC_GTEST_PROP(SafetyModelProperty, AHigherProbabilityNeverLowers, (const std::string& text))
{
    const double low = *rc::gen::inRange(0, 101) / 100.0;
    const double high = *rc::gen::inRange(0, 101) / 100.0;
    RC_ASSERT(level_of(text, std::max(low, high)) >= level_of(text, std::min(low, high)));
    RC_ASSERT(level_of(text, low) >= level_of(text));
}

}  // namespace
