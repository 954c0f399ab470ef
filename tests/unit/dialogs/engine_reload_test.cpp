// New data while people talk: who has begun goes on with what they began with, and nothing under way is lost.
#include "tests/unit/dialogs/engine_chat.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace {

using namespace dialogs;

std::vector<source_file> changed_data(std::string_view path, std::string_view find, std::string_view by)
{
    auto files = test::whole_data();
    const auto at = std::find_if(files.begin(), files.end(), [&](const auto& f) { return f.path == path; });
    const auto where = at->content.find(find);
    EXPECT_NE(where, std::string::npos) << find;
    at->content.replace(where, find.size(), by);
    return files;
}

conversation after(const engine& from, conversation state, std::string_view text, std::string_view target = {}, std::string* said_back = nullptr)
{
    const said what = said_text{std::string(text), std::string(target)};
    const known facts{std::vector<case_view>{}};
    auto made = std::get<stepped>(from.step(state, {what, bot::instant(std::chrono::milliseconds(1'772'676'000'000)), 5, facts}));
    if (said_back)
        for (const auto& r : made.out.replies)
            *said_back += r.text + "\n";
    return parse_conversation(serialise(made.after));
}

conversation at_the_date(const engine& from)
{
    conversation state;
    state = after(from, state, "", "filing/start");
    for (const auto* answer : {"同意", "同意", "没有", "楼上漏水泡坏了我家天花板", "说完了", "1"})
        state = after(from, state, answer);
    return state;
}

constexpr std::string_view old_words = "事情是什么时候发生的？", new_words = "这件事发生在哪一天？";

TEST(engine_reload, who_has_begun_goes_on_with_what_they_began_with)
{
    engine flows(test::whole_data());
    const auto first = flows.version();
    const auto under_way = after(flows, at_the_date(flows), "五马街道某小区");
    const auto second = flows.reload(changed_data("flows/filing.yaml", old_words, new_words));
    EXPECT_NE(first, second);
    EXPECT_EQ(flows.version(), second);
    std::string text;
    after(flows, under_way, "继续", {}, &text);
    EXPECT_NE(text.find(old_words), std::string::npos) << text;
    text.clear();
    after(flows, at_the_date(flows), "继续", {}, &text);
    EXPECT_NE(text.find(new_words), std::string::npos) << text;
}

TEST(engine_reload, data_with_faults_changes_nothing)
{
    engine flows(test::whole_data());
    const auto before = flows.version();
    EXPECT_THROW(flows.reload(changed_data("flows/filing.yaml", "type: date", "type: day")), flow_error);
    EXPECT_EQ(flows.version(), before);
    EXPECT_EQ(at_the_date(flows).stack.back().step, "date");
}

TEST(engine_reload, the_same_data_is_the_same_version)
{
    engine flows(test::whole_data());
    const auto before = flows.version();
    EXPECT_EQ(flows.reload(test::whole_data()), before);
}

// Eight versions are kept: what began with an older one goes on with the newest, without the steps that are gone.
TEST(engine_reload, a_version_that_is_gone_gives_way_to_the_newest)
{
    engine flows(test::whole_data());
    auto under_way = at_the_date(flows);
    ASSERT_EQ(under_way.stack.back().step, "date");
    for (int i = 0; i < 9; ++i)
        flows.reload(changed_data("flows/filing.yaml", old_words, "第" + std::to_string(i) + "版：什么时候？"));
    std::string text;
    under_way = after(flows, under_way, "继续", {}, &text);
    EXPECT_NE(text.find("第8版"), std::string::npos) << text;
    under_way.stack.back().version = "gone";
    under_way.stack.back().step = "a_step_of_old";
    const auto asked = under_way.stack.back().asked;
    under_way.stack.back().asked.push_back("another_of_old");
    text.clear();
    const auto taken = after(flows, under_way, "继续", {}, &text);
    EXPECT_EQ(taken.stack.back().step, "date") << text;
    EXPECT_EQ(taken.stack.back().slots.at("story").value, "楼上漏水泡坏了我家天花板");
    EXPECT_EQ(taken.stack.back().asked, asked);
}

TEST(engine_reload, steps_go_on_while_data_is_taken_in)
{
    engine flows(test::whole_data());
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::thread talking([&] {
        while (!done)
            wrong += at_the_date(flows).stack.back().step != "date";
    });
    std::thread other([&] { flows.reload(changed_data("flows/filing.yaml", old_words, "什么时候的事？")); });
    flows.reload(changed_data("flows/filing.yaml", old_words, new_words));
    other.join();
    done = true;
    talking.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(at_the_date(flows).stack.back().step, "date");
}

}  // namespace
