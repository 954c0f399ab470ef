// The invited side: what it is told, what it may choose, and that nothing leaks between the sides.
#include "dialogs/engine/turn_maker.hpp"
#include "tests/unit/dialogs/engine_chat.hpp"

#include <gtest/gtest.h>

namespace {

using namespace dialogs;

const std::string code = make_code(invitation_prefix, bot::instant(std::chrono::milliseconds(1'772'600'000'000)), 7);

invitation_view open_invitation()
{
    return {.code = code, .state = "open", .dispute_type = "neighborhood", .unit = "330302006", .applicant = "林女士",
            .requests = "把漏水修好", .invited_at = bot::instant(std::chrono::milliseconds(1'772'600'000'000))};
}

test::chat invited(invitation_view as = open_invitation())
{
    test::chat out;
    out.world.invitation = std::optional<invitation_view>(std::move(as));
    return out;
}

const answer_invitation* answer_in(const turn& made)
{
    for (const auto& e : made.effects)
        if (const auto* a = std::get_if<answer_invitation>(&e))
            return a;
    return nullptr;
}

bool has(const std::string& text, std::string_view piece) { return text.find(piece) != std::string::npos; }

TEST(respondent, hears_what_is_asked_and_agrees_with_their_side)
{
    auto other = invited();
    const auto told = other.hears(scanned{"invite:" + code});
    EXPECT_TRUE(has(told, "林女士")) << told;
    EXPECT_TRUE(has(told, "邻里纠纷")) << told;
    EXPECT_TRUE(has(told, "把漏水修好")) << told;
    EXPECT_TRUE(has(told, "您愿意调解吗")) << told;
    EXPECT_TRUE(has(other.says("愿意"), "您同意吗"));
    EXPECT_TRUE(has(other.says("同意"), "您怎么看"));
    other.says("漏水不是我家的问题，我愿意请人来查");
    EXPECT_TRUE(has(other.says("说完了"), "您的姓名"));
    other.says("王建国");
    other.says("13700000002");
    const auto review = other.says("跳过");
    EXPECT_TRUE(has(review, "请核对一下")) << review;
    const auto thanks = other.says("提交");
    EXPECT_TRUE(has(thanks, "五马街道")) << thanks;
    const auto* answer = answer_in(other.last);
    ASSERT_NE(answer, nullptr);
    EXPECT_TRUE(answer->agrees);
    EXPECT_EQ(answer->code, code);
    EXPECT_EQ(answer->who.name, "王建国");
    EXPECT_EQ(answer->who.phone, "13700000002");
    EXPECT_TRUE(has(answer->statement, "愿意请人来查"));
}

TEST(respondent, refuses_without_giving_a_reason_or_a_name)
{
    auto other = invited();
    other.hears(followed{"invite:" + code});
    const auto text = other.says("不愿意");
    EXPECT_TRUE(has(text, "尊重您的决定")) << text;
    const auto* answer = answer_in(other.last);
    ASSERT_NE(answer, nullptr);
    EXPECT_FALSE(answer->agrees);
    EXPECT_TRUE(answer->who.name.empty() && answer->who.phone.empty() && answer->statement.empty());
    EXPECT_TRUE(other.state.stack.empty());
}

TEST(respondent, may_ask_first_and_refuse_then)
{
    auto other = invited();
    EXPECT_TRUE(has(other.says(code), "您愿意调解吗"));
    EXPECT_TRUE(has(other.says("先问问"), "不收费"));
    other.says("不愿意");
    ASSERT_NE(answer_in(other.last), nullptr);
    EXPECT_FALSE(answer_in(other.last)->agrees);
}

TEST(respondent, nothing_is_kept_without_their_consent)
{
    auto other = invited();
    other.says(code);
    other.says("愿意");
    const auto text = other.says("不同意");
    EXPECT_TRUE(has(text, "什么都没有记下")) << text;
    EXPECT_EQ(answer_in(other.last), nullptr);
}

TEST(respondent, is_told_when_there_is_nothing_to_answer)
{
    auto own = open_invitation();
    own.own = true;
    auto blocked = open_invitation(), answered = open_invitation(), over = open_invitation();
    blocked.state = "blocked";
    answered.state = "refused";
    over.state = "expired";
    const std::pair<invitation_view, const char*> rows[] = {
        {own, "您自己的申请"}, {blocked, "先停一停"}, {answered, "已经答复过"}, {over, "已经过期"}};
    for (const auto& [view, piece] : rows) {
        auto other = invited(view);
        const auto text = other.says(code);
        EXPECT_TRUE(has(text, piece)) << text;
        EXPECT_FALSE(has(text, "林女士")) << text;
        EXPECT_FALSE(has(text, "漏水")) << text;
        EXPECT_TRUE(other.state.stack.empty());
    }
    test::chat stranger;
    EXPECT_TRUE(has(stranger.says(code), "没有找到这个编号"));
}

TEST(respondent, words_of_danger_stop_the_invitation_too)
{
    auto other = invited();
    other.says(code);
    const auto text = other.says("我不想活了，药都买好了");
    EXPECT_TRUE(has(text, "12356")) << text;
    EXPECT_FALSE(has(text, "愿意调解")) << text;
    EXPECT_EQ(other.alerts.size(), 1u);
}

TEST(violence, blocks_asking_the_other_side)
{
    test::chat citizen;
    citizen.taps("filing/start");
    for (const auto* answer : {"同意", "同意", "没有", "前夫来要孩子，去年他打过我，孩子的抚养费一直不给", "说完了", "对"})
        citizen.says(answer);
    for (const auto* answer : {"婚姻家庭纠纷", "接着申请", "五马街道公安路", "给抚养费", "两万", "李建国", "跳过", "为自己", "满了",
                               "陈小明", "13812345678", "没有", "以后再说", "跳过", "提交"})
        citizen.says(answer);
    ASSERT_EQ(citizen.filed.size(), 1u);
    EXPECT_TRUE(citizen.filed.front().contact_blocked);
}

}  // namespace
