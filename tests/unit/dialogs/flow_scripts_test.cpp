// Every script of tests/conversations straight through the engine.
#include "dialogs/engine/load.hpp"
#include "tests/support/script.hpp"
#include "tests/unit/dialogs/engine_chat.hpp"
#include "tests/unit/dialogs/flow_coverage.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

namespace {

class script_test : public testing::Test {
public:
    script_test(test::script played, const dialogs::engine& answers) : script_(std::move(played)), players_(script_, answers) {}

    void TestBody() override
    {
        for (const auto& turn : script_.turns) {
            SCOPED_TRACE(script_.name + ".txt:" + std::to_string(turn.line));
            play(turn, players_.prepare(turn));
            if (HasFailure())
                return;
            players_.passed();
        }
    }

private:
    void play(const test::script_turn& turn, test::chat& speaker)
    {
        const auto cases = speaker.filed.size(), alerts = speaker.alerts.size();
        std::string text = speaker.hears(players_.said_by(turn));
        for (const auto& r : speaker.last.replies)
            for (const auto& c : r.choices)
                text += "\n[" + c.label + "]";
        EXPECT_LE(test::rendered_bytes(speaker.last.replies), 2048u) << text;
        EXPECT_EQ(turn.silent, speaker.last.replies.empty()) << text;
        const auto missing = test::first_missing(text, turn.expects);
        EXPECT_FALSE(missing) << "not said: " << *missing << "\nsaid:\n" << text;
        const auto unwanted = test::first_unwanted(text, turn.avoids);
        EXPECT_FALSE(unwanted) << "said: " << *unwanted << "\nin:\n" << text;
        ASSERT_EQ(speaker.filed.size() - cases, turn.cases.size()) << text;
        for (std::size_t i = 0; i < turn.cases.size(); ++i)
            expect_fields(turn.cases[i], test::case_fields(speaker.filed[cases + i]));
        const auto effects = test::unexpected_effects(turn, speaker.last.effects);
        EXPECT_FALSE(effects) << *effects << "\nsaid:\n" << text;
        std::vector<std::string> levels;
        for (std::size_t i = alerts; i < speaker.alerts.size(); ++i)
            levels.push_back(speaker.alerts[i].level);
        EXPECT_EQ(levels, turn.crises) << text;
    }

    static void expect_fields(const test::expected_case& wanted, const std::map<std::string, std::string>& given)
    {
        for (const auto& [key, value] : wanted.fields) {
            const auto at = given.find(key);
            ASSERT_NE(at, given.end()) << "a case has no field " << key;
            EXPECT_EQ(at->second, value) << key;
        }
    }

