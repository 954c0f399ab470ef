#include "tests/unit/storage/engines.hpp"

#include <limits>
#include <stdexcept>
#include <thread>

namespace storage {
namespace {

using sql::fault;

class Connection : public engine_test {
protected:
    void SetUp() override
    {
        engine_test::SetUp();
        if (IsSkipped()) return;
        db_ = connect();
        db_->execute(
            is_mysql()
                ? "CREATE TABLE thing (id BIGINT NOT NULL PRIMARY KEY, data LONGBLOB, words TEXT, n BIGINT)"
                  " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"
                : "CREATE TABLE thing (id INTEGER PRIMARY KEY, data BLOB, words TEXT, n INTEGER) STRICT"
        );
    }

    void insert(sql::connection& db, std::int64_t id, std::string_view data = "", std::string_view words = "")
    {
        auto& q = db.prepare("INSERT INTO thing (id, data, words, n) VALUES (?, ?, ?, ?)");
        q.bind(0, id);
        q.bind_bytes(1, data);
        q.bind_text(2, words);
        q.bind_null(3);
        EXPECT_EQ(q.execute(), 1);
    }

    std::int64_t rows(sql::connection& db) { return number(db, "SELECT COUNT(*) FROM thing"); }

    std::unique_ptr<sql::connection> db_;
};

HEJIE_BOTH_ENGINES(Connection);

class ServerConnection : public Connection {};

HEJIE_ONLY_MYSQL(ServerConnection);

TEST_P(Connection, RoundTripsAnyBytesAndText)
{
    std::string every;
    for (int byte = 0; byte < 256; ++byte) every += static_cast<char>(byte);
    const std::string big(1 << 20, '\xFE');
    const std::string hostile = "'; DROP TABLE thing; -- \" ` \\ \\' %s ? \n 和解😀";
    const std::pair<std::string, std::string> values[] = {
        {"", ""},
        {every, hostile},
        {std::string("\0", 1), "😀"},
        {big, std::string(40'000, 'w')},
        {"after big", "short"}
    };
    std::int64_t id = 0;
    for (const auto& [data, words] : values) insert(*db_, ++id, data, words);

    auto& q = db_->prepare("SELECT data, words, n FROM thing WHERE id = ?");
    id = 0;
    for (const auto& [data, words] : values) {
        q.bind(0, ++id);
        q.query();
        ASSERT_TRUE(q.next());
        EXPECT_TRUE(q.bytes(0) == data) << "row " << id;
        EXPECT_EQ(q.bytes(1), words);
        EXPECT_FALSE(q.is_null(0)) << "empty is not NULL";
        EXPECT_FALSE(q.is_null(1)) << "empty is not NULL";
        EXPECT_TRUE(q.is_null(2));
        EXPECT_FALSE(q.next());
    }
    EXPECT_EQ(rows(*db_), 5);
}

TEST_P(Connection, RoundTripsIntegers)
{
    using limits = std::numeric_limits<std::int64_t>;
    for (const std::int64_t value : {limits::min(), std::int64_t{-1}, std::int64_t{0}, limits::max()}) {
        insert(*db_, value);
        auto& q = db_->prepare("SELECT id FROM thing WHERE id = ?");
        q.bind(0, value);
        q.query();
        ASSERT_TRUE(q.next());
        EXPECT_EQ(q.integer(0), value);
        EXPECT_FALSE(q.next());
    }
}

TEST_P(Connection, CountsMatchedRowsAlsoWhenNothingChanges)
{
    insert(*db_, 1);
    insert(*db_, 2);
    auto& q = db_->prepare("UPDATE thing SET words = 'same'");
    EXPECT_EQ(q.execute(), 2);
    EXPECT_EQ(q.execute(), 2) << "found rows, not changed rows";
    EXPECT_EQ(db_->prepare("DELETE FROM thing WHERE id = 7").execute(), 0);
}

TEST_P(Connection, GivesTheSameStatementForTheSameText)
{
    EXPECT_EQ(&db_->prepare("SELECT id FROM thing"), &db_->prepare("SELECT id FROM thing"));
    EXPECT_EQ(db_->engine(), GetParam());
}

TEST_P(Connection, SortsDuplicatesAndSyntaxErrors)
{
    insert(*db_, 1);
    try {
        insert(*db_, 1);
        FAIL();
    } catch (const sql::failure& why) {
        EXPECT_EQ(why.kind(), fault::duplicate);
    }
    try {
        db_->execute("SELEKT 1");
        FAIL();
    } catch (const sql::failure& why) {
        EXPECT_EQ(why.kind(), fault::never);
    }
    insert(*db_, 2);
    EXPECT_EQ(rows(*db_), 2);
}

TEST_P(Connection, CommitsOrRollsBackAsAWhole)
{
    EXPECT_TRUE(sql::run_transaction(*db_, [&] { insert(*db_, 1), insert(*db_, 2); }));
    EXPECT_EQ(rows(*db_), 2);
    const auto duplicate = sql::run_transaction(*db_, [&] { insert(*db_, 3), insert(*db_, 1); });
    EXPECT_EQ(duplicate.error(), bot::errc::conflict);
    const auto nonsense = sql::run_transaction(*db_, [&] { insert(*db_, 4), db_->execute("SELEKT"); });
    EXPECT_EQ(nonsense.error(), bot::errc::storage_failed);
    const auto throwing = [&] {
        (void)sql::run_transaction(*db_, [&] {
            insert(*db_, 5);
            throw std::logic_error("a bug");
        });
    };
    EXPECT_THROW(throwing(), std::logic_error);
    EXPECT_EQ(rows(*db_), 2);
    EXPECT_TRUE(sql::run_transaction(*db_, [&] { insert(*db_, 6); })) << "no transaction was left open";
    EXPECT_EQ(rows(*connect()), 3);
}

TEST_P(Connection, RepeatsTheWholeBodyUntilTheConflictIsOver)
{
    int calls = 0;
    const auto done = sql::run_transaction(*db_, [&] {
        insert(*db_, 100 + ++calls);
        if (calls < 3) throw sql::failure(fault::again, 1213, "deadlock");
    });
    EXPECT_TRUE(done);
    EXPECT_EQ(calls, 3);
    EXPECT_EQ(rows(*db_), 1) << "the earlier attempts were rolled back";
}

TEST_P(Connection, GivesUpAfterItsAttempts)
{
    int calls = 0;
    const auto body = [&] {
        ++calls;
        throw sql::failure(fault::again, 1213, "deadlock");
    };
    EXPECT_EQ(sql::run_transaction(*db_, body, 3).error(), bot::errc::storage_down);
    EXPECT_EQ(calls, 3);
}

TEST_P(Connection, DoesNotRepeatACommitOfUnknownOutcome)
{
    hooked_connection hooked(std::move(db_));
    hooked.after_commit = [] { throw sql::failure(fault::unknown, 2013, "lost"); };
    int calls = 0;
    const auto done = sql::run_transaction(hooked, [&] { insert(hooked, ++calls); });
    EXPECT_EQ(done.error(), bot::errc::storage_down);
    EXPECT_EQ(calls, 1);
    EXPECT_EQ(rows(hooked), 1) << "it had been stored";
}

TEST_P(Connection, EveryThreadMayUseItsOwn)
{
    std::vector<std::thread> running;
    for (int t = 0; t < 8; ++t)
        running.emplace_back([this, t] {
            auto mine = connect();
            for (int i = 0; i < 25; ++i)
                EXPECT_TRUE(sql::run_transaction(*mine, [&] { insert(*mine, t * 1000 + i); }, 20));
        });
    for (auto& thread : running) thread.join();
    EXPECT_EQ(rows(*db_), 200);
}

TEST_P(Connection, MayMoveToAnotherThread)
{
    std::thread([this] { insert(*db_, 1); }).join();
    std::thread([this] { EXPECT_EQ(rows(*db_), 1); }).join();
    EXPECT_EQ(rows(*db_), 1);
}

TEST_P(Connection, AnUnfinishedSelectDoesNotDisturbTheNextCalls)
{
    insert(*db_, 1);
    insert(*db_, 2);
    EXPECT_TRUE(sql::run_query(*db_, [&] {
        auto& q = db_->prepare("SELECT id FROM thing ORDER BY id");
        q.query();
        EXPECT_TRUE(q.next());
    }));
    EXPECT_TRUE(sql::run_transaction(*db_, [&] { insert(*db_, 3); }));
    auto& q = db_->prepare("SELECT id FROM thing ORDER BY id");
    q.query();
    ASSERT_TRUE(q.next());
    EXPECT_EQ(q.integer(0), 1) << "from the start again";
    db_->end_reads();
}

TEST_P(ServerConnection, ReconnectsAfterItWasKilled)
{
    insert(*db_, 1);
    kill(connection_id(*db_));
    // Before COMMIT: the whole transaction is run again on a new connection, with newly prepared statements.
    EXPECT_TRUE(sql::run_transaction(*db_, [&] { insert(*db_, 2); }));
    kill(connection_id(*db_));
    EXPECT_TRUE(sql::run_query(*db_, [&] { EXPECT_EQ(rows(*db_), 2); }));
}

TEST_P(ServerConnection, NeverHalfATransactionWhenKilledInIt)
{
    bool killed = false;
    const auto done = sql::run_transaction(*db_, [&] {
        insert(*db_, 1);
        if (!killed) kill(connection_id(*db_));
        killed = true;
        insert(*db_, 2);
    });
    EXPECT_TRUE(done);
    EXPECT_EQ(rows(*db_), 2);
}

TEST_P(ServerConnection, TextIsComparedThroughItsIndex)
{
    db_->execute("ALTER TABLE thing MODIFY words VARCHAR(32) NOT NULL, ADD UNIQUE KEY by_words (words)");
    for (int i = 0; i < 300; ++i) insert(*db_, i, "", "和解" + std::to_string(i));
    number(*db_, "SELECT COUNT(*) FROM thing");
    const auto read_rows = [&] {
        auto& q = db_->prepare("SHOW SESSION STATUS LIKE 'Handler_read_next'");
        q.query();
        q.next();
        const std::int64_t next = std::stoll(q.bytes(1));
        db_->end_reads();
        return next;
    };
    const std::int64_t before = read_rows();
    auto& q = db_->prepare("SELECT id FROM thing WHERE words = ?");
    q.bind_text(0, "和解77");
    q.query();
    ASSERT_TRUE(q.next());
    EXPECT_EQ(q.integer(0), 77);
    EXPECT_FALSE(q.next());
    EXPECT_LT(read_rows() - before, 10) << "found by the key, not by reading all rows";
    EXPECT_THROW(insert(*db_, 999, "", "\xFF\xFE"), sql::failure) << "a text column takes UTF-8 only";
}

TEST_P(ServerConnection, SessionIsSetUpAlsoAfterAReconnect)
{
    const auto check = [&] {
        EXPECT_EQ(number(*db_, "SELECT @@tx_isolation = 'READ-COMMITTED'"), 1);
        EXPECT_EQ(number(*db_, "SELECT @@character_set_results = 'utf8mb4'"), 1);
        EXPECT_EQ(number(*db_, "SELECT @@character_set_connection = 'utf8mb4'"), 1);
        EXPECT_EQ(number(*db_, "SELECT @@sql_mode LIKE '%STRICT_ALL_TABLES%'"), 1);
        EXPECT_EQ(number(*db_, "SELECT @@autocommit"), 1);
    };
    check();
    kill(connection_id(*db_));
    EXPECT_TRUE(sql::run_query(*db_, check));
}

TEST_P(Connection, NobodyThereIsStorageDown)
{
    auto nowhere = sql::open_database(
        is_mysql() ? "mysql://u:geheim@127.0.0.1:1/n" : "sqlite:/proc/no/such/folder/x.db"
    );
    EXPECT_EQ(nowhere->connect().error(), bot::errc::storage_down);
}

TEST_P(Connection, AFailureNeverHoldsTheValues)
{
    insert(*db_, 1, "geheim", "geheim");
    try {
        insert(*db_, 1, "geheim", "geheim");
        FAIL();
    } catch (const sql::failure& why) {
        EXPECT_EQ(std::string(why.what()).find("geheim"), std::string::npos) << why.what();
    }
}

}  // namespace
}  // namespace storage
