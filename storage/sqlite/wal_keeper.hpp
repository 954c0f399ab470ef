#pragma once
// Keeps the write-ahead log of one SQLite file short, from a thread and connection of its own, so that no
// commit pays for copying pages back. Started by the first commit that leaves a long log.
// DESIGN. The long part of the copying runs beside the writers. Only its end needs them to pause, so that the
// log can begin anew; otherwise it would grow for ever under a steady writer. SQLite's own way to wait for a
// lock is to sleep for longer and longer (1, 2, 5, 10 … ms), which costs a commit far more than the pause
// itself. So the write transactions of this process, and the keeper's pause, take turns here and wake each
// other; SQLite's lock is left to keep other processes out.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

struct sqlite3;

namespace storage::sql {

class wal_keeper {
public:
    explicit wal_keeper(std::string path);
    ~wal_keeper();
    wal_keeper(const wal_keeper&) = delete;

    // The turn to write, for one transaction; every begin_write() that gave true needs its end_write(), from
    // whichever thread. False: another kept it for so long.
    bool begin_write(std::chrono::milliseconds patience);
    void end_write();

    // A commit left this many pages in the log. Safe from any thread; returns at once.
    void committed(int pages);

private:
    void run();
    int copy_back(sqlite3* db, int& pages);
    int begin_anew(sqlite3* db);

    std::string path_;
    std::mutex guard_;
    std::condition_variable wake_;       // the keeper
    std::condition_variable may_write_;  // who waits for the turn to write
    bool writing_ = false;
    bool pausing_ = false;  // the keeper has the turn, or gets it next
    bool wanted_ = false;
    bool stopping_ = false;
    int long_log_;  // pages from which the keeper is woken
    std::thread thread_;
};

}  // namespace storage::sql
