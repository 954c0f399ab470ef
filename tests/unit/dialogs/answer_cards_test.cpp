// Answer cards: faults by file and line, the index, and every card of the tree against what must hold of all of them. Where
// the stored laws are at hand (HEJIE_LAW_DATA names the folder), every cited article must be among them.
#include "dialogs/knowledge/answer_cards.hpp"
#include "dialogs/data.hpp"
#include "dialogs/engine/consult_lists.hpp"
#include "dialogs/engine/engine.hpp"
#include "dialogs/knowledge/clock_table.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/safety_screen.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

namespace {

using namespace dialogs;

card_file embedded(std::string_view path)
{
    for (const auto& file : dialogs_data())
        if (std::string_view(file.path) == path)
            return {std::string(file.path), std::string(file.content)};
    throw std::runtime_error("no such data file: " + std::string(path));
}

const answer_cards& whole_cards()
{
    static const answer_cards made = [] {
        std::vector<card_file> files;
        for (const auto& file : dialogs_data())
            if (std::string_view(file.path).starts_with("answers/"))
                files.push_back({std::string(file.path), std::string(file.content)});
        return answer_cards(files, embedded("lexicon/answer_words.yaml"));
    }();
    return made;
}

const clock_table& whole_clocks()
{
    static const clock_table made = [] {
        const auto file = embedded("lexicon/clocks.yaml");
        return clock_table(file.path, file.content);
    }();
    return made;
}

const std::string words = "ways:\n  - {id: court, text: 去法院起诉}\n  - {id: mediate, text: 申请调解, label: 申请调解, to: filing/start}\n"
                          "topics: [合同, 邻里]\n";

std::string card(std::string_view id, std::string_view title, std::string_view phrases, std::string_view more = {})
{
    return "  - id: " + std::string(id) + "\n    title: " + std::string(title) + "\n    label: 合同\n    types: [contract]\n    phrases: [" +
           std::string(phrases) +
           "]\n    facts: [欠了多少]\n    restate: 您问的是借钱。\n    rule: 欠钱要还。\n"
           "    law:\n      - {law: 民法典, article: 第六百七十五条, version: \"2020-05-28\"}\n"
           "    means: 有借条就好办。\n    deadlines: [civil_claim]\n    evidence: [借条]\n    ways: [mediate, court]\n" +
           std::string(more);
}

std::vector<std::string> faults_of(const std::string& content)
{
    const std::vector<card_file> files{{"answers/loan.yaml", content}};
    try {
        answer_cards made(files, {"lexicon/answer_words.yaml", words});
        return {};
    } catch (const flow_error& e) {
        return e.faults();
    }
}

TEST(answer_cards, faults_are_named_by_file_and_line)
{
    EXPECT_TRUE(faults_of("topic: loan\ncards:\n" + card("a", "借钱不还", "欠钱不还, 借钱不还, 赖账")).empty());
    const auto first = [](const std::string& content) {
        const auto all = faults_of(content);
        return all.empty() ? std::string("none") : all.front();
    };
    EXPECT_EQ(first("topic: other\ncards:\n" + card("a", "借钱不还", "甲, 乙, 丙")), "answers/loan.yaml:1: the topic is the file's name");
    EXPECT_EQ(first("topic: loan\ncards:\n" + card("a", "借钱不还", "甲, 乙, 丙", "    odd: 1\n")), "answers/loan.yaml:17: unknown key odd");
    EXPECT_EQ(first("topic: loan\ncards:\n" + card("a", "借钱不还", "甲")), "answers/loan.yaml:3: phrases has 3 to 12 entries");
    EXPECT_EQ(first("topic: loan\ncards:\n" + card("a", "这个题目写得太长了超过二十个字就放不进一个按钮里", "甲, 乙, 丙")),
              "answers/loan.yaml:4: title is longer than 20 characters");
    EXPECT_EQ(first("topic: loan\ncards:\n" + card("a", "甲", "甲, 乙, 丙") + card("a", "乙", "甲, 乙, 丙")),
              "answers/loan.yaml:17: the card a stands there twice");
    auto broken = "topic: loan\ncards:\n" + card("a", "甲", "甲, 乙, 丙");
    EXPECT_EQ(first(std::string(broken).replace(broken.find("[contract]"), 10, "[weather] ")), "answers/loan.yaml:3: no dispute type has the id weather");
    EXPECT_EQ(first(std::string(broken).replace(broken.find("civil_claim"), 11, "someday    ")), "answers/loan.yaml:3: no clock has the id someday");
    EXPECT_EQ(first(std::string(broken).replace(broken.find("[mediate,"), 9, "[fistfight,")), "answers/loan.yaml:3: no way out has the id fistfight");
    EXPECT_EQ(first(std::string(broken).replace(broken.find("2020-05-28"), 10, "2020-02-30")), "answers/loan.yaml:12: the version is a date like 2023-09-01");
    EXPECT_EQ(first("topic: [loan"), "answers/loan.yaml:2: did not find expected ',' or ']'");
}

TEST(answer_cards, all_faults_of_all_files_are_reported_at_once)
{
    const std::vector<card_file> files{{"answers/loan.yaml", "topic: x\ncards:\n" + card("a", "甲", "甲")},
                                       {"answers/more.yaml", "topic: y\ncards:\n" + card("b", "甲", "甲")}};
    try {
        answer_cards made(files, {"lexicon/answer_words.yaml", "topics: [合同]\n"});
        FAIL() << "no fault found";
    } catch (const flow_error& e) {
        EXPECT_GE(e.faults().size(), 5u) << e.what();
    }
}

TEST(answer_cards, a_card_without_an_article_is_refused)
{
    auto content = "topic: loan\ncards:\n" + card("a", "甲", "甲, 乙, 丙");
    const auto from = content.find("      - {law");
    content.erase(from, content.find('\n', from) - from + 1);
    const auto all = faults_of(content);
    ASSERT_FALSE(all.empty());
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const std::string& f) { return f.find("no article, no rule") != std::string::npos; }));
}

