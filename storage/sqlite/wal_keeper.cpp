#include "storage/sqlite/wal_keeper.hpp"

#include "bot/base/log.hpp"

#include <sqlite3.h>

#include <chrono>
#include <cstdint>

namespace storage::sql {
namespace {

// 8 MiB of pages of 4 KiB: long enough that a hot page is copied back once for many commits.
constexpr int long_log_pages = 2'048;
constexpr int overlong_log_pages = 6 * long_log_pages;
// At most this is added to a commit (which is durable by then); a reader's old snapshot may keep the log from
// shrinking.
constexpr std::chrono::milliseconds longest_hold{500};

}  // namespace

wal_keeper::~wal_keeper()
{
    {
        const std::lock_guard lock(guard_);
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void wal_keeper::committed(int pages)
{
    if (pages < long_log_pages) return;
    std::unique_lock lock(guard_);
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    if (!wanted_) {
        wanted_ = true;
        wake_.notify_one();
    }
    if (pages >= overlong_log_pages) rested_.wait_for(lock, longest_hold, [this] { return !wanted_; });
}

// PASSIVE does the long part beside the writers; RESTART then holds them only for the few frames that came
// since, and lets the log begin anew. Without it, a steady writer would let the log grow for ever.
int wal_keeper::copy_back(sqlite3* db)
{
    const int passive = sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (passive != SQLITE_OK) return passive;
    return sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
}

void wal_keeper::run()
{
    sqlite3* db = nullptr;
    const int opened =
        sqlite3_open_v2(path_.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite3_busy_timeout(db, 200);
    // A connection that has read nothing yet does not know of the log, and its checkpoints do nothing.
    sqlite3_exec(db, "PRAGMA schema_version", nullptr, nullptr, nullptr);
    std::unique_lock lock(guard_);
    while (!stopping_) {
        wake_.wait(lock, [this] { return stopping_ || wanted_; });
        if (stopping_) break;
        lock.unlock();
        const int code = opened == SQLITE_OK ? copy_back(db) : opened;
        // BUSY: a reader held its snapshot; the next long commit asks again.
        if (code != SQLITE_OK && code != SQLITE_BUSY)
            bot::log::warn("storage.checkpoint_failed", {{"code", std::int64_t{code}}});
        lock.lock();
        wanted_ = false;
        rested_.notify_all();
    }
    lock.unlock();
    sqlite3_close(db);
}

}  // namespace storage::sql
