#include "storage/migrations.hpp"

#include "bot/base/clock.hpp"
#include "bot/base/log.hpp"
#include "storage/schema_files.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <thread>

namespace storage {
namespace {

using namespace std::chrono_literals;

// DDL commits by itself on MySQL, so no transaction can guard it: a lease in a row does. Who dies holding it
// is followed when the lease ends; who merely was slow does no harm, since every statement may be run twice.
constexpr std::int64_t lease_ms = 15'000;
constexpr auto longest_wait = 60s;

struct applied {
    std::string checksum;
};

std::string four_digits(int version)
{
    char out[16];
    std::snprintf(out, sizeof out, "%04d", version);
    return out;
}

// The lease is measured by one clock for all replicas: the database's, where it is another machine.
std::string now_ms(sql::connection& db)
{
    if (db.engine() == "mysql") return "CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)";
    return std::to_string(bot::system_clock().now().time_since_epoch().count());
}

void make_tables(sql::connection& db)
{
    const bool mysql = db.engine() == "mysql";
    const std::string tail = mysql ? " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin" : " STRICT";
    const std::string number = mysql ? "BIGINT" : "INTEGER";
    const std::string text = mysql ? "VARCHAR(128)" : "TEXT";
    db.execute(
        "CREATE TABLE IF NOT EXISTS schema_migration (version " + number + " NOT NULL PRIMARY KEY, name " +
        text + " NOT NULL, checksum " + text + " NOT NULL, applied_at " + number + " NOT NULL)" + tail
    );
    db.execute(
        "CREATE TABLE IF NOT EXISTS schema_lock (id " + number + " NOT NULL PRIMARY KEY, owner " + text +
        " NOT NULL, lease_until " + number + " NOT NULL)" + tail
    );
}

bool has_migration_table(sql::connection& db)
{
    auto& q = db.prepare(
        db.engine() == "mysql"
            ? "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"
              " AND table_name = 'schema_migration'"
            : "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'"
    );
    q.query();
    return q.next() && q.integer(0) == 1;
}

std::map<int, applied> read_applied(sql::connection& db)
{
    std::map<int, applied> out;
    auto& q = db.prepare("SELECT version, checksum FROM schema_migration");
    q.query();
    while (q.next()) out[static_cast<int>(q.integer(0))] = {q.bytes(1)};
    return out;
}

schema_status compare(const std::vector<schema_file>& files, const std::map<int, applied>& done)
{
    schema_status out;
    out.newest = files.empty() ? 0 : files.back().version;
    out.current = done.empty() ? 0 : done.rbegin()->first;
    for (const schema_file& file : files) {
        const auto row = done.find(file.version);
        if (row == done.end())
            out.pending.push_back(file.version);
        else if (row->second.checksum != file.checksum)
            out.faults.push_back(four_digits(file.version) + ": checksum differs");
        if (row == done.end() && out.current > file.version)
            out.faults.push_back(four_digits(file.version) + ": missing although a newer one is applied");
    }
    for (const auto& [version, row] : done)
        if (version > out.newest || version < 1)
            out.faults.push_back(four_digits(version) + ": unknown to this binary");
    return out;
}

// The lock row, taken by a conditional UPDATE and its row count.
class schema_lock {
public:
    explicit schema_lock(sql::connection& db) : db_(db)
    {
        unsigned char random[8];
        RAND_bytes(random, sizeof random);
        for (const unsigned char byte : random) owner_ += std::to_string(byte) + ".";
    }
    ~schema_lock()
    {
        if (held_)
            sql::run_transaction(db_, [this] {
                auto& q = db_.prepare("UPDATE schema_lock SET lease_until = 0 WHERE id = 1 AND owner = ?");
                q.bind_text(0, owner_);
                q.execute();
            });
    }
    schema_lock(const schema_lock&) = delete;

