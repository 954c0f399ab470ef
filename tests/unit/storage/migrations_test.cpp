#include "storage/migrations.hpp"

#include "storage/schema_files.hpp"
#include "tests/unit/storage/engines.hpp"

#include <map>
#include <set>
#include <thread>

namespace storage {
namespace {

using strings = std::vector<std::string>;

class Migrations : public engine_test {
protected:
    // These tests spoil the schema, so they have one of their own.
    std::unique_ptr<sql::connection> connect_migrated()
    {
        auto db = connect();
        migrate(*db).value();
        return db;
    }
};

HEJIE_BOTH_ENGINES(Migrations);

TEST_P(Migrations, AnEmptyDatabaseIsBroughtUpToDateOnce)
{
    auto db = connect();
    const auto before = read_schema_status(*db).value();
    EXPECT_EQ(before.current, 0);
    EXPECT_GE(before.newest, 1);
    EXPECT_EQ(before.pending.size(), static_cast<std::size_t>(before.newest));
    EXPECT_FALSE(before.is_current());

    EXPECT_EQ(migrate(*db).value(), before.pending);
    const auto after = read_schema_status(*db).value();
    EXPECT_TRUE(after.is_current());
    EXPECT_EQ(after.current, after.newest);
    EXPECT_EQ(migrate(*db).value(), std::vector<int>{});
}

TEST_P(Migrations, ReadingTheStatusChangesNothing)
{
    auto db = connect();
    const auto tables = is_mysql()
                            ? "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"
                            : "SELECT COUNT(*) FROM sqlite_master";
    ASSERT_TRUE(read_schema_status(*db));
    EXPECT_EQ(number(*db, tables), 0);
}

TEST_P(Migrations, SeveralReplicasMayStartAtOnce)
{
    constexpr int replicas = 6;
    std::atomic<int> applied{0};
    std::vector<std::thread> running;
    for (int i = 0; i < replicas; ++i)
        running.emplace_back([&] {
            auto db = database_->connect();
            ASSERT_TRUE(db);
            const auto got = migrate(**db);
            ASSERT_TRUE(got) << bot::error_name(got.error());
            applied += static_cast<int>(got->size());
            EXPECT_TRUE(read_schema_status(**db).value().is_current());
        });
    for (auto& thread : running) thread.join();
    auto db = connect();
    EXPECT_EQ(applied, read_schema_status(*db).value().newest) << "each version was applied by exactly one";
}

TEST_P(Migrations, AChangedFileIsRefused)
{
    auto db = connect_migrated();
    db->execute("UPDATE schema_migration SET checksum = 'something else' WHERE version = 1");
    const auto status = read_schema_status(*db).value();
    EXPECT_EQ(status.faults, strings{"0001: checksum differs"});
    EXPECT_FALSE(status.is_current());
    EXPECT_EQ(migrate(*db).error(), bot::errc::storage_failed);
}

TEST_P(Migrations, ANewerSchemaIsRefused)
{
    auto db = connect_migrated();
    db->execute(
        "INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (99, '0099_x.sql', 'c', 0)"
    );
    const auto status = read_schema_status(*db).value();
    EXPECT_EQ(status.faults, strings{"0099: unknown to this binary"});
    EXPECT_EQ(status.current, 99);
    EXPECT_EQ(migrate(*db).error(), bot::errc::storage_failed);
}

TEST_P(Migrations, ResumesWhereACrashLeftIt)
{
    auto db = connect_migrated();
    // What a crash leaves: tables made, nothing recorded, the lock held by the dead for a lease that has
    // ended.
    db->execute("DELETE FROM schema_migration");
    db->execute("UPDATE schema_lock SET owner = 'the dead', lease_until = 1");
    db->execute("DROP TABLE consent");
    EXPECT_EQ(migrate(*db).value().size(), static_cast<std::size_t>(read_schema_status(*db).value().newest));
    EXPECT_EQ(number(*db, "SELECT COUNT(*) FROM consent"), 0);
    EXPECT_EQ(number(*db, "SELECT COUNT(*) FROM schema_lock WHERE lease_until = 0"), 1)
        << "the lock was given back";
}

TEST(SchemaFiles, BothEnginesHaveTheSameTablesAndColumns)
{
    const auto shape = [](std::string_view engine) {
        std::map<std::string, std::vector<std::string>> tables;
        for (const schema_file& file : schema_files_of(engine))
            for (const std::string& statement : file.statements) {
                constexpr std::string_view create = "CREATE TABLE IF NOT EXISTS ";
                if (!statement.starts_with(create)) continue;
                auto& columns =
                    tables[statement
                               .substr(create.size(), statement.find(' ', create.size()) - create.size())];
                for (std::size_t line = statement.find('\n'); line != std::string::npos;
                     line = statement.find('\n', line + 1)) {
                    const std::string word =
                        statement.substr(line + 5, statement.find(' ', line + 5) - line - 5);
                    if (statement.compare(line + 1, 4, "    ") == 0 && std::islower(word[0]))
                        columns.push_back(word);
                }
            }
        return tables;
    };
    const auto sqlite = shape("sqlite");
    EXPECT_EQ(sqlite, shape("mysql"));
    EXPECT_EQ(sqlite.size(), 29u);
    EXPECT_EQ(sqlite.at("turn").size(), 7u);
}

TEST(SchemaFiles, EveryTableIsMadeIdempotentlyWithAPrimaryKey)
{
    for (const std::string_view engine : {"sqlite", "mysql"})
        for (const schema_file& file : schema_files_of(engine))
            for (const std::string& statement : file.statements) {
                EXPECT_NE(statement.find("IF NOT EXISTS"), std::string::npos) << statement;
                if (statement.starts_with("CREATE TABLE"))
                    EXPECT_NE(statement.find("PRIMARY KEY"), std::string::npos) << statement;
                for (const std::string_view banned :
                     {"AUTO_INCREMENT", "AUTOINCREMENT", "TRIGGER", "CASCADE", "FOREIGN KEY"})
                    EXPECT_EQ(statement.find(banned), std::string::npos) << statement;
            }
}

TEST(SchemaFiles, AreCutAtSemicolonsOutsideQuotes)
{
    EXPECT_EQ(split_statements(""), strings{});
    EXPECT_EQ(split_statements("-- only; a comment"), strings{});
    EXPECT_EQ(split_statements("A;\n-- c;\nB 'x;--y';;  \n C"), (strings{"A", "B 'x;--y'", "C"}));
    EXPECT_EQ(split_statements("A -- tail\n;B"), (strings{"A \n", "B"}));
}

}  // namespace
}  // namespace storage
