#include "storage/sqlite/wal_keeper.hpp"

#include "bot/base/log.hpp"

#include <sqlite3.h>

#include <cstdint>

namespace storage::sql {
namespace {

// 4 MiB of pages of 4 KiB: long enough that a hot page is copied back once for many commits, short enough
// that flushing the copies holds nobody up for long.
constexpr int long_log_pages = 1'024;
// What may be left for the pause: written in well under a millisecond.
constexpr int short_rest_pages = 128;
// Rounds beside the writers; each leaves only what was written during it.
constexpr int most_rounds = 4;
// The pause waits this long for readers to let go of the log, milliseconds.
constexpr int reader_patience_ms = 20;

}  // namespace

wal_keeper::wal_keeper(std::string path) : path_(std::move(path)), long_log_(long_log_pages) {}

wal_keeper::~wal_keeper()
{
    {
        const std::lock_guard lock(guard_);
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

bool wal_keeper::begin_write(std::chrono::milliseconds patience)
{
    std::unique_lock lock(guard_);
    if (!may_write_.wait_for(lock, patience, [this] { return !writing_ && !pausing_; })) return false;
    writing_ = true;
    return true;
}

void wal_keeper::end_write()
{
    bool paused = false;
    {
        const std::lock_guard lock(guard_);
        writing_ = false;
        paused = pausing_;
    }
    if (paused)
        wake_.notify_one();
    else
        may_write_.notify_one();
}

void wal_keeper::committed(int pages)
{
    const std::lock_guard lock(guard_);
    if (pages < long_log_ || wanted_) return;
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    wanted_ = true;
    wake_.notify_one();
}

int wal_keeper::copy_back(sqlite3* db, int& pages)
{
    for (int round = 0; round < most_rounds; ++round) {
        int copied = 0;
        const int code = sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &copied);
        if (code != SQLITE_OK) return code;
        if (pages - copied <= short_rest_pages) break;
    }
    return begin_anew(db);
}

int wal_keeper::begin_anew(sqlite3* db)
{
    {
        std::unique_lock lock(guard_);
        pausing_ = true;
        wake_.wait(lock, [this] { return stopping_ || !writing_; });
    }
    const int code = sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
    {
        const std::lock_guard lock(guard_);
        pausing_ = false;
    }
    may_write_.notify_one();
    return code;
}

void wal_keeper::run()
{
    sqlite3* db = nullptr;
    const int opened =
        sqlite3_open_v2(path_.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite3_busy_timeout(db, reader_patience_ms);
    // A connection that has read nothing yet does not know of the log, and its checkpoints do nothing.
    sqlite3_exec(db, "PRAGMA schema_version", nullptr, nullptr, nullptr);
    std::unique_lock lock(guard_);
    while (!stopping_) {
        wake_.wait(lock, [this] { return stopping_ || wanted_; });
        if (stopping_) break;
        lock.unlock();
        int pages = 0;
        const int code = opened == SQLITE_OK ? copy_back(db, pages) : opened;
        // BUSY: a reader held its snapshot.
        if (code != SQLITE_OK && code != SQLITE_BUSY)
            bot::log::warn("storage.checkpoint_failed", {{"code", std::int64_t{code}}});
        lock.lock();
        wanted_ = false;
        // Where it was in vain, it is tried again when the log has grown, and not after every commit.
        long_log_ = long_log_pages + (code == SQLITE_OK ? 0 : pages);
    }
    lock.unlock();
    sqlite3_close(db);
}

}  // namespace storage::sql
