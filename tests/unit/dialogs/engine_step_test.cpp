// What the step promises: pure, same ids for the same delivery, asks for the world only when it must.
#include "tests/unit/dialogs/engine_chat.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace {

using namespace dialogs;

test::chat filled_up_to_summary()
{
    test::chat citizen;
    citizen.taps("filing/start");
    for (const auto* answer : {"同意", "同意", "没有", "房东不退我的押金已经两个月", "说完了", "1", "上个月十五号", "五马街道某小区", "退回押金",
                               "3500", "房东李某", "跳过", "为自己", "满了", "陈小明", "13812345678", "没有", "以后再说", "跳过"})
        citizen.says(answer);
    return citizen;
}

TEST(engine_step, gives_the_same_turn_for_the_same_input)
{
    const auto citizen = filled_up_to_summary();
    const said what = said_text{"提交", {}};
    const known nothing;
    const step_input input{what, citizen.now, 77, nothing};
    const auto one = std::get<stepped>(test::whole_engine().step(citizen.state, input));
    const auto two = std::get<stepped>(test::whole_engine().step(citizen.state, input));
    EXPECT_EQ(serialise(one.out.replies), serialise(two.out.replies));
    EXPECT_EQ(serialise(one.after), serialise(two.after));
    const auto& filed = std::get<file_case>(one.out.effects.at(0));
    EXPECT_EQ(filed.id, std::get<file_case>(two.out.effects.at(0)).id);
    EXPECT_EQ(filed.submitted_at, citizen.now);
    const auto other = std::get<stepped>(test::whole_engine().step(citizen.state, {what, citizen.now, 78, nothing}));
    EXPECT_NE(filed.code, std::get<file_case>(other.out.effects.at(0)).code);
}

TEST(engine_step, nothing_is_filed_before_submit)
{
    const auto citizen = filled_up_to_summary();
    EXPECT_TRUE(citizen.filed.empty());
    ASSERT_EQ(citizen.consents.size(), 2u);
    EXPECT_EQ(citizen.consents[0].notice_version, citizen.consents[1].notice_version);
    EXPECT_EQ(citizen.consents[0].scope, "notice");
    EXPECT_EQ(citizen.consents[1].scope, "sensitive");
}

TEST(engine_step, asks_for_the_cases_only_for_progress)
{
    const known nothing;
    const auto asks = [&](const said& what) {
        const auto made = test::whole_engine().step({}, {what, bot::instant(std::chrono::milliseconds(1'772'676'000'000)), 1, nothing});
        const auto* w = std::get_if<wants>(&made);
        return w && w->own_cases;
    };
    EXPECT_TRUE(asks(said_text{"进度", {}}));
    EXPECT_TRUE(asks(said_text{"查进度", "cmd/progress"}));
    EXPECT_FALSE(asks(said_text{"你好", {}}));
    EXPECT_FALSE(asks(said_text{"申请调解", "filing/start"}));
}

TEST(engine_step, tells_a_claimed_and_a_closed_case)
{
    const bot::instant filed_at{std::chrono::milliseconds(1'772'676'000'000)};
    known facts;
    facts.own_cases = {{"LC260305AAAAAAA", "submitted", "medical", "330302006", filed_at, {}, true, filed_at + std::chrono::hours(2)},
                       {"LC260304BBBBBBB", "closed_success", "contract", "330302", filed_at, {}, false, {}}};
    facts.own_appointments.emplace();
    facts.own_services.emplace();
    const said what = said_text{"进度", {}};
    const auto made = std::get<stepped>(test::whole_engine().step({}, {what, filed_at + std::chrono::hours(3), 1, facts}));
    ASSERT_EQ(made.out.replies.size(), 2u);
    EXPECT_NE(made.out.replies[0].text.find("五马街道的工作人员 2026年3月5日 12:00 已经接手"), std::string::npos) << made.out.replies[0].text;
    EXPECT_NE(made.out.replies[0].text.find("3 个工作日内"), std::string::npos);
    EXPECT_NE(made.out.replies[1].text.find("调解成功"), std::string::npos) << made.out.replies[1].text;
}

TEST(engine_step, progress_by_code_only_among_own_cases)
{
    auto citizen = filled_up_to_summary();
    citizen.says("提交");
    const auto code = citizen.filed.at(0).code;
    EXPECT_NE(citizen.says(code).find("在五马街道"), std::string::npos);
    test::chat stranger;
    EXPECT_NE(stranger.says(code).find("您名下没有查到"), std::string::npos);
    auto wrong = code;
    wrong.back() = wrong.back() == 'A' ? 'B' : 'A';
    EXPECT_NE(citizen.says(wrong).find("抄错"), std::string::npos);
}

