// What the engine does with the trained models' answers: danger that no phrase foresees, and kinds of dispute to offer.

#include "dialogs/understanding/understanding.hpp"
#include "tests/unit/dialogs/engine_chat.hpp"

#include <gtest/gtest.h>

namespace dialogs {
namespace {

// Says the same of every text.
class fixed : public understanding {
public:
    fixed(double danger, std::vector<likely> national) : danger_(danger), national_(std::move(national)) {}

    understood read(std::string_view) const override
    {
        understood found;
        found.national = national_;
        found.p_high = danger_;
        return found;
    }
    double danger(std::string_view) const override { return danger_; }

private:
    double danger_;
    std::vector<likely> national_;
};

class EngineModels : public testing::Test {
protected:
    void with(double danger, std::vector<likely> national = {{"other", 1}})
    {
        engine_ = std::make_unique<engine>(test::whole_data(), nullptr, std::make_shared<fixed>(danger, std::move(national)));
        citizen_.answers = engine_.get();
    }

    // To the question what kind of dispute it is.
    std::string kind_asked(const std::string& story)
    {
        for (const std::string& text : {std::string("我要申请调解"), std::string("同意"), std::string("同意使用"), std::string("没有"), story})
            citizen_.says(text);
        return citizen_.says("说完了");
    }

    std::vector<std::string> labels() const
    {
        std::vector<std::string> all;
        for (const auto& reply : citizen_.last.replies)
            for (const auto& one : reply.choices)
                all.push_back(one.label);
        return all;
    }

    std::unique_ptr<engine> engine_;
    test::chat citizen_;
};

constexpr const char* indirect = "灯快灭了，我想说的就这么多";

TEST_F(EngineModels, AreHeardAboutDangerThatNoPhraseForesees)
{
    with(0.99);
    citizen_.says(indirect);
    EXPECT_EQ(citizen_.last.crisis_level, "C2");
    ASSERT_FALSE(citizen_.alerts.empty());
}

TEST_F(EngineModels, DoNotAlarmWhenTheySeeNone)
{
    with(0.01);
    citizen_.says(indirect);
    EXPECT_EQ(citizen_.last.crisis_level, "C0");
    EXPECT_TRUE(citizen_.alerts.empty());
}

TEST_F(EngineModels, NeverTalkAPhraseDown)
{
    with(0);
    citizen_.says("我不想活了");
    EXPECT_GE(citizen_.last.crisis_level, "C3");
}

TEST_F(EngineModels, AreHeardWhenNothingCouldBeStored)
{
    with(0.99);
    EXPECT_TRUE(engine_->crisis_fallback(said_text{indirect, {}}).has_value());
    with(0.01);
    EXPECT_FALSE(engine_->crisis_fallback(said_text{indirect, {}}).has_value());
}

TEST_F(EngineModels, OfferTheKindsThatAreLikelyAndNoOther)
{
    with(0, {{"medical", 0.6}, {"traffic_accident", 0.3}, {"contract", 0.06}, {"tourism", 0.04}});
    kind_asked("房东不退我的押金，租期到了两个月了");
    const auto shown = labels();
    ASSERT_GE(shown.size(), 3U);
    EXPECT_EQ(shown[0], "医疗纠纷");
    EXPECT_EQ(shown[1], "道路交通事故纠纷");
    EXPECT_EQ(shown[2], "都不是");
}

TEST_F(EngineModels, OfferAllKindsWhenNothingSpeaksForOne)
{
    with(0, {{"other", 0.9}, {"medical", 0.1}});
    const auto asked = kind_asked("事情就是这样的，请你们评评理");
    EXPECT_NE(asked.find("属于哪一类"), std::string::npos) << asked;
    EXPECT_EQ(asked.find("像是哪一类"), std::string::npos) << asked;
}

TEST_F(EngineModels, StayWhenOnlyTheTextsAreReadAgain)
{
    with(0.99);
    engine_->reload(test::whole_data());
    citizen_.says(indirect);
    EXPECT_EQ(citizen_.last.crisis_level, "C2");
    engine_->reload(test::whole_data(), std::make_shared<fixed>(0.0, std::vector<likely>{{"other", 1}}));
    test::chat other;
    other.answers = engine_.get();
    other.says(indirect);
    EXPECT_EQ(other.last.crisis_level, "C0");
}

}  // namespace
}  // namespace dialogs
