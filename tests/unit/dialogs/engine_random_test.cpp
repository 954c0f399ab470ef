// Random inbounds over whole conversations: no exception, no state that cannot be stored, none that cannot be left, no
// form lost, and not a word while a person holds the conversation. HEJIE_RANDOM_TURNS says how many turns.
#include "dialogs/engine/load.hpp"
#include "tests/unit/dialogs/engine_chat.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
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
    "心情小测验", "测焦虑", "说说心里话", "约心理老师", "几乎每天", "完全没有", "不做了", "投诉", "匿名", "留姓名电话", "干部违纪", "正在被骗",
    "收到调解邀请", "愿意", "不愿意", "先问问", "当面再说", "我的信息", "看存了什么", "删除", "接着删除", "确定删除", "收回同意", "确定收回",
    "调解预约", "改预约", "改时间", "取消预约", "约好", "换个时间", "请联系我", "资料递送", "送出", "补充材料", "撤回申请", "确定撤回", "评价",
    "非常满意", "不满意", "重新办理", "直接看答案", "再问一个", "看法条原文", "方便说", "会被看到", "快速离开", "现在补充", "隔壁在打孩子",
};

// What a willing citizen would answer: without some of this a random walk never gets to the end of a form. By "flow/step",
// else by the step alone.
const std::map<std::string, std::vector<std::string>, std::less<>> good_answers{
    {"notice", {"同意"}}, {"sensitive", {"同意"}}, {"danger", {"没有"}}, {"kind", {"1"}}, {"date", {"昨天"}}, {"place", {"五马街道"}},
    {"street", {"1"}}, {"requests", {"退押金"}}, {"amount", {"3500"}}, {"respondent", {"房东李某"}}, {"respondent_phone", {"跳过"}},
    {"acting", {"为自己"}}, {"acting_for", {"我母亲陈某"}}, {"adult", {"满了"}}, {"adult_other", {"满了"}}, {"name", {"陈小明"}},
    {"phone", {"13812345678"}}, {"other_body", {"没有"}}, {"more", {"以后再说", "现在补充"}}, {"advice", {"接着申请"}}, {"guardian", {"跳过"}},
    {"reach", {"社区王主任能找到我"}}, {"evidence", {"跳过", "传完了"}}, {"summary", {"提交"}}, {"ask", {"没有"}},
    {"complaint/route", {"别的事", "消费的事", "和人有纠纷"}}, {"anonymous", {"匿名", "留姓名电话"}}, {"target", {"五马街的烧烤店"}},
    {"respondent/code", {"YQ260304AAAA22Y", "YQ260304BBBB337"}}, {"choice", {"愿意", "先问问", "不愿意"}}, {"decided", {"愿意", "不愿意"}},
    {"wish", {"说说心里话", "约心理老师", "心情小测验", "紧张担心小测验", "替别人问"}}, {"listen", {"睡不着", "老公不帮我", "说完了"}},
    {"visit", {"可以", "不用"}}, {"agree", {"同意", "不同意"}}, {"slot", {"1"}}, {"day", {"1"}}, {"which", {"1"}}, {"case", {"1"}},
    {"do", {"改时间", "取消预约", "另约一次"}}, {"confirm", {"约好", "换个时间"}}, {"sure", {"确定撤回", "确定取消预约"}}, {"when", {"周末"}},
    {"score", {"满意", "不满意"}}, {"words", {"跳过"}}, {"reason", {"协议上的钱到现在没给"}}, {"meaning", {"借条"}}, {"other_code", {"没有"}},
    {"what", {"看存了什么", "要一份副本", "更正", "删除", "收回同意"}}, {"export", {"申请副本"}}, {"correct", {"名字里的晓应该是小"}},
    {"erase", {"接着删除"}}, {"erase_again", {"确定删除", "先要副本"}}, {"scope", {"全部", "1"}}, {"privacy/meaning", {"确定收回"}},
    {"question", {"楼上漏水泡了我家怎么办"}}, {"card", {"1"}}, {"likely", {"1"}}, {"topic", {"3"}}, {"topic_card", {"1"}},
    {"next", {"没有了", "申请调解", "再问一个"}}, {"next_article", {"看法条原文"}}, {"start", {"上个月十五号"}},
};

const std::vector<std::string> beginnings{"filing/start", "filing/start", "filing/start", "complaint/start", "material/start", "appointment/start",
                                          "consult.legal/start", "consult.psych/start", "screen.phq9/start", "screen.gad7/start",
                                          "supplement/start", "withdraw/start", "reopen/start", "rate/start", "privacy/start",
                                          "respondent/start", "callback/start"};