TEST(engine_step, is_safe_from_many_threads)
{
    const auto citizen = filled_up_to_summary();
    const auto wanted = [&](std::uint64_t seed) {
        const said what = said_text{seed % 2 ? "提交" : "3", {}};
        const known nothing;
        return serialise(std::get<stepped>(test::whole_engine().step(citizen.state, {what, citizen.now, seed, nothing})).out.replies);
    };
    const auto odd = wanted(1), even = wanted(2);
    std::vector<std::thread> threads;
    std::vector<int> wrong(4);
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 200; ++i)
                wrong[static_cast<std::size_t>(t)] += wanted(1) != odd || wanted(2) != even;
        });
    for (auto& t : threads)
        t.join();
    EXPECT_EQ(wrong, std::vector<int>(4));
}

TEST(engine_step, without_a_calendar_year_the_receipt_names_no_date)
{
    auto citizen = filled_up_to_summary();
    citizen.now = bot::instant(std::chrono::sys_days(std::chrono::year(2031) / 3 / 5) + std::chrono::hours(2));
    citizen.state.last_turn = citizen.now;
    const auto text = citizen.says("提交");
    ASSERT_EQ(citizen.filed.size(), 1u);
    EXPECT_FALSE(citizen.filed[0].accept_by);
    EXPECT_NE(text.find("3 个工作日内告诉您受不受理"), std::string::npos) << text;
    EXPECT_EQ(text.find("最晚"), std::string::npos) << text;
}

TEST(engine_step, a_state_of_flows_that_are_gone_is_left)
{
    test::chat citizen;
    citizen.state.stack = {{.flow = "moon", .step = "landing"}};
    citizen.state.paused = frame{.flow = "filing", .step = "no_such_step"};
    EXPECT_NE(citizen.says("你好").find("自动助手"), std::string::npos);
    EXPECT_TRUE(citizen.state.stack.empty());
    ASSERT_TRUE(citizen.state.paused);
    EXPECT_EQ(citizen.state.paused->step, "danger");  // the flow is still there: from its first question that has no answer
}

TEST(crisis_fallback, needs_no_state_and_promises_nobody)
{
    const auto& engine = test::whole_engine();
    EXPECT_FALSE(engine.crisis_fallback(said_text{"我要申请调解", {}}));
    EXPECT_FALSE(engine.crisis_fallback(followed{}));
    EXPECT_FALSE(engine.crisis_fallback(sent_picture{"m", {}}));
    const auto typed = engine.crisis_fallback(said_text{"我不想活了", {}});
    ASSERT_TRUE(typed);
    EXPECT_EQ(typed->level, "C3");
    EXPECT_NE(typed->replies.at(0).text.find("12356"), std::string::npos);
    EXPECT_EQ(typed->replies.at(0).text.find("已经通知"), std::string::npos);
    EXPECT_TRUE(engine.crisis_fallback(sent_voice{"v", "我在楼顶，不想活了"}));
    EXPECT_TRUE(engine.crisis_fallback(sent_link{"我不想活了", "u"}));
}

// A turn with words of danger has no question of a form and no button into one.
TEST(crisis_turn, pushes_no_form)
{
    for (const auto* words : {"活着没意思", "我不想活了", "我在楼顶，不想活了", "我爸想自杀"}) {
        auto citizen = filled_up_to_summary();
        const auto text = citizen.says(words);
        ASSERT_EQ(citizen.last.replies.size(), 1u) << words;
        for (const auto& c : citizen.last.replies[0].choices)
            EXPECT_TRUE(c.target.starts_with("safety/")) << c.target;
        EXPECT_EQ(text.find("提交"), std::string::npos);
        ASSERT_EQ(citizen.alerts.size(), 1u);
        EXPECT_FALSE(citizen.alerts[0].reasons.empty());
        EXPECT_EQ(citizen.last.crisis_level, citizen.alerts[0].level);
        ASSERT_TRUE(citizen.state.paused);
        EXPECT_EQ(citizen.state.paused->step, "summary");
    }
}

TEST(crisis_turn, no_reminder_of_the_form_for_three_days)
{
    auto citizen = filled_up_to_summary();
    citizen.says("我不想活了");
    citizen.says("菜单");
    EXPECT_EQ(citizen.says("你好").find("先替您放着"), std::string::npos);
    citizen.now += std::chrono::hours(80);
    EXPECT_NE(citizen.says("你好").find("先替您放着"), std::string::npos);
}

}  // namespace