    bot::result<void> acquire()
    {
        const auto give_up = std::chrono::steady_clock::now() + longest_wait;
        while (std::chrono::steady_clock::now() < give_up) {
            if (auto asked = take(); !asked || held_) return asked;
            std::this_thread::sleep_for(50ms);
        }
        bot::log::error("storage.migration_lock_busy");
        return bot::errc::storage_down;
    }

    // Also renews. Afterwards held() tells whether it is ours or somebody else's.
    bot::result<void> take()
    {
        std::int64_t rows = 0;
        const std::string now = now_ms(db_);
        const std::string update = "UPDATE schema_lock SET owner = ?, lease_until = " + now + " + " +
                                   std::to_string(lease_ms) +
                                   " WHERE id = 1 AND (owner = ? OR lease_until < " + now + ")";
        auto done = sql::run_transaction(db_, [&] {
            auto& q = db_.prepare(update);
            q.bind_text(0, owner_);
            q.bind_text(1, owner_);
            rows = q.execute();
        });
        held_ = done && rows == 1;
        return done;
    }

    bool held() const { return held_; }

private:
    sql::connection& db_;
    std::string owner_;
    bool held_ = false;
};

bot::result<void> make_lock_row(sql::connection& db)
{
    auto tables = sql::run_query(db, [&] { make_tables(db); });
    if (!tables) return tables;
    auto row = sql::run_transaction(db, [&] {
        auto& q = db.prepare("INSERT INTO schema_lock (id, owner, lease_until) VALUES (1, '', 0)");
        q.execute();
    });
    if (!row && row.error() != bot::errc::conflict) return row;
    return {};
}

void record(sql::connection& db, const schema_file& file)
{
    auto& q =
        db.prepare("INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)");
    q.bind(0, file.version);
    q.bind_text(1, file.name);
    q.bind_text(2, file.checksum);
    q.bind(3, bot::system_clock().now().time_since_epoch().count());
    q.execute();
}

// SQLite: the file and its record in one transaction. MySQL: statement by statement under the lease, then the
// record; after a crash in between, the statements are run again.
bot::result<void> apply(sql::connection& db, const schema_file& file, schema_lock& lock)
{
    if (db.engine() == "sqlite")
        return sql::run_transaction(db, [&] {
            for (const std::string& statement : file.statements) db.execute(statement);
            record(db, file);
        });
    for (const std::string& statement : file.statements) {
        if (auto renewed = lock.take(); !renewed) return renewed;
        if (!lock.held()) return bot::errc::storage_down;
        if (auto done = sql::run_query(db, [&] { db.execute(statement); }); !done) return done;
    }
    return sql::run_transaction(db, [&] { record(db, file); });
}

}  // namespace

bot::result<schema_status> read_schema_status(sql::connection& db)
{
    const auto files = schema_files_of(db.engine());
    std::map<int, applied> done;
    auto read = sql::run_query(db, [&] {
        if (has_migration_table(db)) done = read_applied(db);
    });
    if (!read) return read.error();
    return compare(files, done);
}

bot::result<std::vector<int>> migrate(sql::connection& db)
{
    auto status = read_schema_status(db);
    if (!status) return status.error();
    std::vector<int> out;
    if (status->is_current()) return out;
    if (auto ready = make_lock_row(db); !ready) return ready.error();
    schema_lock lock(db);
    if (auto held = lock.acquire(); !held) return held.error();
    status = read_schema_status(db);  // another replica may have been faster
    if (!status) return status.error();
    for (const std::string& fault : status->faults)
        bot::log::error("storage.schema_fault", {{"fault", std::string_view(fault)}});
    if (!status->faults.empty()) return bot::errc::storage_failed;
    const auto files = schema_files_of(db.engine());
    for (const int version : status->pending) {
        const schema_file& file = files[static_cast<std::size_t>(version - 1)];
        if (auto done = apply(db, file, lock); !done) return done.error();
        bot::log::info("storage.migrated", {{"version", std::int64_t{version}}});
        out.push_back(version);
    }
    return out;
}

}  // namespace storage