TEST(answer_cards, the_card_that_says_it_is_found_first)
{
    const std::vector<card_file> files{
        {"answers/loan.yaml", "topic: loan\ncards:\n" + card("loan", "借钱不还怎么办", "朋友借钱不还, 欠条写了不给, 借出去的钱要不回来") +
                                  card("noise", "楼上太吵怎么办", "楼上半夜太吵, 邻居噪音, 跳广场舞吵得睡不着") +
                                  card("leak", "楼上漏水怎么办", "天花板漏水, 楼上水管漏到我家, 墙面泡坏了")}};
    const answer_cards made(files, {"lexicon/answer_words.yaml", words});
    const auto first = [&](std::string_view question) {
        const auto hits = made.search(question, 3);
        return hits.empty() ? std::string("none") : hits.front().card->id;
    };
    EXPECT_EQ(first("我借给同事的钱一直要不回来"), "loan");
    EXPECT_EQ(first("楼上天天半夜放音乐吵死了"), "noise");
    EXPECT_EQ(first("我家墙面被楼上漏水泡坏了怎么办"), "leak");
    EXPECT_EQ(first(""), "none");
    EXPECT_EQ(first("qwerty"), "none");
    EXPECT_EQ(made.topics(), std::vector<std::string>{"合同"});
    EXPECT_EQ(made.of_topic("合同").size(), 3u);
    EXPECT_EQ(made.find("leak")->title, "楼上漏水怎么办");
    EXPECT_EQ(made.find("none"), nullptr);
    EXPECT_EQ(made.way("mediate")->to, "filing/start");
    EXPECT_EQ(made.way("none"), nullptr);
    const auto hits = made.search("楼上漏水", 2);
    ASSERT_EQ(hits.size(), 2u);
    EXPECT_GE(hits[0].score, hits[1].score);
}

// ---- the cards of the tree

// A phrase written on a card finds it: first, or beside cards that say the same.
TEST(card_files, every_phrase_finds_its_card_among_the_first_three)
{
    std::size_t asked = 0, found = 0;
    for (const auto& one : whole_cards().all())
        for (const auto& phrase : one.phrases) {
            const auto hits = whole_cards().search(phrase, 3);
            ++asked;
            found += std::any_of(hits.begin(), hits.end(), [&](const card_hit& h) { return h.card == &one; });
        }
    EXPECT_GE(asked, 1000u);
    EXPECT_GE(found * 1000, asked * 995) << found << " of " << asked;
}

