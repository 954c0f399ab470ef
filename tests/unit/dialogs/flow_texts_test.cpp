// What citizens read: nothing that must never be said (domain reference §20.4, §27), nothing that is itself taken for
// words of danger, plain digits for hotlines, and the greeting says what it must.
#include "dialogs/data.hpp"
#include "dialogs/engine/load.hpp"
#include "tests/unit/dialogs/engine_chat.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace dialogs;

const book& whole_book()
{
    static const book made = load_book(test::whole_data());
    return made;
}

struct named_text {
    std::string where, text;
};

// Every sentence of the flow files and of the category table.
std::vector<named_text> all_texts()
{
    std::vector<named_text> out;
    const auto& data = whole_book();
    for (std::size_t i = 0; i < text_names.size(); ++i)
        out.push_back({std::string(text_names[i].name), data.texts[i]});
    for (const auto& [id, page] : data.pages) {
        out.push_back({id, page.text});
        for (const auto& c : page.choices)
            out.push_back({id + " choice", c.label});
    }
    for (const auto& [id, flow] : data.flows)
        for (const auto& [name, text] : flow.texts)
            out.push_back({id + " " + name, text});
    for (const auto& [id, flow] : data.flows)
        for (const auto& s : flow.steps) {
            for (const auto& text : {s.ask, s.ask_all, s.why, s.pick_again, s.picked, s.label, s.item, s.empty, s.none_label})
                out.push_back({s.id, text});
            for (const auto& text : s.again)
                out.push_back({s.id + " again", text});
            for (const auto& o : s.options) {
                out.push_back({s.id + " choice", o.label});
                out.push_back({s.id + " note", o.note});
            }
        }
    for (const auto& c : data.disputes->all()) {
        out.push_back({c.id, c.evidence_hint});
        out.push_back({c.id, c.route_note});
    }
    return out;
}

// Without what is quoted as an example.
std::string without_quotes(std::string_view text)
{
    constexpr std::string_view opens = "“", closes = "”";
    std::string out;
    while (!text.empty()) {
        const auto open = text.find(opens);
        out += text.substr(0, open);
        const auto close = open == std::string_view::npos ? open : text.find(closes, open);
        text.remove_prefix(close == std::string_view::npos ? text.size() : close + closes.size());
    }
    return out;
}

TEST(texts, ask_one_question_at_a_time)
{
    for (const auto& [where, text] : all_texts()) {
        const auto own = without_quotes(text);
        const auto mark = own.find("？");
        EXPECT_TRUE(mark == std::string::npos || own.find("？", mark + 1) == std::string::npos) << where << ": " << text;
        for (const auto* two : {"吗，", "吗、"})
            EXPECT_EQ(own.find(two), std::string::npos) << where << ": " << text;
    }
}

TEST(texts, never_say_what_must_not_be_said)
{
    const std::vector<std::string> banned{
        "一定能赢", "法院肯定", "必须先调解", "不调解就不能", "调解要收费", "不能反悔", "我是律师", "我是法官", "我是医生", "对方就是违法", "不归我们管",
        "不要告诉别人", "不会告诉任何人", "等通知", "会好起来", "想想父母", "想想家人", "别傻", "比您难", "马上就到", "有人马上就来", "先填完",
        "敬请期待", "暂未开通", "即将上线", "亲，", "抑郁症"};
    for (const auto& t : all_texts())
        for (const auto& phrase : banned)
            EXPECT_EQ(t.text.find(phrase), std::string::npos) << t.where << ": " << t.text;
}

TEST(texts, are_chinese_and_without_exclamation)
{
    for (const auto& t : all_texts()) {
        EXPECT_EQ(t.text.find("！"), std::string::npos) << t.where;
        EXPECT_EQ(t.text.find("!"), std::string::npos) << t.where;
        EXPECT_EQ(t.text.find("�"), std::string::npos) << t.where;
    }
}

TEST(texts, crisis_sentences_are_short)
{
    for (std::size_t i = 0; i < text_names.size(); ++i) {
        if (!text_names[i].name.starts_with("crisis_"))
            continue;
        std::string_view rest = whole_book().texts[i];
        while (!rest.empty()) {
            auto end = std::min({rest.find("。"), rest.find("？"), rest.find("\n")});
            const auto sentence = rest.substr(0, end);
            EXPECT_LE(std::count_if(sentence.begin(), sentence.end(), [](char c) { return (c & 0xC0) != 0x80; }), 60) << sentence;
            rest.remove_prefix(std::min(rest.size(), end == std::string_view::npos ? rest.size() : end + (rest[end] == '\n' ? 1 : 3)));
        }
    }
}

// Nobody is said to have been called unless a deployment says that somebody is on call.
TEST(texts, nobody_is_promised_while_nobody_is_on_call)
{
    const auto& book = whole_book();
    ASSERT_FALSE(book.duty_on_call);
    for (std::size_t i = 0; i < text_names.size(); ++i) {
        const bool honest = std::string_view(text_names[i].name).starts_with("crisis_fallback");
        if (!honest)
            EXPECT_EQ(book.texts[i].find("值班"), std::string::npos) << text_names[i].name;
    }
}

