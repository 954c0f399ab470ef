// Who answers, what is too long for one reply, and what a step of a flow may be beside a question.
#include "dialogs/engine/ownership.hpp"
#include "tests/unit/dialogs/engine_chat.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace dialogs;

template <class T>
int count(const turn& of)
{
    return static_cast<int>(std::count_if(of.effects.begin(), of.effects.end(), [](const effect& e) { return std::holds_alternative<T>(e); }));
}

TEST(ownership, changes_by_one_function_and_never_by_the_citizen_while_a_person_holds_it)
{
    conversation state;
    EXPECT_FALSE(change_owner(state, owner::bot, changed_by::citizen));
    EXPECT_FALSE(change_owner(state, owner::person, changed_by::citizen));
    EXPECT_TRUE(change_owner(state, owner::waiting, changed_by::citizen));
    EXPECT_TRUE(change_owner(state, owner::person, changed_by::staff));
    EXPECT_FALSE(change_owner(state, owner::waiting, changed_by::citizen));
    EXPECT_FALSE(change_owner(state, owner::bot, changed_by::citizen));
    EXPECT_TRUE(change_owner(state, owner::bot, changed_by::staff));
}

TEST(ownership, the_bot_is_silent_to_everything_while_a_person_holds_it)
{
    test::chat citizen;
    citizen.says("你好");
    EXPECT_EQ(citizen.hears(owner_changed{owner::person, "zhang", "taken"}), "");
    const std::vector<said> everything{said_text{"你好", {}}, said_text{"人工", {}}, said_text{"申请调解", "filing/start"}, sent_picture{"m", {}},
                                       sent_voice{"v", ""}, sent_video{"v"}, sent_location{28, 120.6, "x"}, sent_link{"t", "u"}, followed{},
                                       scanned{"s"}, tapped_menu{"menu/apply"}, said_text{"活着没意思", {}}, said_text{"进度", {}}};
    for (const auto& what : everything) {
        EXPECT_EQ(citizen.hears(what), "") << serialise(what);
        EXPECT_TRUE(citizen.last.effects.empty()) << serialise(what);
        EXPECT_EQ(citizen.state.held_by, owner::person);
    }
    EXPECT_EQ(citizen.hears(staff_said{"zhang", "您好，我是值班的小张"}), "");
}

TEST(ownership, words_of_danger_are_answered_whoever_holds_it)
{
    test::chat citizen;
    citizen.says("你好");
    citizen.hears(owner_changed{owner::person, "zhang", "taken"});
    const auto text = citizen.says("我不想活了");
    EXPECT_NE(text.find("12356"), std::string::npos) << text;
    EXPECT_EQ(count<crisis_alert>(citizen.last), 1);
    EXPECT_TRUE(citizen.state.stack.empty());
    EXPECT_EQ(citizen.state.held_by, owner::person);
    EXPECT_EQ(citizen.says("在吗"), "");
}

TEST(ownership, the_form_is_there_when_the_person_has_gone)
{
    test::chat citizen;
    citizen.taps("filing/start");
    citizen.says("同意");
    citizen.says("同意");
    citizen.says("没有");
    citizen.says("人工");
    ASSERT_EQ(count<ask_for_person>(citizen.last), 1);
    EXPECT_EQ(citizen.state.held_by, owner::waiting);
    EXPECT_NE(citizen.says("楼上漏水，把我家泡坏了").find("记下了"), std::string::npos);  // while waiting the bot goes on
    citizen.hears(owner_changed{owner::person, "zhang", "taken"});
    citizen.says("没有了");
    const auto text = citizen.hears(owner_changed{owner::bot, "", "released"});
    EXPECT_NE(text.find("楼上漏水"), std::string::npos) << text;
    EXPECT_EQ(citizen.state.stack.back().step, "story");
}