// Figures of the index on sentences that it has not seen: dialogs/engine/consult_lists.cpp decides by its scores.
TEST(card_files, everyday_questions_find_their_card)
{
    std::ifstream file(HEJIE_SOURCE_DIR "/tests/unit/dialogs/card_questions.tsv");
    int asked = 0, first = 0, three = 0, sure = 0, sure_right = 0, odd = 0, odd_refused = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.starts_with('#'))
            continue;
        const auto tab = line.find('\t');
        const auto id = line.substr(0, tab), question = line.substr(tab + 1);
        const auto found = narrow(whole_cards(), question);
        if (id == "-") {
            ++odd;
            odd_refused += found.how == narrowed::none;
            continue;
        }
        ASSERT_NE(whole_cards().find(id), nullptr) << id;
        const auto hits = whole_cards().search(question, 3);
        const bool right = !hits.empty() && hits.front().card->id == id;
        ++asked;
        first += right;
        three += std::any_of(hits.begin(), hits.end(), [&](const card_hit& h) { return h.card->id == id; });
        sure += found.how == narrowed::sure;
        sure_right += found.how == narrowed::sure && right;
        if (found.how == narrowed::sure && !right)
            ADD_FAILURE() << question << " is taken for " << hits.front().card->id << " without asking";
    }
    std::cout << "answer cards: " << asked << " questions, first " << first << ", among three " << three << ", taken without asking "
              << sure << " of which right " << sure_right << "; off topic refused " << odd_refused << " of " << odd << "\n";
    EXPECT_GE(first * 100, asked * 80);
    EXPECT_GE(three * 100, asked * 90);
    EXPECT_GE(sure * 100, asked * 30);
    EXPECT_GE(odd_refused * 100, odd * 80);
}

TEST(card_files, say_nothing_that_must_not_be_said)
{
    const std::vector<std::string> banned{
        "一定能赢", "稳赢", "肯定赢", "法院肯定", "必须先调解", "不调解就不能", "调解要收费", "不能反悔也不能", "我是律师", "我是法官", "我是医生",
        "对方就是违法", "不归我们管", "不要告诉别人", "等通知", "抑郁症", "会好起来", "！", "!", "亲，", "您必须调解", "判他坐牢", "让他坐牢"};
    for (const auto& one : whole_cards().all()) {
        std::vector<std::string> texts{one.title, one.restate, one.rule, one.means};
        texts.insert(texts.end(), one.facts.begin(), one.facts.end());
        texts.insert(texts.end(), one.evidence.begin(), one.evidence.end());
        for (const auto& text : texts)
            for (const auto& phrase : banned)
                EXPECT_EQ(text.find(phrase), std::string::npos) << one.path << ":" << one.line << ": " << text;
    }
}

TEST(card_files, ask_with_clauses_that_become_questions)
{
    for (const auto& one : whole_cards().all()) {
        for (const auto& fact : one.facts) {
            EXPECT_EQ(fact.find("？"), std::string::npos) << one.id << ": " << fact;
            EXPECT_FALSE(fact.ends_with("。")) << one.id << ": " << fact;
        }
        EXPECT_TRUE(one.restate.ends_with("。")) << one.id << ": " << one.restate;
        EXPECT_TRUE(one.rule.ends_with("。")) << one.id << ": " << one.rule;
        EXPECT_TRUE(one.means.ends_with("。")) << one.id << ": " << one.means;
    }
}

// A title is a choice that is tapped, and then read like anything that was typed.
TEST(card_files, no_title_is_taken_for_words_of_acute_danger)
{
    const auto table = embedded("lexicon/safety.yaml");
    const safety_screen screen(table.path, table.content);
    for (const auto& one : whole_cards().all())
        EXPECT_LT(screen.look(one.title).level, crisis_level::c2) << one.id << ": " << one.title;
}

TEST(card_files, titles_are_not_mixed_up)
{
    std::map<std::string, std::string> seen;
    for (const auto& one : whole_cards().all()) {
        const auto [at, fresh] = seen.emplace(one.title, one.id);
        EXPECT_TRUE(fresh) << one.id << " and " << at->second << " have the same title";
    }
}

// ---- against the stored laws

using stored_laws = std::set<std::string>;  // "law|article|version"

