#pragma once
// What one integration test runs on: a folder of its own, a fresh database of one engine, the test account, and the
// configuration file that a server process is started with.

#include "bot/wechat/account.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace testing_support {

enum class engine { sqlite, mysql };

// SQLite always; MariaDB when HEJIE_TEST_MYSQL holds the URL of a server.
std::vector<engine> engines_here();
std::string name_of(engine which);

class test_site {
public:
    // Makes the database; `hejie migrate` has not run yet.
    explicit test_site(engine which);
    // Drops the database and removes the folder.
    ~test_site();
    test_site(const test_site&) = delete;

    const std::string& database_url() const { return url_; }
    const std::filesystem::path& folder() const { return folder_; }
    const bot::wechat::account& account() const { return account_; }
    const storage::keyring& keys() const { return keys_; }
    std::unique_ptr<storage::sql::connection> connect() const;

    // Arguments of `hejie serve` on this site; port 0: any.
    std::vector<std::string> serve_arguments(std::uint16_t port = 0) const;
    // `--config` of this site, for the other commands.
    std::string config_file() const { return (folder_ / "hejie.toml").string(); }

private:
    void write_config() const;

    std::filesystem::path folder_;
    std::string admin_url_;  // MySQL: the server's own database
    std::string schema_;     // MySQL: ours
    std::string url_;
    bot::wechat::account account_;
    std::array<std::uint8_t, 32> master_{};
    storage::keyring keys_;
};

}  // namespace testing_support