said willing(const test::chat& so_far, std::mt19937_64& random)
{
    const auto one_of = [&](const std::vector<std::string>& list) { return list[random() % list.size()]; };
    if (so_far.state.stack.empty())
        return said_text{"按钮", one_of(beginnings)};
    const auto& f = so_far.state.stack.back();
    if (f.waits == awaiting::resume)
        return said_text{"继续", {}};
    if (f.waits == awaiting::cancel)
        return said_text{"不取消", {}};
    const bool tells = f.step == "story" || f.step == "matter" || f.step == "side" || (f.flow == "supplement" && f.step == "text");
    if (tells && f.waits != awaiting::offer)
        return said_text{f.draft.empty() ? "房东不退我的押金两个月了" : "说完了", {}};
    if (f.flow.starts_with("screen.") && f.step.starts_with("q"))
        return said_text{std::to_string(random() % 4), {}};
    auto known = good_answers.find(f.flow + "/" + f.step);
    if (known == good_answers.end())
        known = good_answers.find(f.step);
    return said_text{known == good_answers.end() ? one_of({"菜单", "跳过"}) : one_of(known->second), {}};
}

// Cases in several states, free times, and an invitation of the other side in one of its states.
void furnish(test::chat& citizen, std::mt19937_64& random)
{
    const auto learn = [&](const char* what, std::map<std::string, std::string> fields) { citizen.learns({what, std::move(fields)}); };
    if (random() % 2)
        learn("case", {{"code", "LC260220AAAA22M"}, {"type", "contract"}, {"state", "mediating"}, {"submitted", "2026-02-20 09:00"}});
    if (random() % 2)
        learn("case", {{"code", "LC260210EEEE66K"}, {"type", "neighborhood"}, {"state", "closed_failed"}, {"submitted", "2026-02-10 09:00"},
                       {"closed", "2026-03-01 10:00"}});
    for (const auto* at : {"2026-03-06 09:30", "2026-03-06 14:00", "2026-03-09 09:30", "2026-03-20 09:30"})
        if (random() % 4)
            learn("slot", {{"at", at}, {"place", "五马街道调解室"}});
    const std::vector<std::string> states{"open", "open", "open", "blocked", "expired", "refused"};
    learn("invitation", {{"code", "YQ260304AAAA22Y"}, {"state", states[random() % states.size()]}, {"type", "neighborhood"},
                         {"applicant", "林小梅"}, {"requests", "把漏水修好"}});
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
        if (flow != data.flows.end() && flow->second.keeps && f.waits != awaiting::offer && (f.slots.contains("story") || f.slots.contains("matter")))
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
        return willing(so_far, random);
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
        const std::vector<said> others{followed{}, unfollowed{}, scanned{"s"}, scanned{"invite:YQ260304AAAA22Y"}, noticed{"view"}, sent_video{"x"},
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
void expect_can_be_left(test::chat citizen)
{
    if (citizen.state.held_by == owner::person)  // the person gives it back
        citizen.hears(owner_changed{owner::bot, {}, "released"});
    // A person can be asked for in every state.
    auto asks = citizen;
    asks.says("人工");
    EXPECT_EQ(asks.state.held_by, owner::waiting) << serialise(citizen.state);
    // A clear no to the question of a crisis, out of its dialogue, to the menu.
    for (const auto* word : {"不会", "菜单", "菜单"})
        citizen.says(word);
    EXPECT_TRUE(citizen.state.stack.empty()) << serialise(citizen.state);
}

// How often a dialogue came to its end, by what it leaves.
void count_ends(const turn& made, std::map<std::string, std::size_t>& ends)
{
    for (const auto& e : made.effects)
        ++ends[test::effect_fields(e).name];
}

TEST(random_inbounds, never_throw_and_never_trap)
{
    const auto* wanted = std::getenv("HEJIE_RANDOM_TURNS");
    const int turns = wanted ? std::atoi(wanted) : 20'000;
    std::mt19937_64 random(20'261'123);
    test::chat citizen;
    std::map<std::string, std::size_t> ends;
    for (int i = 0; i < turns; ++i) {
        if (i % 400 == 0) {
            citizen = test::chat();
            if (i % 800 == 0)
                citizen.answers = &test::staffed_engine();
            furnish(citizen, random);
        }
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
            ASSERT_EQ(citizen.last.replies.empty(), event || (held && !alarmed)) << serialise(before.state) << "\n" << serialise(citizen.state);
        ASSERT_FALSE(citizen.state.held_by == owner::person && before.state.held_by != owner::person && !staff);
        const bool too_old = before.state.last_turn && citizen.now - *before.state.last_turn > std::chrono::hours(24 * 29);
        if (kept.size() == 1 && !too_old && !may_end_a_draft(what, before))
            ASSERT_TRUE(drafts(citizen.state).contains(kept.begin()->first)) << serialise(before.state) << "\n" << serialise(citizen.state);
        if (i % 20 == 0)
            expect_can_be_left(citizen);
        if (testing::Test::HasFailure())
            return;
        count_ends(citizen.last, ends);
    }
    std::cout << "random turns: " << turns << ';';
    for (const auto& [name, count] : ends)
        std::cout << ' ' << name << ' ' << count;
    std::cout << '\n';
    // The walk gets deep enough to be worth its name.
    for (const auto* name : {"case", "complaint", "material", "appointment", "cancel_appointment", "withdraw", "reopen", "supplement", "rate",
                             "invitation", "consent_withdrawn", "data_request", "psych", "screening", "crisis", "person"})
        EXPECT_GT(ends[name], static_cast<std::size_t>(turns) / 10'000) << name;
}

}  // namespace
