#include "bot/app/configuration.hpp"
#include "bot/app/show_time.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>

namespace bot::app {
namespace {

class Configuration : public testing::Test {
protected:
    Configuration() : folder(std::filesystem::temp_directory_path() / ("hejie_conf_" + std::to_string(::getpid())))
    {
        std::filesystem::create_directories(folder);
    }
    ~Configuration() override { std::filesystem::remove_all(folder); }

    configuration load(const std::string& toml, std::map<std::string, std::string> env = {})
    {
        const auto file = (folder / "hejie.toml").string();
        std::ofstream(file) << toml;
        return load_configuration(file, [env](const std::string& name) -> std::optional<std::string> {
            const auto found = env.find(name);
            return found == env.end() ? std::nullopt : std::optional(found->second);
        });
    }

    std::string error_of(const std::string& toml, std::map<std::string, std::string> env = {})
    {
        try {
            load(toml, std::move(env));
        } catch (const configuration_error& error) {
            return error.what();
        }
        return "";
    }

    std::filesystem::path folder;
};

constexpr const char* account = R"(
[wechat.accounts.main]
original_id = "gh_0123456789ab"
app_id = "wx1234567890abcdef"
token = "token"
aes_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
mode = "compatible"
)";

TEST_F(Configuration, HasDefaults)
{
    const auto settings = load("");
    EXPECT_EQ(settings.server.listen, "127.0.0.1:8080");
    EXPECT_EQ(settings.database_url, "sqlite:var/hejie.db");
    EXPECT_EQ(settings.reply_budget, std::chrono::milliseconds(4500));
    EXPECT_TRUE(settings.wechat_accounts.empty());
}

TEST_F(Configuration, ReadsAccounts)
{
    const auto settings = load(account);
    ASSERT_EQ(settings.wechat_accounts.size(), 1u);
    EXPECT_EQ(settings.wechat_accounts[0].name, "main");
    EXPECT_EQ(settings.wechat_accounts[0].configured_mode, wechat::mode::compatible);
    EXPECT_EQ(settings.wechat_accounts[0].replay_window, std::chrono::seconds(300));
}

TEST_F(Configuration, EnvironmentComesBeforeTheFile)
{
    const auto settings = load(
        std::string("[server]\nlisten = \"127.0.0.1:1\"\n") + account,
        {{"HEJIE_SERVER__LISTEN", "127.0.0.1:2"}, {"HEJIE_WECHAT__ACCOUNTS__MAIN__TOKEN", "other"}}
    );
    EXPECT_EQ(settings.server.listen, "127.0.0.1:2");
    EXPECT_EQ(settings.wechat_accounts[0].token, "other");
}

TEST_F(Configuration, SecretsComeFromFiles)
{
    const auto secret = (folder / "secret").string();
    std::ofstream(secret) << "from a file\n";
    const auto settings = load(account, {{"HEJIE_WECHAT__ACCOUNTS__MAIN__APP_SECRET_FILE", secret}});
    EXPECT_EQ(settings.wechat_accounts[0].app_secret, "from a file");
}

TEST_F(Configuration, FaultsNameTheKey)
{
    EXPECT_NE(error_of("[server]\nlisen = \"x\"\n").find("server.lisen: unknown setting (line 2)"), std::string::npos);
    EXPECT_NE(error_of("[server]\nmax_body_bytes = \"many\"\n").find("server.max_body_bytes"), std::string::npos);
    EXPECT_NE(error_of("[server]\nreply_budget_ms = 5000\n").find("from 100 to 4900"), std::string::npos);
    EXPECT_NE(error_of("[wechat.accounts.a]\nmode = \"open\"\n").find("wechat.accounts.a.mode"), std::string::npos);
    EXPECT_NE(error_of("[wechat.accounts.a]\ntoken = \"t\"\n").find("original_id"), std::string::npos);
    EXPECT_NE(error_of("[server\n").find("hejie.toml:1"), std::string::npos);
    EXPECT_NE(error_of("", {{"HEJIE_KEYS__MASTER_FILE", "/nowhere"}}).find("keys.master"), std::string::npos);
}

TEST_F(Configuration, TheSampleConfigurationLoads)
{
    const auto settings =
        load_configuration(std::string(HEJIE_SOURCE_DIR) + "/deploy/hejie.toml", [](const auto&) { return std::nullopt; });
    EXPECT_EQ(settings.server.listen, configuration().server.listen);
    EXPECT_EQ(settings.database_url, configuration().database_url);
}

TEST_F(Configuration, SqliteWithoutAKeyMakesOneOnceAndKeepsIt)
{
    configuration settings;
    settings.database_url = "sqlite:" + (folder / "deep" / "t.db").string();
    const auto first = load_master_key(settings);
    EXPECT_EQ(load_master_key(settings), first);
    struct stat file {};
    ASSERT_EQ(::stat((folder / "deep" / "t.db.key").c_str(), &file), 0);
    EXPECT_EQ(file.st_mode & 0777, 0600u);
}

TEST_F(Configuration, MysqlWithoutAKeyIsRefused)
{
    configuration settings;
    settings.database_url = "mysql://u:p@127.0.0.1/x";
    EXPECT_THROW(load_master_key(settings), configuration_error);
    settings.master_key = "c2hvcnQ=";
    EXPECT_THROW(load_master_key(settings), configuration_error);
    settings.master_key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    EXPECT_EQ(load_master_key(settings)[31], 31);
}

TEST(ShowTime, ReadsBackWhatItShows)
{
    const auto at = read_time("2026-03-05 14:30:09");
    ASSERT_TRUE(at.has_value());
    EXPECT_EQ(show_time(*at), "2026-03-05 14:30:09");
    EXPECT_EQ(show_time(instant(std::chrono::milliseconds(0))), "1970-01-01 08:00:00");
    for (const char* wrong : {"", "2026-03-05", "2026-13-05 10:00", "2026-02-30 10:00", "2026-03-05 24:00", "yesterday"})
        EXPECT_FALSE(read_time(wrong).has_value()) << wrong;
}

}  // namespace
}  // namespace bot::app
