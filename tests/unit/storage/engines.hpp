#pragma once
// The same tests over both engines: SQLite always, MariaDB when HEJIE_TEST_MYSQL holds a mysql:// URL. Every
// process of tests has databases of its own, so that several may run at once.

#include "storage/storage.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

namespace storage {

// A database that is there as long as the object.
class scratch_database {
public:
    virtual ~scratch_database() = default;
    virtual std::string url() const = 0;

    // engine: "sqlite" or "mysql". nullptr: no MariaDB to test with.
    static std::unique_ptr<scratch_database> make(const std::string& engine);
};

class engine_test : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override;

    std::string url() const { return scratch_->url(); }
    std::string sqlite_path() const { return url().substr(7); }
    bool is_mysql() const { return GetParam() == "mysql"; }

    std::unique_ptr<sql::connection> connect() { return database_->connect().value(); }

    // Puts the test on a database with the schema and no rows, and connects to it.
    std::unique_ptr<sql::connection> connect_migrated();

    // On MySQL: ends that connection from outside, as an administrator would.
    void kill(std::int64_t connection_id);

    std::shared_ptr<scratch_database> scratch_;
    std::unique_ptr<sql::database> database_;
    keyring keys_{test_master()};

public:
    static std::array<std::uint8_t, 32> test_master();
};

// For what only a server can suffer.
#define HEJIE_ONLY_MYSQL(suite)                                                               \
    INSTANTIATE_TEST_SUITE_P(Engines, suite, testing::Values("mysql"), [](const auto& info) { \
        return info.param;                                                                    \
    })

std::int64_t connection_id(sql::connection& db);
std::int64_t number(sql::connection& db, std::string_view query);  // first column of the first row

// A real connection with hooks around COMMIT, to break it where it hurts.
class hooked_connection final : public sql::connection {
public:
    explicit hooked_connection(std::unique_ptr<sql::connection> real) : real_(std::move(real)) {}

    std::function<void()> before_commit = [] {};
    std::function<void()> after_commit = [] {};

    sql::statement& prepare(std::string_view text) override { return real_->prepare(text); }
    void execute(std::string_view text) override
    {
        if (text == "COMMIT") before_commit();
        real_->execute(text);
        if (text == "COMMIT") after_commit();
    }
    std::string_view begin_write() const override { return real_->begin_write(); }
    bot::result<void> ensure_open() override { return real_->ensure_open(); }
    void end_reads() override { real_->end_reads(); }
    std::string_view engine() const override { return real_->engine(); }

private:
    std::unique_ptr<sql::connection> real_;
};

#define HEJIE_BOTH_ENGINES(suite)                                                                       \
    INSTANTIATE_TEST_SUITE_P(Engines, suite, testing::Values("sqlite", "mysql"), [](const auto& info) { \
        return info.param;                                                                              \
    })

}  // namespace storage
