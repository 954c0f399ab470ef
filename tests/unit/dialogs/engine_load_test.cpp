// Data files are checked when they are loaded, all faults at once, each with its file and line.
#include "tests/unit/dialogs/engine_chat.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

// The faults after `find` was replaced by `by` in the file.
std::vector<std::string> faults_after(std::string_view path, std::string_view find, std::string_view by)
{
    auto files = test::whole_data();
    const auto at = std::find_if(files.begin(), files.end(), [&](const auto& f) { return f.path == path; });
    EXPECT_NE(at, files.end()) << path;
    const auto where = at->content.find(find);
    EXPECT_NE(where, std::string::npos) << find;
    at->content.replace(where, find.size(), by);
    try {
        dialogs::engine broken(files);
    } catch (const dialogs::flow_error& e) {
        return e.faults();
    }
    return {};
}

int line_of(std::string_view path, std::string_view text)
{
    for (const auto& f : test::whole_data())
        if (f.path == path)
            return static_cast<int>(std::count(f.content.begin(), f.content.begin() + static_cast<long>(f.content.find(text)), '\n')) + 1;
    return 0;
}

struct fault_row {
    const char* find;
    const char* by;
    const char* said;
};

class flow_fault : public testing::TestWithParam<fault_row> {};

TEST_P(flow_fault, is_named_with_its_line)
{
    const auto& row = GetParam();
    const auto faults = faults_after("flows/filing.yaml", row.find, row.by);
    ASSERT_FALSE(faults.empty());
    const bool said = std::any_of(faults.begin(), faults.end(), [&](const std::string& f) {
        return f.starts_with("flows/filing.yaml:") && f.find(row.said) != std::string::npos;
    });
    EXPECT_TRUE(said) << testing::PrintToString(faults);
}

INSTANTIATE_TEST_SUITE_P(every_kind, flow_fault, testing::Values(
    fault_row{"type: date", "type: day", "unknown slot type 'day'"},
    fault_row{"    why: 知道是哪个街道或者镇，申请才能直接送到办的人手里。\n", "", "missing text 'why'"},
    fault_row{"ask: \"大概涉及多少钱？", "aks: \"大概涉及多少钱？", "unknown key 'aks'"},
    fault_row{"when: acting == other", "when: acting = other", "bad condition"},
    fault_row{"when: acting == other", "when: acting == nobody", "'acting' is never 'nobody'"},
    fault_row{"when: acting == other", "when: phone == other", "slot 'phone' is not filled before it"},
    fault_row{"do: alarm", "do: dance", "unknown deed 'dance'"},
    fault_row{"do: alarm", "do: leave", "'leave' needs a page to go to"},
    fault_row{"    slot: requests\n", "", "missing slot"},
    fault_row{"slot: requests", "slot: wishes", "its ending needs the slot 'requests'"},
    fault_row{"  - id: requests", "  - id: amount", "step 'amount' stands twice"},
    fault_row{"resets: [acting_for, adult, guardian]", "resets: [moon]", "resets the unknown slot 'moon'"},
    fault_row{"{hint}", "{hnit}", "unknown placeholder '{hnit}'"},
    fault_row{"again:\n      - \"请只写姓名，比如“陈小明”。\"\n", "again:\n", "'again' needs two texts"},
    fault_row{"texts:\n  receipt: |-", "  - id: late\n    slot: late\n    type: name\n    why: w\n    ask: a\n    again: [b, c]\ntexts:\n  receipt: |-", "is unreachable"},
    fault_row{"texts:\n  receipt: |-", "texts:\n  moon: x\n  receipt: |-", "unknown text 'moon'"},
    fault_row{"min: 6", "min: six", "'min' is not a number"},
    fault_row{"steps:", "steps: [", ""}));

TEST(flow_load, every_fault_is_listed_at_once)
{
    auto files = test::whole_data();
    for (auto& f : files) {
        if (f.path == "flows/filing.yaml")
            f.content.replace(f.content.find("type: date"), 10, "type: day");
        if (f.path == "flows/menu.yaml")
            f.content.replace(f.content.find("to: menu/legal"), 14, "to: menu/moon1");
        if (f.path == "flows/words.yaml")
            f.content.replace(f.content.find("  thanks: \""), 11, "  thank: \"");
    }
    try {
        dialogs::engine broken(files);
        FAIL() << "loaded";
    } catch (const dialogs::flow_error& e) {
        EXPECT_GE(e.faults().size(), 4u);
        const std::string all = e.what();
        EXPECT_NE(all.find("flows/filing.yaml:" + std::to_string(line_of("flows/filing.yaml", "type: date"))), std::string::npos) << all;
        EXPECT_NE(all.find("unknown target 'menu/moon1'"), std::string::npos) << all;
        EXPECT_NE(all.find("missing text 'thanks'"), std::string::npos) << all;
        EXPECT_NE(all.find("unknown text 'thank'"), std::string::npos) << all;
    }
}

TEST(flow_load, a_page_without_a_way_on_is_a_dead_end)
{
    const auto faults = faults_after(
        "flows/complaint.yaml", "    choices:\n      - {label: 人工, to: cmd/human}\n      - {label: 菜单, to: cmd/menu}\n", ""
    );
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_NE(faults.front().find("page 'complaint_fraud' is a dead end"), std::string::npos) << faults.front();
}

TEST(flow_load, an_intent_opens_what_there_is_and_with_a_probability)
{
    auto faults = faults_after("flows/intents.yaml", "supplement: supplement/start", "supplement: supplement/begin");
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_NE(faults.front().find("intent 'supplement': unknown target 'supplement/begin'"), std::string::npos) << faults.front();
    faults = faults_after("flows/intents.yaml", "sure: 0.4", "sure: 40");
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_NE(faults.front().find("'sure' is a probability"), std::string::npos) << faults.front();
}

TEST(flow_load, nothing_starts_without_the_safety_screen)
{
    auto files = test::whole_data();
    std::erase_if(files, [](const auto& f) { return f.path == "lexicon/safety.yaml"; });
    EXPECT_THROW(dialogs::engine broken(files), dialogs::flow_error);
}

}  // namespace
