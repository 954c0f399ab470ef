// The screen against the project's own sentences. Only those that rules are made by: the kept-apart fifth is measured by
// tests/bench/safety and never looked at here, so that nobody tunes on it.
#include "tests/unit/dialogs/safety_corpus.hpp"

#include "dialogs/understanding/safety_screen.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
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

const std::vector<crisis_sentence>& sentences()
{
    static const auto all = read_crisis_sentences(content_of("dialogs/training/crisis/sentences.jsonl"));
    return all;
}

struct share {
    int of = 0;
    int found = 0;
    double value() const { return of == 0 ? 0 : static_cast<double>(found) / of; }
    void count(bool yes)
    {
        ++of;
        found += yes ? 1 : 0;
    }
};

struct seen {
    const crisis_sentence* sentence;
    dialogs::screening found;
    bool alert() const { return found.level >= crisis_level::c2; }
};

std::vector<seen> looked_at()
{
    std::vector<seen> all;
    for (std::size_t i = 0; i < sentences().size(); ++i)
        if (!is_kept_apart(i))
            all.push_back({&sentences()[i], screen().look(sentences()[i].text)});
    return all;
}

TEST(SafetyCorpus, IsLargeVariedAndWithoutDoubles)
{
    std::set<std::string> texts;
    std::map<std::string, int> kinds, levels;
    for (const auto& one : sentences()) {
        EXPECT_TRUE(texts.insert(one.text).second) << one.text;
        EXPECT_FALSE(one.note.empty()) << one.text;
        ++kinds[one.kind];
        ++levels[one.level];
    }
    EXPECT_GE(sentences().size(), 1'500U);
    for (const auto* level : {"C0", "C1", "C2", "C3", "C4", "V1", "V2", "V3", "V4", "A1", "A2", "A3", "A4"})
        EXPECT_GE(levels[level], 10) << level;
    for (const auto* kind : {"idiom", "negation", "third_person", "homophone", "dialect", "elder", "indirect_goodbye",
                             "legal_question", "quote", "plain", "violence", "abuse", "voice", "emoji", "traditional",
                             "typo", "farmer", "migrant_worker", "teen", "debtor"})
        EXPECT_GE(kinds[kind], 10) << kind;
}

TEST(SafetyCorpus, AlertsWhereAPersonIsNeeded)
{
    std::map<int, share> by_grade;
    for (const auto& one : looked_at())
        if (one.sentence->grade() >= 2)
            by_grade[one.sentence->grade()].count(one.alert());
    EXPECT_GE(by_grade[2].value(), .97);
    EXPECT_GE(by_grade[3].value(), .99);
    EXPECT_GE(by_grade[4].value(), .98);
    EXPECT_GE(by_grade[4].of, 100);
}

TEST(SafetyCorpus, IsNotAlarmedByIdiomsLawStoriesAndDistressAlone)
{
    share false_alarms;
    std::string which;
    for (const auto& one : looked_at())
        if (one.sentence->grade() < 2) {
            false_alarms.count(one.alert());
            if (one.alert())
                which += one.sentence->text + "\n";
        }
    EXPECT_GE(false_alarms.of, 500);
    EXPECT_LE(false_alarms.value(), .01) << which;
}

// What is grave must not be taken for something passing: within one step, and what happens now at least a C3.
TEST(SafetyCorpus, TakesGraveThingsGravely)
{
    share three, four;
    for (const auto& one : looked_at()) {
        if (one.sentence->grade() == 3)
            three.count(one.found.level >= crisis_level::c3);
        if (one.sentence->grade() == 4)
            four.count(one.found.level >= crisis_level::c3);
    }
    EXPECT_GE(three.value(), .9);
    EXPECT_GE(four.value(), .95);
}

TEST(SafetyCorpus, PutsViolenceAndAbuseOnTheirLadders)
{
    share violence, suicide;
    for (const auto& one : looked_at()) {
        if (!one.alert() || one.sentence->grade() < 2)
            continue;
        const bool on_ladder = dialogs::on_its_ladder(one.found)[0] != 'C';
        if (one.sentence->level[0] == 'C')
            suicide.count(!on_ladder);
        else
            violence.count(on_ladder);
    }
    EXPECT_GE(violence.value(), .85);
    EXPECT_GE(suicide.value(), .95);
}

TEST(SafetyCorpus, KnowsOthersFromTheWriter)
{
    share others, selves;
    for (const auto& one : looked_at()) {
        if (!one.alert() || one.sentence->level[0] != 'C' || one.sentence->grade() < 2)
            continue;
        if (one.sentence->who == "other")
            others.count(one.found.third_person);
        if (one.sentence->who == "self")
            selves.count(!one.found.third_person);
    }
    EXPECT_GE(others.value(), .6);
    EXPECT_GE(selves.value(), .9);
}

TEST(SafetyCorpus, SpacesAndSignsBetweenTheCharactersHideNothing)
{
    share found;
    for (const auto& one : looked_at()) {
        const auto& text = one.sentence->text;
        const bool plain_han = std::all_of(text.begin(), text.end(), [](unsigned char byte) { return byte >= 0x80; });
        if (one.sentence->grade() < 3 || one.sentence->kind != "plain" || !plain_han || !one.alert() || text.size() > 45)
            continue;
        std::string spaced;
        for (std::size_t i = 0; i < text.size(); i += 3)
            spaced += text.substr(i, 3) + " ";
        found.count(screen().look(spaced).level >= crisis_level::c2);
    }
    EXPECT_GE(found.of, 30);
    EXPECT_GE(found.value(), .97);
}

}  // namespace