// When staff can see it: by the calendar, and honest at night, on holidays and where the calendar ends.
TEST(ownership, the_hours_come_from_the_calendar)
{
    const auto at = [](int y, unsigned m, unsigned d, int hour) {
        test::chat citizen(bot::instant(std::chrono::sys_days(std::chrono::year(y) / static_cast<int>(m) / static_cast<int>(d)) +
                                        std::chrono::hours(hour - 8)));
        return citizen.says("人工");
    };
    EXPECT_NE(at(2026, 3, 5, 10).find("现在是上班时间"), std::string::npos);
    EXPECT_NE(at(2026, 3, 5, 20).find("3月6日上班后"), std::string::npos);
    EXPECT_NE(at(2026, 3, 5, 7).find("3月5日上班后"), std::string::npos);
    EXPECT_NE(at(2026, 9, 30, 18).find("10月8日上班后"), std::string::npos) << at(2026, 9, 30, 18);  // the National Day holiday
    EXPECT_NE(at(2031, 3, 5, 10).find("在工作日上班"), std::string::npos);
}

// A flow that has one step of each kind that asks nothing, and choices made of what is known.
source_file steps_of_code()
{
    return {"flows/rating.yaml", R"(
flow: rating
title: 评价
finish: consent
keeps: false
wants: {own_cases: true}
steps:
  - id: hello
    type: say
    ask: 下面请您评价一下。
  - id: which
    slot: which
    type: pick
    from: own_cases
    only: [unrated]
    item: "{code} {kind}"
    empty: 没有可以评价的。
    empty_go: menu/main
    why: 才知道评的是哪一件。
    ask: 评哪一件？
    again: [请选一件。, 请点一件。]
  - id: score
    slot: score
    type: scale
    why: 听您的意见。
    ask: "{which}，您满意吗？"
    again: [请选一个。, 请点一个。]
    choices:
      - {value: "0", label: 不满意}
      - {value: "3", label: 满意}
      - {value: "9", label: 不想评, do: end}
  - id: more
    slot: more
    type: text
    why: 方便改进。
    ask: 还有什么想说的？
    again: [请说说。, 随便说两句。]
)"};
}

class rating : public testing::Test {
protected:
    rating() : files_(test::whole_data())
    {
        files_.push_back(steps_of_code());
        engine_ = std::make_unique<engine>(files_);
    }

    std::string say(std::string_view text, std::string_view target = {})
    {
        const said what = said_text{std::string(text), std::string(target)};
        known facts;
        facts.own_cases = cases_;
        auto made = std::get<stepped>(engine_->step(state_, {what, now_, ++turn_, facts}));
        state_ = parse_conversation(serialise(made.after));
        std::string out;
        for (const auto& r : made.out.replies)
            out += r.text + "\n";
        return out;
    }

    case_view closed(const char* code) const
    {
        case_view c;
        c.code = code;
        c.state = "closed_success";
        c.dispute_type = "contract";
        c.unit = "330302006";
        c.submitted_at = now_;
        return c;
    }

    std::vector<source_file> files_;
    std::unique_ptr<engine> engine_;
    conversation state_;
    std::vector<case_view> cases_;
    bot::instant now_{std::chrono::milliseconds(1'772'676'000'000)};
    std::uint64_t turn_ = 0;
};

TEST_F(rating, asks_the_world_before_its_first_question)
{
    const said what = said_text{"评价", "rating/start"};
    const known nothing;
    const auto made = engine_->step(state_, {what, now_, 1, nothing});
    ASSERT_TRUE(std::holds_alternative<wants>(made));
    EXPECT_TRUE(std::get<wants>(made).own_cases);
}

TEST_F(rating, says_and_leaves_when_there_is_nothing_to_pick)
{
    const auto text = say("评价", "rating/start");
    EXPECT_NE(text.find("下面请您评价"), std::string::npos);
    EXPECT_NE(text.find("没有可以评价的"), std::string::npos);
    EXPECT_TRUE(state_.stack.empty());
}

