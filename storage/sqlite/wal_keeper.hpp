#pragma once
// Keeps the write-ahead log of one SQLite file short, from a thread and connection of its own, so that no
// commit pays for copying pages back. Started by the first commit that leaves a long log. Writers that outrun
// it are held until it has caught up: a log that grows for ever would slow every reader and fill the disk.

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

struct sqlite3;

namespace storage::sql {

class wal_keeper {
public:
    explicit wal_keeper(std::string path) : path_(std::move(path)) {}
    ~wal_keeper();
    wal_keeper(const wal_keeper&) = delete;

    // A commit left this many pages in the log. Safe from any thread. Returns at once, unless the log is
    // overlong.
    void committed(int pages);

private:
    void run();
    int copy_back(sqlite3* db);

    std::string path_;
    std::mutex guard_;
    std::condition_variable wake_;
    std::condition_variable rested_;
    bool wanted_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace storage::sql