std::string gunzipped(const std::string& path)
{
    std::string content;
    const auto file = gzopen(path.c_str(), "rb");
    if (!file)
        throw std::runtime_error("cannot open " + path);
    std::string part(1 << 20, '\0');
    for (int size = 0; (size = gzread(file, part.data(), static_cast<unsigned>(part.size()))) > 0;)
        content.append(part, 0, static_cast<std::size_t>(size));
    gzclose(file);
    return content;
}

void read_laws(const std::string& path, stored_laws& into)
{
    const auto content = gunzipped(path);
    std::string_view rest = content;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        const auto line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (line.empty())
            continue;
        const auto row = boost::json::parse(std::string(line)).as_object();
        const std::string law(row.at("law").as_string()), article(row.at("art").as_string());
        std::string date(row.at("date").as_string());
        if (law == "民法典")
            date = "2020-05-28";  // the source has no date for it
        into.insert(law + "|" + article + "|" + date);
    }
}

// The folder of statutes.jsonl.gz and laws_justlaws.jsonl.gz that HEJIE_LAW_DATA names; they are not part of the project.
std::vector<std::string> law_folders()
{
    const char* folder = std::getenv("HEJIE_LAW_DATA");
    return folder ? std::vector<std::string>{folder} : std::vector<std::string>{};
}

class card_files_beside_laws : public testing::TestWithParam<std::string> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(card_files_beside_laws);
INSTANTIATE_TEST_SUITE_P(where_there_are_laws, card_files_beside_laws, testing::ValuesIn(law_folders()));

TEST_P(card_files_beside_laws, cite_articles_that_are_stored)
{
    stored_laws stored;
    read_laws(GetParam() + "/statutes.jsonl.gz", stored);
    read_laws(GetParam() + "/laws_justlaws.jsonl.gz", stored);
    const auto check = [&](const cited_law& cited, const std::string& by) {
        EXPECT_TRUE(stored.contains(cited.law + "|" + cited.article + "|" + iso_date(cited.version)))
            << by << " cites " << cited.law << cited.article << " " << iso_date(cited.version);
    };
    for (const auto& one : whole_cards().all())
        for (const auto& cited : one.law)
            check(cited, one.path + ":" + std::to_string(one.line) + " " + one.id);
    for (const auto& clock : whole_clocks().all())
        for (const auto& cited : clock.law)
            check(cited, "clock " + clock.id);
}

// ---- clocks

TEST(clock_table, has_every_clock_with_an_article_and_a_question)
{
    for (const auto id : clock_ids) {
        const auto* clock = whole_clocks().find(id);
        ASSERT_NE(clock, nullptr) << id;
        EXPECT_FALSE(clock->law.empty()) << id;
        EXPECT_LE(std::count(clock->question.begin(), clock->question.end(), '\n'), 0) << id;
        EXPECT_NE(clock->question.find("？"), std::string::npos) << id;
    }
    EXPECT_EQ(whole_clocks().find("civil_claim")->length, (cases::period{cases::period_unit::year, 3}));
    EXPECT_EQ(whole_clocks().find("traffic_review")->length, (cases::period{cases::period_unit::working_day, 3}));
    EXPECT_FALSE(whole_clocks().find("renounce_inheritance")->length);
    EXPECT_TRUE(whole_clocks().find("new_claim_after_divorce_refusal")->not_before);
}

TEST(clock_table, faults_are_named_by_file_and_line)
{
    const auto file = embedded("lexicon/clocks.yaml");
    const auto faults = [&](std::string_view old, std::string_view with) {
        auto content = file.content;
        content.replace(content.find(old), old.size(), with);
        try {
            clock_table made("clocks.yaml", content);
            return std::string("none");
        } catch (const flow_error& e) {
            return std::string(e.what());
        }
    };
    EXPECT_NE(faults("id: retrial", "id: civil_claim").find("the clock civil_claim stands there twice"), std::string::npos);
    EXPECT_NE(faults("id: retrial", "id: retrials").find("no clock retrial"), std::string::npos);
    EXPECT_NE(faults("{unit: year, n: 3}", "{unit: week, n: 3}").find("a period has a unit"), std::string::npos);
    EXPECT_NE(faults("{unit: year, n: 3}", "{unit: year, n: 0}").find("a period has a unit"), std::string::npos);
    EXPECT_NE(faults("kind: not_before", "kind: sometimes").find("kind is 'by' or 'not_before'"), std::string::npos);
}

}  // namespace
