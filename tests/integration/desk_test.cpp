// What whoever works at the desk does on the command line: free times, who holds a conversation, the invitation of the
// other side, requests about stored data, and data files that are read again while the server runs.

#include "tests/integration/citizen_client.hpp"
#include "tests/integration/filing_script.hpp"
#include "tests/integration/server_process.hpp"
#include "tests/integration/test_site.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

namespace testing_support {
namespace {

namespace json = boost::json;

std::vector<json::object> lines_of(const std::string& output)
{
    std::vector<json::object> lines;
    std::istringstream in(output);
    for (std::string line; std::getline(in, line);)
        lines.push_back(json::parse(line).as_object());
    return lines;
}

class Desk : public testing::TestWithParam<engine> {
protected:
    void SetUp() override { ASSERT_EQ(run({"migrate"}).exit_code, 0); }

    finished run(std::vector<std::string> arguments, const std::string& input = "")
    {
        arguments.insert(arguments.end(), {"--config", site.config_file()});
        return run_hejie(arguments, input);
    }
    std::string say(const std::string& citizen, const std::string& at, const std::string& lines)
    {
        const auto done = run({"chat", "--citizen", citizen, "--at", at}, lines);
        EXPECT_EQ(done.exit_code, 0);
        return done.output;
    }
    // Files a case; gives its query code.
    std::string file_case(const std::string& citizen)
    {
        std::ifstream script(std::string(HEJIE_SOURCE_DIR) + "/tests/integration/filing.txt");
        std::string all;
        for (std::string line; std::getline(script, line);)
            if (!line.starts_with('#'))
                all += line + "\n";
        say(citizen, "2026-11-24 10:00", all);
        const auto cases = lines_of(run({"queue", "list", "--json"}).output);
        return cases.empty() ? "" : std::string(cases.front().at("code").as_string());
    }
    // The number of the one citizen who waits for a person.
    std::string waiting()
    {
        const auto lines = lines_of(run({"owner", "list", "--json"}).output);
        return lines.size() == 1 ? std::to_string(lines.front().at("citizen").as_int64()) : "";
    }
    std::string holder()
    {
        const auto lines = lines_of(run({"owner", "list", "--json"}).output);
        return lines.size() == 1 ? std::string(lines.front().at("holder").as_string()) : "";
    }

