#include "tests/unit/storage/engines.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>

namespace storage {
namespace {

std::string unique_name()
{
    static std::atomic<int> made{0};
    return "hejie_t_" + std::to_string(getpid()) + "_" + std::to_string(++made);
}

class sqlite_scratch final : public scratch_database {
public:
    sqlite_scratch() { std::filesystem::create_directories(folder_); }
    ~sqlite_scratch() override { std::filesystem::remove_all(folder_); }
    std::string url() const override { return "sqlite:" + (folder_ / "test.db").string(); }

private:
    std::filesystem::path folder_ = std::filesystem::temp_directory_path() / unique_name();
};

class mysql_scratch final : public scratch_database {
public:
    explicit mysql_scratch(const std::string& base) : admin_(sql::open_database(base)->connect().value())
    {
        admin_->execute("CREATE DATABASE " + name_ + " CHARACTER SET latin1");  // ours must not depend on it
        const std::size_t query = std::min(base.find('?'), base.size());
        url_ = base.substr(0, base.rfind('/', query) + 1) + name_ + base.substr(query);
    }
    ~mysql_scratch() override
    {
        if (admin_->ensure_open()) admin_->execute("DROP DATABASE " + name_);
    }
    std::string url() const override { return url_; }

private:
    std::string name_ = unique_name();
    std::string url_;
    std::unique_ptr<sql::connection> admin_;
};

// Making the tables of a server takes most of a second: the tests of a process share one set and empty it.
class shared_mysql final : public testing::Environment {
public:
    std::shared_ptr<scratch_database> emptied()
    {
        if (!scratch_) scratch_ = scratch_database::make("mysql");
        auto db = sql::open_database(scratch_->url())->connect().value();
        migrate(*db).value();
        std::vector<std::string> tables;
        auto& q = db->prepare(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
            " AND table_name NOT LIKE 'schema%'"
        );
        q.query();
        while (q.next()) tables.push_back(q.bytes(0));
        for (const std::string& table : tables) db->execute("DELETE FROM " + table);
        return scratch_;
    }
    void TearDown() override { scratch_.reset(); }

private:
    std::shared_ptr<scratch_database> scratch_;
};

auto* const shared_tables = static_cast<shared_mysql*>(testing::AddGlobalTestEnvironment(new shared_mysql));

}  // namespace

std::unique_ptr<scratch_database> scratch_database::make(const std::string& engine)
{
    if (engine == "sqlite") return std::make_unique<sqlite_scratch>();
    const char* base = std::getenv("HEJIE_TEST_MYSQL");
    if (!base || !*base) return nullptr;
    return std::make_unique<mysql_scratch>(base);
}

void engine_test::SetUp()
{
    scratch_ = scratch_database::make(GetParam());
    if (!scratch_) GTEST_SKIP() << "HEJIE_TEST_MYSQL is not set: this was not tested on MariaDB";
    database_ = sql::open_database(scratch_->url());
}

std::unique_ptr<sql::connection> engine_test::connect_migrated()
{
    if (is_mysql()) {
        scratch_ = shared_tables->emptied();
        database_ = sql::open_database(scratch_->url());
    }
    auto db = connect();
    migrate(*db).value();
    return db;
}

void engine_test::kill(std::int64_t connection_id)
{
    connect()->execute("KILL " + std::to_string(connection_id));
}

std::array<std::uint8_t, 32> engine_test::test_master()
{
    std::array<std::uint8_t, 32> key{};
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i * 7 + 1);
    return key;
}

std::int64_t number(sql::connection& db, std::string_view query)
{
    sql::statement& q = db.prepare(query);
    q.query();
    const std::int64_t out = q.next() ? q.integer(0) : -1;
    db.end_reads();
    return out;
}

std::int64_t connection_id(sql::connection& db)
{
    return number(db, "SELECT CONNECTION_ID()");
}

}  // namespace storage
