// Random inbounds over whole conversations: no exception, no state that cannot be stored, none that cannot be left, no
// form lost, and not a word while a person holds the conversation. HEJIE_RANDOM_TURNS says how many turns.
#include "dialogs/engine/load.hpp"
#include "tests/unit/dialogs/engine_chat.hpp"

#include <gtest/gtest.h>

#include <algorithm>
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
    "只问一句", "更多", "对", "不对", "都不对", "不对，是三月", "电话错了，是13912345678", "金额改成五千", "对方名字写错了", "地点错了", "3改成五千",
    "我叫陈小明，3月5号在五马街道被撞，要赔三万五，我的电话13812345678", "能不能去法院起诉，要多久", "不想评", "0分",
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

const std::vector<std::string>& every_target()
{
    static const std::vector<std::string> targets = [] {
        std::vector<std::string> out;
        const auto data = load_book(test::whole_data());
        for (const auto& [id, flow] : data.flows)
            for (const auto& s : flow.steps) {
                for (const auto* word : {"keep", "done", "skip", "none", "yes", "no"})
                    out.push_back(id + "/" + s.id + "/" + word);
                for (const auto& o : s.options)
                    out.push_back(o.target);
            }
        for (const auto& [id, flow] : data.flows)
            for (const auto* word : {"/start", "/cancel/yes", "/cancel/no", "/resume/go", "/resume/new", "/resume/ask", "/heard/yes", "/heard/no"})
                out.push_back(id + word);
        for (const auto& [id, page] : data.pages)
            out.push_back("menu/" + id);
        std::sort(out.begin(), out.end());
        return out;
    }();
    return targets;
}

// What may be lost by no digression: dialogues that are kept, with answers in them.
std::map<std::string, std::size_t> drafts(const conversation& state)
{
    static const auto data = load_book(test::whole_data());
    std::map<std::string, std::size_t> out;
    const auto look = [&](const frame& f) {
        const auto flow = data.flows.find(f.flow);
        if (flow != data.flows.end() && flow->second.keeps && f.waits != awaiting::offer && f.slots.contains("story"))
            out[f.flow] = f.slots.size();
    };
    for (const auto& f : state.stack)
        look(f);
    for (const auto& f : state.shelf)
        look(f);
    if (state.paused)
        look(*state.paused);
    return out;
}

bool may_end_a_draft(const said& what, const test::chat& before)
{
    const auto* voice = std::get_if<sent_voice>(&what);
    const auto* typed = std::get_if<said_text>(&what);
    if (!typed && !voice)
        return false;
    const auto text = voice ? said_text{voice->transcript, {}} : *typed;
    for (const auto* word : {"cancel/yes", "resume/new", "/summary/submit"})
        if (text.choice.find(word) != std::string::npos)
            return true;
    const bool deciding = !before.state.stack.empty() && (before.state.stack.back().waits == awaiting::cancel ||
                                                          before.state.stack.back().waits == awaiting::resume ||
                                                          before.state.stack.back().waits == awaiting::summary);
    return deciding || text.text == "重新开始" || text.text.find("取消") != std::string::npos;
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
    if (pick(40) == 0) {
        const std::vector<said> staff{owner_changed{owner::person, "zhang", "taken"}, owner_changed{owner::bot, {}, "released"},
                                      owner_changed{owner::bot, {}, "no_answer"}, owner_changed{owner::waiting, {}, "released"}, staff_said{"zhang", "您好"}};
        return staff[pick(staff.size())];
    }
    if (pick(30) == 0) {
        // A button of any step of any flow, shown or not.
        const auto& target = every_target()[pick(every_target().size())];
        return said_text{"按钮", target};
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
    if (state.held_by == owner::person)  // the person gives it back
        state = test::told_everything(state, owner_changed{owner::bot, {}, "released"}, now).after;
    // A person can be asked for in every state.
    const said person = said_text{"人工", {}};
    EXPECT_EQ(test::told_everything(state, person, now).after.held_by, owner::waiting) << serialise(state);
    // A clear no to the question of a crisis, out of its dialogue, to the menu.
    for (const auto* word : {"不会", "菜单", "菜单"}) {
        const said what = said_text{word, {}};
        state = test::told_everything(state, what, now).after;
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
        if (random() % 1500 == 0)
            citizen.now += std::chrono::hours(24 * 40);
        const auto what = any_said(random, citizen);
        const auto before = citizen;
        const auto kept = drafts(before.state);
        SCOPED_TRACE("turn " + std::to_string(i) + ": " + serialise(what));
        ASSERT_NO_THROW(citizen.hears(what));
        ASSERT_LE(test::rendered_bytes(citizen.last.replies), 2048u) << serialise(citizen.last.replies);
        for (const auto& r : citizen.last.replies)
            ASSERT_FALSE(r.text.empty());
        const bool event = std::holds_alternative<noticed>(what) || std::holds_alternative<unfollowed>(what);
        const bool staff = std::holds_alternative<owner_changed>(what) || std::holds_alternative<staff_said>(what);
        const bool held = before.state.held_by == owner::person && citizen.state.held_by == owner::person;
        const bool alarmed = citizen.last.crisis_level >= "C3" || citizen.alerts.size() > before.alerts.size();
        if (!staff)
            ASSERT_EQ(citizen.last.replies.empty(), event || (held && !alarmed)) << serialise(before.state);
        ASSERT_FALSE(citizen.state.held_by == owner::person && before.state.held_by != owner::person && !staff);
        const bool too_old = before.state.last_turn && citizen.now - *before.state.last_turn > std::chrono::hours(24 * 29);
        if (kept.size() == 1 && !too_old && !may_end_a_draft(what, before))
            ASSERT_TRUE(drafts(citizen.state).contains(kept.begin()->first)) << serialise(before.state) << "\n" << serialise(citizen.state);
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
