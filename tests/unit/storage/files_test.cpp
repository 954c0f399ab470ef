// What lies on the disk: no plain text, nothing half-written when it is full, and a log that is kept short.

#include "tests/unit/storage/engines.hpp"
#include "tests/unit/storage/every_effect.hpp"
#include "tests/unit/storage/samples.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

namespace storage {
namespace {

using namespace std::chrono_literals;
using enum append_outcome;

class Files : public engine_test {
protected:
    citizen make_citizen(std::int64_t id) { return {bot::citizen_id{id}, keys_.make_data_key()}; }
};

INSTANTIATE_TEST_SUITE_P(Sqlite, Files, testing::Values("sqlite"));

bool any_file_holds(const std::filesystem::path& folder, const std::string& text)
{
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string content((std::istreambuf_iterator<char>(file)), {});
        if (content.find(text) != std::string::npos) return true;
    }
    return false;
}

void store_everything(sql::connection& db, const keyring& keys)
{
    turn_journal journal(db, keys);
    for (std::int64_t id = 1; id <= 5; ++id) {
        auto turn = make_turn({bot::citizen_id{id}, keys.make_data_key()}, 1);
        turn.first_seen->person = canary + std::to_string(id);
        turn.effects = {
            make_case(id, "HJ-" + std::to_string(id)), dialogs::consent_given{"2026-01", turn.at}
        };
        ASSERT_EQ(journal.append(std::vector{turn}).value().at(0), stored);
        turn = make_turn(turn.who, 2);
        turn.effects = every_service(id);
        ASSERT_EQ(journal.append(std::vector{turn}).value().at(0), stored);
    }
}

TEST_P(Files, HoldNoPlainTextNeitherInTheLogNorAfterTheCheckpoint)
{
    const auto folder = std::filesystem::path(sqlite_path()).parent_path();
    auto db = connect_migrated();
    store_everything(*db, keys_);
    ASSERT_TRUE(any_file_holds(folder, "HJ-1")) << "the search finds what is stored in clear";
    for (const std::string& secret : {canary, std::string("13800000001"), std::string("0577-88888888")})
        EXPECT_FALSE(any_file_holds(folder, secret)) << secret;
    db.reset();
    database_.reset();
    ASSERT_TRUE(any_file_holds(folder, "HJ-1"));
    EXPECT_FALSE(any_file_holds(folder, canary));
}

TEST_P(Files, AFullDiskStoresNothingHalfAndRecovers)
{
    auto db = connect_migrated();
    turn_journal journal(*db, keys_);
    ASSERT_EQ(journal.append(std::vector{make_turn(make_citizen(1), 1)}).value().at(0), stored);

    const std::int64_t pages = number(*db, "PRAGMA page_count");
    number(*db, "PRAGMA max_page_count = " + std::to_string(pages + 20));
    std::vector<turn_append> big;
    for (std::int64_t id = 2; id <= 9; ++id) {
        big.push_back(make_turn(make_citizen(id), 1));
        big.back().effects = {make_case(id, "HJ-" + std::to_string(id))};
        big.back().state.assign(40'000, 's');
    }
    EXPECT_EQ(journal.append(big).error(), bot::errc::storage_failed);
    for (const char* table : {"turn", "citizen"})
        EXPECT_EQ(number(*db, std::string("SELECT COUNT(*) FROM ") + table), 1) << table;
    for (const char* table : {"dispute_case", "mediator_queue", "case_evidence"})
        EXPECT_EQ(number(*db, std::string("SELECT COUNT(*) FROM ") + table), 0) << table;

    number(*db, "PRAGMA max_page_count = 1000000");
    EXPECT_EQ(std::ranges::count(journal.append(big).value(), stored), 8);
}

TEST_P(Files, ReadOnlyIsStorageFailed)
{
    auto db = connect_migrated();
    turn_journal journal(*db, keys_);
    number(*db, "PRAGMA query_only = 1");
    EXPECT_EQ(journal.append(std::vector{make_turn(make_citizen(1), 1)}).error(), bot::errc::storage_failed);
    EXPECT_FALSE(journal.load(address_of(1), {}).value().head);
    number(*db, "PRAGMA query_only = 0");
    EXPECT_EQ(journal.append(std::vector{make_turn(make_citizen(1), 1)}).value().at(0), stored);
}

TEST_P(Files, ABusyDatabaseIsWaitedForAndThenDown)
{
    auto db = connect_migrated();
    auto holder = sql::open_database(url())->connect().value();  // as another process
    number(*db, "PRAGMA busy_timeout = 1");
    holder->execute(holder->begin_write());
    turn_journal journal(*db, keys_);
    EXPECT_EQ(journal.append(std::vector{make_turn(make_citizen(1), 1)}).error(), bot::errc::storage_down);
    holder->execute("ROLLBACK");
    EXPECT_EQ(journal.append(std::vector{make_turn(make_citizen(1), 1)}).value().at(0), stored);
}

TEST_P(Files, ATransactionLeftWithItsConnectionLetsTheNextWrite)
{
    auto db = connect_migrated();
    auto left = connect();
    left->execute(left->begin_write());
    left.reset();
    const auto insert = [&] {
        db->execute("INSERT INTO consent (citizen_id, turn_no, nth, notice_version, at) VALUES (1, 1, 0, 'v', 0)");
    };
    EXPECT_TRUE(sql::run_transaction(*db, insert, 1));
    EXPECT_EQ(number(*db, "SELECT COUNT(*) FROM consent"), 1);
}

TEST_P(Files, AWriterWaitsForTheOtherOfItsProcess)
{
    auto db = connect_migrated();
    auto first = connect();
    first->execute(first->begin_write());
    std::atomic<bool> committed = false;
    bool was_committed = false;
    std::thread second([&] {
        auto mine = connect();
        EXPECT_TRUE(sql::run_transaction(*mine, [&] { was_committed = committed; }, 1));
    });
    committed = true;
    first->execute("COMMIT");
    second.join();
    EXPECT_TRUE(was_committed);
}

TEST_P(Files, AreOpenedDurably)
{
    auto db = connect();
    EXPECT_EQ(number(*db, "PRAGMA synchronous"), 2) << "FULL";
    auto& q = db->prepare("PRAGMA journal_mode");
    q.query();
    ASSERT_TRUE(q.next());
    EXPECT_EQ(q.bytes(0), "wal");
}

TEST_P(Files, ANewFolderIsMade)
{
    const auto path = std::filesystem::path(sqlite_path()).parent_path() / "new" / "folder" / "x.db";
    EXPECT_TRUE(sql::open_database("sqlite:" + path.string())->connect());
    EXPECT_TRUE(std::filesystem::exists(path));
}

TEST_P(Files, ASteadyWriterDoesNotLetTheLogGrow)
{
    auto db = connect_migrated();
    turn_journal journal(*db, keys_);
    std::int64_t id = 0;
    std::uintmax_t longest = 0;
    // About 150 MiB through the log, without a pause.
    for (int batch = 0; batch < 150; ++batch) {
        std::vector<turn_append> turns;
        for (int i = 0; i < 16; ++i) {
            turns.push_back(make_turn(make_citizen(++id), 1));
            turns.back().state.assign(64 * 1024, 's');
        }
        ASSERT_EQ(journal.append(turns).value().at(0), stored);
        longest = std::max(longest, std::filesystem::file_size(sqlite_path() + "-wal"));
    }
    EXPECT_LT(longest, 100u << 20);
    EXPECT_EQ(number(*db, "SELECT COUNT(*) FROM turn"), id);
}

}  // namespace
}  // namespace storage