TEST_F(rating, a_number_means_what_was_shown_and_what_is_gone_is_said)
{
    cases_ = {closed("LC1"), closed("LC2"), closed("LC3")};
    cases_[1].rated = true;
    EXPECT_NE(say("评价", "rating/start").find("评哪一件"), std::string::npos);
    cases_.insert(cases_.begin(), closed("LC9"));  // newer ones move the list, not the meaning
    EXPECT_NE(say("2").find("LC3"), std::string::npos);
    say("上一步");
    cases_.erase(cases_.begin() + 1);  // LC1 is gone
    const auto text = say("", "rating/which/LC1");
    EXPECT_EQ(state_.stack.back().step, "which") << text;
}

TEST_F(rating, a_scale_takes_the_number_for_its_value)
{
    cases_ = {closed("LC1"), closed("LC2")};
    say("评价", "rating/start");
    say("1");
    EXPECT_NE(say("1").find("请选一个"), std::string::npos);
    say("3");
    EXPECT_EQ(state_.stack.back().slots.at("score").value, "3");
    EXPECT_EQ(state_.stack.back().step, "more");
}

TEST_F(rating, an_answer_may_end_the_flow)
{
    cases_ = {closed("LC1"), closed("LC2")};
    say("评价", "rating/start");
    say("1");
    say("不想评");
    EXPECT_TRUE(state_.stack.empty());
}

// Opened in the middle of a form, two levels deep; then the same question of the form.
TEST_F(rating, on_top_of_a_form_it_leads_back_to_the_same_question)
{
    say("", "filing/start");
    for (const auto* answer : {"同意", "同意", "没有", "楼上漏水泡坏了我家天花板", "说完了", "1"})
        say(answer);
    ASSERT_EQ(state_.stack.back().step, "date");
    const auto slots = serialise(state_).size();
    cases_ = {closed("LC1"), closed("LC2")};
    say("", "rating/start");
    say("1");
    EXPECT_EQ(state_.stack.size(), 2u);
    const auto text = say("不想评");
    EXPECT_EQ(state_.stack.size(), 1u);
    EXPECT_NE(text.find("我们接着刚才的调解申请"), std::string::npos) << text;
    EXPECT_NE(text.find("什么时候发生的"), std::string::npos) << text;
    EXPECT_EQ(serialise(state_).size(), slots);
    say("", "rating/start");
    const auto closed_text = say("取消");
    EXPECT_NE(closed_text.find("什么时候发生的"), std::string::npos) << closed_text;
}

TEST_F(rating, a_long_reply_is_split_at_a_sentence_and_the_rest_is_given_on_demand)
{
    for (auto& f : files_)
        if (f.path == "flows/rating.yaml") {
            std::string text;
            for (int i = 0; i < 60; ++i)
                text += "这是第" + std::to_string(i) + "句很长的说明，要让人看得懂。";
            f.content.replace(f.content.find("下面请您评价一下。"), std::string("下面请您评价一下。").size(), text);
        }
    engine_ = std::make_unique<engine>(files_);
    cases_ = {closed("LC1"), closed("LC2")};
    auto whole = say("评价", "rating/start");
    EXPECT_NE(whole.find("请回复“更多”"), std::string::npos) << whole;
    EXPECT_EQ(whole.find("评哪一件"), std::string::npos);
    for (int i = 0; i < 5 && !state_.rest.empty(); ++i)
        whole += say("更多");
    EXPECT_NE(whole.find("这是第59句"), std::string::npos);
    EXPECT_NE(whole.find("评哪一件"), std::string::npos);
    for (int i = 0; i < 60; ++i)
        EXPECT_NE(whole.find("这是第" + std::to_string(i) + "句很长的说明，要让人看得懂。"), std::string::npos) << i;
    EXPECT_EQ(state_.stack.back().step, "which");
    EXPECT_NE(say("2").find("您满意吗"), std::string::npos);
}

}  // namespace
