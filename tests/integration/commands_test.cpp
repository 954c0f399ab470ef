// The other commands of the binary, as an operator meets them.

#include "tests/integration/server_process.hpp"
#include "tests/integration/test_site.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace testing_support {
namespace {

class Commands : public testing::TestWithParam<engine> {
protected:
    finished run(std::vector<std::string> arguments, const std::string& input = "")
    {
        arguments.insert(arguments.end(), {"--config", site.config_file()});
        return run_hejie(arguments, input);
    }
    test_site site{GetParam()};
};

TEST_P(Commands, MigrateBringsTheSchemaUpToDateOnce)
{
    const auto first = run({"migrate"});
    EXPECT_EQ(first.exit_code, 0);
    EXPECT_EQ(first.output, "applied 1\napplied 2\n");
    EXPECT_EQ(run({"migrate"}).output, "the schema is up to date\n");
}

TEST_P(Commands, DoctorSaysWhatToMend)
{
    const auto before = run({"doctor"});
    EXPECT_EQ(before.exit_code, 1);
    EXPECT_NE(before.output.find("MEND  schema: 2 migrations are pending: run `hejie migrate`"), std::string::npos);
    ASSERT_EQ(run({"migrate"}).exit_code, 0);
    const auto after = run({"doctor"});
    EXPECT_NE(after.output.find("ok    schema is at version 2"), std::string::npos) << after.output;
    EXPECT_NE(after.output.find("ok    dialogue flows"), std::string::npos);
    // Nobody answers at the account's api_base here.
    EXPECT_NE(after.output.find("MEND  account main: no answer"), std::string::npos) << after.output;
    EXPECT_EQ(after.output.find(site.account().token + "\n"), std::string::npos);
}

TEST_P(Commands, ServeOnAMysqlSchemaThatIsBehindRefusesToStart)
{
    if (GetParam() == engine::sqlite) {
        server_process brings_it_up_itself({"serve", "--config", site.config_file(), "--listen", "127.0.0.1:0"});
        EXPECT_EQ(brings_it_up_itself.stop(), 0);
        return;
    }
    EXPECT_THROW(
        server_process({"serve", "--config", site.config_file(), "--listen", "127.0.0.1:0"}), std::runtime_error
    );
}

TEST_P(Commands, ChatKeepsTheConversationBetweenRunsAndTakesAClock)
{
    ASSERT_EQ(run({"migrate"}).exit_code, 0);
    const auto first = run({"chat", "--at", "2026-03-05 10:00"}, "我要申请调解\n");
    EXPECT_NE(first.output.find("您同意吗"), std::string::npos) << first.output;
    const auto second = run({"chat", "--at", "2026-03-05 10:01"}, "同意\n");
    EXPECT_NE(second.output.find("敏感信息"), std::string::npos) << second.output;
    const auto other = run({"chat", "--citizen", "other", "--at", "2026-03-05 10:01"}, "同意\n");
    EXPECT_EQ(other.output.find("敏感信息"), std::string::npos) << other.output;
    EXPECT_NE(run({"chat", "--at", "yesterday"}, "你好\n").exit_code, 0);
}

TEST_P(Commands, AnUnknownSettingIsNamedAndNothingStarts)
{
    std::ofstream(site.config_file(), std::ios::app) << "[sever]\nlisten = \"x\"\n";
    EXPECT_EQ(run({"migrate"}).exit_code, 1);
}

INSTANTIATE_TEST_SUITE_P(
    Engines, Commands, testing::ValuesIn(engines_here()), [](const auto& info) { return name_of(info.param); }
);

}  // namespace
}  // namespace testing_support