TEST(texts, with_a_person_on_call_the_templates_say_so)
{
    auto files = test::whole_data();
    for (auto& file : files) {
        const std::string off = "duty_on_call: false";
        if (const auto at = file.content.find(off); at != std::string::npos)
            file.content.replace(at, off.size(), "duty_on_call: true");
    }
    const auto book = load_book(files);
    EXPECT_NE(book.text(text_id::crisis_c3).find("我已经通知值班老师来接着和您聊"), std::string::npos);
    EXPECT_NE(book.text(text_id::crisis_c4).find("值班人员正在联系"), std::string::npos);
}

TEST(texts, crisis_templates_name_a_number_to_call)
{
    for (const auto id : {text_id::crisis_c2, text_id::crisis_c3, text_id::crisis_c4, text_id::crisis_third, text_id::crisis_violence,
                          text_id::crisis_violence_now, text_id::crisis_violence_third, text_id::crisis_fallback,
                          text_id::crisis_fallback_now, text_id::crisis_fallback_violence, text_id::crisis_c4_stay,
                          text_id::crisis_c3_stay, text_id::crisis_repeat})
        EXPECT_NE(whole_book().text(id).find("110"), std::string::npos) << whole_book().text(id);
    for (const auto id : {text_id::crisis_c1, text_id::crisis_c2, text_id::crisis_c3, text_id::crisis_third, text_id::crisis_fallback})
        EXPECT_NE(whole_book().text(id).find("12356"), std::string::npos) << whole_book().text(id);
}

// A tap sends its label back as if typed; the safety screen reads it like everything else.
TEST(texts, no_button_is_taken_for_words_of_danger)
{
    for (const auto& t : all_texts())
        if (t.where.ends_with("choice"))
            EXPECT_EQ(whole_book().safety->look(t.text).level, crisis_level::c0) << t.text;
    for (const auto& [word, what] : whole_book().commands)
        EXPECT_EQ(whole_book().safety->look(word).level, crisis_level::c0) << word;
}

TEST(texts, the_greeting_says_what_it_is_and_how_to_reach_a_person)
{
    const auto text = whole_book().pages.find("welcome")->second.text;
    for (const auto* piece : {"自动助手", "人工", "110", "120"})
        EXPECT_NE(text.find(piece), std::string::npos) << piece;
}

TEST(texts, every_question_has_a_reason_and_asks_one_thing)
{
    for (const auto& [id, flow] : whole_book().flows)
        for (const auto& s : flow.steps) {
            EXPECT_EQ(s.why.empty(), !s.asks()) << s.id;
            // One question mark or none: one question a message ("有…吗？没有就跳过" counts as one).
            std::size_t marks = 0;
            for (auto at = s.ask.find("？"); at != std::string::npos; at = s.ask.find("？", at + 1))
                ++marks;
            EXPECT_LE(marks, 1u) << s.id << ": " << s.ask;
        }
}

// The longest of everything must still fit one passive reply.
TEST(texts, the_summary_of_the_longest_answers_fits_one_reply)
{
    test::chat citizen;
    const std::string wide = "很长的名字很长的名字很长的名字";
    std::string hundred;
    for (int i = 0; i < 30; ++i)
        hundred += "五马街道长";
    citizen.taps("filing/start");
    citizen.says("同意");
    citizen.says("同意");
    citizen.says("没有");
    for (int i = 0; i < 3; ++i)
        citizen.says(hundred + "房东不退押金，交通事故受伤，网购退款，拖欠工资");
    citizen.says("说完了");
    EXPECT_LE(test::rendered_bytes(citizen.last.replies), 2048u);
    citizen.says("都不对");  // what was heard beside the story
    citizen.says("都不是");
    EXPECT_LE(test::rendered_bytes(citizen.last.replies), 2048u);
    for (const auto& answer : std::vector<std::string>{"8", "2026年2月15日", std::string("五马街道和南汇街道之间的") + hundred.substr(0, 240), "1",
                                                       hundred.substr(0, 450), "123456789元", hundred.substr(0, 270), "13812345678", "替别人",
                                                       wide + wide, "没满", "很长的名字很长的名字很长的名字", "057788001234", "法院", "以后再说"}) {
        citizen.says(answer);
        EXPECT_LE(test::rendered_bytes(citizen.last.replies), 2048u) << serialise(citizen.last.replies);
    }
    for (int i = 0; i < 20; ++i)
        citizen.hears(sent_picture{"m" + std::to_string(i), {}});
    const auto text = citizen.says("传完了");
    EXPECT_NE(text.find("请核对一下"), std::string::npos) << text;
    EXPECT_LE(test::rendered_bytes(citizen.last.replies), 2048u) << text;
    for (const auto* word : {"帮助", "人工", "随便", "随便", "随便"}) {
        citizen.says(word);
        EXPECT_LE(test::rendered_bytes(citizen.last.replies), 2048u) << word;
    }
    citizen.says("提交");
    EXPECT_LE(test::rendered_bytes(citizen.last.replies), 2048u);
    EXPECT_EQ(citizen.filed.size(), 1u);
}

}  // namespace
