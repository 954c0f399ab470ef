#include "dialogs/engine/engine.hpp"
#include "dialogs/understanding/safety_screen.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

using dialogs::crisis_level;

std::string content_of(const std::string& path)
{
    std::ifstream file{std::string{HEJIE_SOURCE_DIR} + "/" + path};
    std::stringstream all;
    all << file.rdbuf();
    return all.str();
}

const dialogs::safety_screen& screen()
{
    static const dialogs::safety_screen loaded{"safety.yaml", content_of("dialogs/lexicon/safety.yaml")};
    return loaded;
}

struct row {
    std::string expected;  // "C3/3/V"
    std::string text;
};

std::vector<row> rows()
{
    std::vector<row> all;
    std::istringstream lines{content_of("tests/unit/dialogs/safety_rows.txt")};
    for (std::string line; std::getline(lines, line);) {
        const auto tab = line.find('\t');
        if (!line.empty() && line[0] != '#' && tab != std::string::npos)
            all.push_back({line.substr(0, tab), line.substr(tab + 1)});
    }
    return all;
}

std::string shown(const dialogs::screening& found)
{
    return std::string{to_string(found.level)} + (found.third_person ? "/3" : "") + (found.violence ? "/V" : "");
}

int level_of(const std::string& shown_level)
{
    return shown_level.at(1) - '0';
}

std::string reasons_of(const dialogs::screening& found)
{
    std::string all;
    for (const auto& id : found.reasons)
        all += id + " ";
    return all;
}

TEST(SafetyScreen, SaysWhatTheReviewedRowsSay)
{
    int alarms = 0, found = 0, calm = 0, false_alarms = 0, grave = 0, grave_found = 0;
    const auto all = rows();
    ASSERT_GE(all.size(), 150U);
    for (const auto& one : all) {
        const auto result = screen().look(one.text);
        EXPECT_EQ(shown(result), one.expected) << one.text << "  [" << reasons_of(result) << "]";
        const bool alarm = result.level >= crisis_level::c2;
        const bool expected = level_of(one.expected) >= 2;
        alarms += expected ? 1 : 0;
        found += expected && alarm ? 1 : 0;
        calm += expected ? 0 : 1;
        false_alarms += !expected && alarm ? 1 : 0;
        grave += level_of(one.expected) >= 3 ? 1 : 0;
        grave_found += level_of(one.expected) >= 3 && result.level >= crisis_level::c3 ? 1 : 0;
    }
    std::cout << "safety rows: " << all.size() << "; C2 and above found " << found << "/" << alarms
              << "; C3 and above found " << grave_found << "/" << grave << "; false alarms " << false_alarms << "/" << calm
              << "\n";
}

TEST(SafetyScreen, GivesRuleIdsAndNeverTheText)
{
    const auto found = screen().look("我不想活了，药都买好了");
    ASSERT_FALSE(found.reasons.empty());
    for (const auto& id : found.reasons)
        EXPECT_EQ(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz_."), std::string::npos) << id;
    EXPECT_TRUE(screen().look("老板不发工资").reasons.empty());
}

TEST(SafetyScreen, FindsDangerAnywhereInALongMessage)
{
    std::string story;
    for (int i = 0; i < 300; ++i)
        story += "老板一直拖着工资不发。";
    EXPECT_EQ(screen().look(story).level, crisis_level::c0);
    EXPECT_EQ(screen().look(story + "我不想活了。" + story).level, crisis_level::c3);
    EXPECT_EQ(screen().look(story + "我不想活了").level, crisis_level::c3);
}

TEST(SafetyScreen, PhrasesDoNotFormOverTheEndOfASentence)
{
    EXPECT_EQ(screen().look("我不想。活着真好").level, crisis_level::c0);
    EXPECT_EQ(screen().look("这事我不想，活动我参加").level, crisis_level::c0);
}

TEST(SafetyScreen, BearsHostileInput)
{
    for (const std::string_view piece : {"死", "我想死", "不", "我", "他说", "\xff", "[", "/:", "😭", "自 ", "没有", "zs "}) {
        std::string text;
        for (int i = 0; i < 2'000; ++i)
            text += piece;
        EXPECT_NO_THROW(screen().look(text)) << piece;
    }
    EXPECT_EQ(screen().look("").level, crisis_level::c0);
}

std::string faults_of(std::string_view yaml)
{
    try {
        const dialogs::safety_screen loaded{"safety.yaml", yaml};
    } catch (const dialogs::flow_error& error) {
        return error.what();
    }
    return "";
}

TEST(SafetyScreen, RefusesATableWithFaultsAndNamesTheLines)
{
    const auto faults = faults_of(
        "groups:\n"
        "  legal: [法院]\n"
        "rules:\n"
        "  - id: one\n"
        "    level: C9\n"
        "    phrases: [想死]\n"
        "  - id: one\n"
        "    level: C3\n"
        "    unless: [nobody]\n"
        "    phrases: ['{open']\n"
        "  - id: three\n"
        "    level: C3\n"
        "    misspelt: 1\n"
    );
    EXPECT_NE(faults.find("safety.yaml:4: level must be"), std::string::npos) << faults;
    EXPECT_NE(faults.find("safety.yaml:7: the rule one is there twice"), std::string::npos) << faults;
    EXPECT_NE(faults.find("no group nobody"), std::string::npos) << faults;
    EXPECT_NE(faults.find("cannot read the phrase {open"), std::string::npos) << faults;
    EXPECT_NE(faults.find("safety.yaml:13: unknown key misspelt"), std::string::npos) << faults;
    EXPECT_NE(faults.find("the rule three has no phrases"), std::string::npos) << faults;
    EXPECT_NE(faults_of(": ["), "");
    EXPECT_NE(faults_of(""), "");
    EXPECT_NE(faults_of("- a list"), "");
}

std::string some_words()
{
    static const std::vector<std::string> pieces{"我", "不", "想", "死", "活", "自", "杀", "他", "说", "没有", "爸", "药", "了",
                                                 " ",  ",",  "。", "[",  "]",  "/:", "😭", "\xe6", "\xff", "z", "s", "楼顶", "在"};
    std::string text;
    for (const auto& piece : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)))
        text += piece;
    return text;
}

RC_GTEST_PROP(SafetyProperty, NeverThrowsOnAnyBytes, ())
{
    (void)screen().look(some_words() + *rc::gen::arbitrary<std::string>());
}

RC_GTEST_PROP(SafetyProperty, SpacesDoNotHideAnything, ())
{
    std::string spaced;
    for (const std::string_view character : {"我", "不", "想", "活", "了"}) {
        spaced += character;
        spaced.append(static_cast<std::size_t>(*rc::gen::inRange(0, 3)), ' ');
    }
    RC_ASSERT(screen().look(spaced).level == crisis_level::c3);
}

}  // namespace