    test_site site{GetParam()};
};

TEST_P(Desk, FreeTimesArePutUpOnce)
{
    const std::vector<std::string> add{"slots", "add",  "--kind", "mediation",  "--place", "一号调解室", "--times",
                                       "09:00,14:30", "--days", "3",          "--from",  "2031-12-01"};
    EXPECT_NE(run(add).exit_code, 0);  // no calendar reaches that far
    auto near = add;
    near.back() = "2026-12-01";
    EXPECT_EQ(run(near).output, "added 6 of 6\n");
    EXPECT_EQ(run(near).output, "added 0 of 6\n");
    EXPECT_EQ(lines_of(run({"slots", "list", "--json"}).output).size(), 6U);
}

TEST_P(Desk, TheBotIsSilentWhileAPersonHoldsTheConversation)
{
    say("a", "2026-11-24 10:00", "人工\n");
    const auto citizen = waiting();
    ASSERT_FALSE(citizen.empty());
    EXPECT_NE(run({"owner", "say", citizen, "您好", "--who", "zhang"}).exit_code, 0);  // not held yet
    EXPECT_EQ(run({"owner", "take", citizen, "--who", "zhang"}).output, "held by zhang\n");
    EXPECT_EQ(say("a", "2026-11-24 10:01", "在吗\n"), "\n");
    EXPECT_NE(run({"owner", "take", citizen, "--who", "li"}).exit_code, 0);
    EXPECT_NE(run({"owner", "say", citizen, "您好", "--who", "li"}).exit_code, 0);
    EXPECT_EQ(run({"owner", "say", citizen, "您好", "--who", "zhang"}).output, "queued\n");
    EXPECT_EQ(run({"owner", "release", citizen}).exit_code, 0);
    EXPECT_NE(say("a", "2026-11-24 10:02", "你好\n"), "\n");
    EXPECT_TRUE(lines_of(run({"owner", "list", "--json"}).output).empty());
}

TEST_P(Desk, OfTwoWhoTakeAConversationAtOnceOneGetsIt)
{
    say("a", "2026-11-24 10:00", "人工\n");
    const auto citizen = waiting();
    ASSERT_FALSE(citizen.empty());
    finished zhang, li;
    std::thread other([&] { li = run({"owner", "take", citizen, "--who", "li"}); });
    zhang = run({"owner", "take", citizen, "--who", "zhang"});
    other.join();
    EXPECT_EQ((zhang.exit_code == 0) + (li.exit_code == 0), 1);
    EXPECT_EQ(holder(), zhang.exit_code == 0 ? "zhang" : "li");
}

TEST_P(Desk, AnInvitationReachesTheOtherSideAndNothingLeaks)
{
    const auto code = file_case("a");
    ASSERT_FALSE(code.empty());
    EXPECT_NE(run({"invite", "LC000000XXXXXXX"}).exit_code, 0);
    const auto made = lines_of(run({"invite", code, "--json"}).output);
    ASSERT_EQ(made.size(), 1U);
    const auto asked = say("b", "2026-11-25 10:00", "收到调解邀请\n" + std::string(made[0].at("code").as_string()) + "\n");
    EXPECT_NE(asked.find("您愿意调解吗"), std::string::npos) << asked;
    for (const auto* secret : {"13812345678", "3500", code.c_str()})
        EXPECT_EQ(asked.find(secret), std::string::npos) << secret << " in " << asked;
}

TEST_P(Desk, WhatIsStoredIsCopiedAndErasedOnRequest)
{
    const auto code = file_case("a");
    say("a", "2026-11-24 11:00", "隐私\n要一份副本\n申请副本\n");
    const auto asked = lines_of(run({"data", "list", "--json"}).output);
    ASSERT_EQ(asked.size(), 1U);
    const std::string request(asked[0].at("code").as_string());
    const auto copy = run({"export", "citizen", request}).output;
    EXPECT_NE(copy.find(code), std::string::npos) << copy.substr(0, 400);
    EXPECT_NO_THROW(json::parse(copy));
    EXPECT_NE(run({"data", "erase", request}).exit_code, 0);  // it asks for a copy
    EXPECT_EQ(run({"data", "settle", request, "--state", "done", "--decision", "交给本人"}).output, "done\n");

    say("b", "2026-11-24 12:00", "你好\n隐私\n删除\n接着删除\n确定删除\n");
    const auto erasures = lines_of(run({"data", "list", "--state", "open", "--json"}).output);
    ASSERT_EQ(erasures.size(), 1U);
    EXPECT_EQ(erasures[0].at("kind").as_string(), "erase");
    const std::string erase(erasures[0].at("code").as_string());
    EXPECT_NE(run({"export", "citizen", erase}).output.find("你好"), std::string::npos);
    EXPECT_EQ(run({"data", "erase", erase}).output, "erased\n");
    EXPECT_EQ(run({"export", "citizen", erase}).output.find("你好"), std::string::npos);
}

TEST_P(Desk, DataFilesAreReadAgainWhileTheServerRuns)
{
    const auto folder = site.folder() / "dialogs";
    std::filesystem::create_directories(folder);
    for (const auto* part : {"flows", "lexicon", "answers"})
        std::filesystem::copy(std::string(HEJIE_SOURCE_DIR) + "/dialogs/" + part, folder / part, std::filesystem::copy_options::recursive);
    std::ofstream(site.config_file(), std::ios::app) << "\n[dialogs]\ndirectory = \"" << folder.string() << "\"\n";
    server_process server(site.serve_arguments());
    citizen_client citizen(site.account(), "o_reload", {server.port()});
    ASSERT_NE(citizen.say("你好").find("鹿城区矛调在线"), std::string::npos);

    const auto menu = folder / "flows/menu.yaml";
    std::ifstream in(menu);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    in.close();
    const auto at = text.find("鹿城区矛调在线");
    ASSERT_NE(at, std::string::npos);
    const auto changed = text.substr(0, at) + "鹿城区矛调新线" + text.substr(at + std::string_view("鹿城区矛调在线").size());
    const auto heard = [&](const std::string& what) {
        for (int tries = 0; tries < 100; ++tries) {
            citizen_client newcomer(site.account(), "o_" + what + std::to_string(tries), {server.port()});
            if (newcomer.say("你好").find(what) != std::string::npos)
                return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return false;
    };
    std::ofstream(menu) << "pages: [\n";
    ::kill(server.pid(), SIGHUP);
    EXPECT_TRUE(heard("鹿城区矛调在线"));  // a faulty file changes nothing
    std::ofstream(menu) << changed;
    ::kill(server.pid(), SIGHUP);
    EXPECT_TRUE(heard("鹿城区矛调新线"));
    EXPECT_EQ(server.stop(), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Engines, Desk, testing::ValuesIn(engines_here()), [](const auto& info) { return name_of(info.param); }
);

}  // namespace
}  // namespace testing_support