    test::script script_;
    test::players players_;
};

struct script_folder {
    const char* path;  // below the tests
    const char* suite;
    const dialogs::engine& (*answers)();
};
constexpr script_folder folders[] = {
    {"/tests/conversations", "conversation", test::whole_engine},
    // Those of this room need a world outside that storage does not hold yet: since when a case is in its state.
    {"/tests/unit/dialogs/scripts", "conversation", test::whole_engine},
    // With a person on call. The others: with nobody, as the data stands.
    {"/tests/conversations/on_call", "conversation_on_call", test::staffed_engine},
};

const bool registered = [] {
    for (const auto& [path, suite, answers] : folders)
        for (auto& script : test::read_scripts(std::string(HEJIE_SOURCE_DIR) + path)) {
            const auto name = script.name;
            testing::RegisterTest(suite, name.c_str(), nullptr, nullptr, __FILE__, __LINE__, [script, answers]() -> testing::Test* {
                return new script_test(script, answers());
            });
        }
    return true;
}();

void play_for_coverage(const test::script& script, const dialogs::engine& answers, test::coverage& seen)
{
    test::players players(script, answers);
    for (const auto& turn : script.turns) {
        auto& speaker = players.prepare(turn);
        const auto before = speaker.state;
        const auto what = players.said_by(turn);
        speaker.hears(what);
        seen.turn(before, what, speaker.state, speaker.last);
        if (const auto spare = answers.crisis_fallback(what))  // the same words while nothing can be stored
            seen.turn(before, what, speaker.state, {.replies = spare->replies});
        players.passed();
    }
}

// Every step, choice, page and sentence of the flows is come by in some script.
TEST(conversation_coverage, leaves_out_no_node)
{
    test::coverage seen(dialogs::load_book(test::whole_data()), dialogs::load_book(test::staffed_data()));
    std::size_t scripts = 0;
    for (const auto& [path, suite, answers] : folders)
        for (const auto& script : test::read_scripts(std::string(HEJIE_SOURCE_DIR) + path)) {
            play_for_coverage(script, answers(), seen);
            ++scripts;
        }
    const auto missing = seen.missing();
    std::string list;
    for (const auto& node : missing)
        list += "\n  " + node;
    std::cout << "conversation coverage: " << scripts << " scripts, " << seen.nodes() - missing.size() << " of " << seen.nodes()
              << " nodes" << list << '\n';
    EXPECT_TRUE(missing.empty()) << "no script comes by these";
}

TEST(script_parser, names_file_and_line_of_a_fault)
{
    const auto fault = [](std::string_view content) {
        try {
            test::parse_script("s.txt", content);
        } catch (const std::invalid_argument& e) {
            return std::string(e.what());
        }
        return std::string("no fault");
    };
    EXPECT_EQ(fault("> 你好\n? x\n"), "s.txt:2: a line begins with # > < ! ~ @ = + or -");
    EXPECT_EQ(fault("< x\n"), "s.txt:1: an expectation before the first turn");
    EXPECT_EQ(fault("\n> [唱歌 x]\n"), "s.txt:2: unknown kind of message '唱歌'");
    EXPECT_EQ(fault("@ 2026-02-30 10:00\n> x\n"), "s.txt:1: there is no such time");
    EXPECT_EQ(fault("@ +3世纪\n> x\n"), "s.txt:1: unknown unit '世纪'");
    EXPECT_EQ(fault("> [位置 28.0 五马]\n"), "s.txt:1: a location is latitude,longitude label");
    EXPECT_EQ(fault("# nothing\n"), "s.txt:1: the script says nothing");
    EXPECT_EQ(fault("> x\n= dance who=me\n"), "s.txt:2: unknown effect 'dance'");
    EXPECT_EQ(fault("+ weather sun=yes\n> x\n"), "s.txt:1: the world outside holds cases, slots, services, invitations and laws");
    EXPECT_EQ(fault("- case code=LC\n> x\n"), "s.txt:1: only slots are taken away");
    EXPECT_EQ(fault("> x\n+ slot at=2026-03-09 09:30\n"), "s.txt:2: a change of the world at the end has no turn");
    EXPECT_EQ(fault("> x\n@ +1天\n"), "s.txt:2: a clock move at the end has no turn");
}

TEST(script_parser, reads_every_kind_of_line)
{
    const auto s = test::parse_script("s", "@ 2026-03-05 10:00\n@ +30分钟\n> [位置 28.01,120.65 五马街 1 号]\n< a…b\n"
                                           "> [点 提交]\n= case name=张 三 phone=13800000000\n= crisis C3\n< (无)\n");
    ASSERT_EQ(s.turns.size(), 2u);
    ASSERT_EQ(s.turns[0].before.size(), 2u);
    EXPECT_EQ(s.turns[0].before[0].to->time_since_epoch().count(), 1'772'676'000'000);
    EXPECT_EQ(s.turns[0].before[1].by, std::chrono::minutes(30));
    const auto& at = std::get<dialogs::sent_location>(std::get<dialogs::said>(s.turns[0].says));
    EXPECT_EQ(at.latitude, 28.01);
    EXPECT_EQ(at.label, "五马街 1 号");
    EXPECT_EQ(std::get<test::tap>(s.turns[1].says).button, "提交");
    EXPECT_EQ(s.turns[1].cases.at(0).fields.at("name"), "张 三");
    EXPECT_EQ(s.turns[1].crises, std::vector<std::string>{"C3"});
    EXPECT_TRUE(s.turns[1].silent);
}

TEST(script_parser, knows_who_speaks_and_what_must_not_be_said)
{
    const auto s = test::parse_script("s", "+ law law=民法典 article=第一条 version=2020-05-28 text=条文\n> 甲\n! 乙\n~ 对方\n> 丙\n");
    EXPECT_EQ(s.turns.at(0).who, "");
    EXPECT_EQ(s.turns.at(0).avoids, std::vector<std::string>{"乙"});
    EXPECT_EQ(s.turns.at(1).who, "对方");
    EXPECT_TRUE(s.turns.at(0).world.empty());
    EXPECT_EQ(s.laws.at(0).fields.at("article"), "第一条");
    EXPECT_EQ(test::first_unwanted("甲乙丙", {"丁", "甲…丙"}), "甲…丙");
    EXPECT_FALSE(test::first_unwanted("甲乙丙", {"丁", "丙…甲"}));
}

TEST(script_parser, pieces_are_found_in_order_with_gaps)
{
    EXPECT_FALSE(test::first_missing("甲乙丙丁", {"甲…丙", "丁"}));
    EXPECT_EQ(test::first_missing("甲乙丙丁", {"丙", "甲"}), "甲");
    EXPECT_EQ(test::first_missing("甲乙", {"甲…丙"}), "甲…丙");
}

}  // namespace
