// Random inbounds: no exception, no state that cannot be stored, none that cannot be left.
#include "tests/unit/dialogs/engine_chat.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <random>

namespace {

using namespace dialogs;

const std::vector<std::string> phrases{
    "矛盾纠纷申请", "同意", "不同意", "没有", "有", "说完了", "1", "2", "3", "12", "99", "0", "-1", "上个月十五号", "昨天", "2027-01-01", "不清楚",
    "五马街道某小区", "七都和双屿之间", "洪殿", "瑞安市", "退押金", "三万五", "很多", "不确定", "房东李某", "跳过", "为自己", "替别人", "我母亲陈某",
    "满了", "没满", "我叫陈小明", "138 0000 0000", "13812345678", "法院", "传完了", "提交", "帮助", "菜单", "上一步", "返回", "取消",
    "确定取消", "人工", "继续", "重新开始", "进度", "撤回", "你好", "谢谢", "", " ", "。。。", "😀", "老板拖欠工资不发", "楼上漏水", "改电话", "不改",
    "崩溃了天天哭", "活着没意思", "不想活了", "我在楼顶", "我爸想自杀", "他现在拿刀", "没事了", "法律咨询", "心理咨询", "律师", "都不是",
    "LC260305ABCDEFG", "\xFF\xFE", "{name}", "<a href=\"x\">", "\"},{", "是", "不是", "其他纠纷",
};

// What a willing citizen would answer: without some of this a random walk never gets to the end of a form.
const std::map<std::string, std::string, std::less<>> good_answers{
    {"notice", "同意"}, {"sensitive", "同意"}, {"danger", "没有"}, {"kind", "1"}, {"date", "昨天"}, {"place", "五马街道"}, {"street", "1"},
    {"requests", "退押金"}, {"amount", "3500"}, {"respondent", "房东李某"}, {"respondent_phone", "跳过"}, {"acting", "为自己"},
    {"acting_for", "我母亲陈某"}, {"adult", "满了"}, {"adult_other", "满了"}, {"name", "陈小明"}, {"phone", "13812345678"}, {"other_body", "没有"}, {"more", "以后再说"}, {"advice", "接着申请"}, {"guardian", "跳过"},
    {"reach", "社区王主任能找到我"},
    {"evidence", "跳过"}, {"summary", "提交"}, {"ask", "没有"},
};

said willing(const test::chat& so_far)
{
    if (so_far.state.stack.empty())
        return said_text{"申请调解", "filing/start"};
    const auto& f = so_far.state.stack.back();
    if (f.waits == awaiting::resume)
        return said_text{"继续", {}};
    if (f.waits == awaiting::cancel)
        return said_text{"不取消", {}};
    if (f.step == "story" && f.waits != awaiting::offer)
        return said_text{f.draft.empty() ? "房东不退我的押金两个月了" : "说完了", {}};
    const auto known = good_answers.find(f.step);
    return said_text{known == good_answers.end() ? "菜单" : known->second, {}};
}

said any_said(std::mt19937_64& random, const test::chat& so_far)
{
    const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    if (pick(3) != 0)
        return willing(so_far);
    const auto kind = pick(20);
    if (kind < 9)
        return said_text{phrases[pick(phrases.size())], {}};
    if (kind < 15 && !so_far.seen.empty()) {
        // Mostly a button of the newest turns, sometimes one of long ago.
        const auto& seen = so_far.seen;
        const auto back = pick(10) == 0 ? pick(seen.size()) : pick(std::min<std::size_t>(seen.size(), 6));
        const auto& c = seen[seen.size() - 1 - back];
        return said_text{c.label, c.target};
    }
    switch (kind) {
    case 15:
        return sent_picture{"m" + std::to_string(pick(40)), {}};
    case 16:
        return sent_voice{"v", pick(2) ? phrases[pick(phrases.size())] : ""};
    case 17:
        return sent_location{27.5 + static_cast<double>(pick(100)) / 100, 120 + static_cast<double>(pick(100)) / 100,
                             phrases[pick(phrases.size())]};
    case 18: {
        const std::vector<said> others{followed{}, unfollowed{}, scanned{"s"}, noticed{"view"}, sent_video{"x"},
                                       sent_file{"t", "f"}, sent_link{"t", "u"}, tapped_menu{"menu/apply"}, tapped_menu{"?"}};
        return others[pick(others.size())];
    }
    default: {
        std::string bytes;
        for (auto n = pick(40); n > 0; --n)
            bytes += static_cast<char>(random());
        return pick(2) ? said_text{bytes, {}} : said_text{"x", bytes + "/" + bytes};
    }
    }
}

// From any state, a few words lead back to where nothing is under way.
void expect_can_be_left(conversation state, bot::instant now)
{
    // A clear no to the question of a crisis, out of its dialogue, to the menu.
    for (const auto* word : {"不会", "菜单", "菜单"}) {
        const said what = said_text{word, {}};
        const known nothing{std::vector<case_view>{}, std::vector<appointment_view>{}, std::vector<slot_view>{},
                            std::optional<invitation_view>{}, stored_view{}, std::vector<service_view>{}};
        auto made = test::whole_engine().step(state, {what, now, 7, nothing});
        state = std::get<stepped>(made).after;
    }
    EXPECT_TRUE(state.stack.empty()) << serialise(state);
}

TEST(random_inbounds, never_throw_and_never_trap)
{
    const auto* wanted = std::getenv("HEJIE_RANDOM_TURNS");
    const int turns = wanted ? std::atoi(wanted) : 20'000;
    std::mt19937_64 random(20'261'123);
    test::chat citizen;
    std::size_t filed = 0;
    for (int i = 0; i < turns; ++i) {
        if (i % 400 == 0)
            citizen = test::chat();
        if (random() % 50 == 0)
            citizen.now += std::chrono::hours(random() % 100);
        const auto what = any_said(random, citizen);
        SCOPED_TRACE("turn " + std::to_string(i) + ": " + serialise(what));
        ASSERT_NO_THROW(citizen.hears(what));
        ASSERT_LE(test::rendered_bytes(citizen.last.replies), 2048u) << serialise(citizen.last.replies);
        for (const auto& r : citizen.last.replies)
            ASSERT_FALSE(r.text.empty());
        const bool event = std::holds_alternative<noticed>(what) || std::holds_alternative<unfollowed>(what);
        ASSERT_EQ(citizen.last.replies.empty(), event);
        if (i % 20 == 0)
            expect_can_be_left(citizen.state, citizen.now);
        if (testing::Test::HasFailure())
            return;
        filed += citizen.last.effects.size() && std::holds_alternative<file_case>(citizen.last.effects.back());
    }
    // The walk gets deep enough to be worth its name.
    EXPECT_GT(filed, 20u);
}

}  // namespace
