#pragma once
// Group commit: turns of different citizens share one transaction, so that throughput is bounded by batches and not by
// flushes. What is queued when the last commit returns is the next batch.
// DESIGN. `writers` threads, each with its own connection, take from one queue under a mutex. The first writer takes
// whatever there is; a further one helps only when `help_above` turns wait, because many small batches cost more than
// few large ones. For the same reason the first writer waits a moment for `gather` turns when its last batch had more
// than one: a citizen who speaks alone never waits. A batch never holds two turns of one citizen, because a lane has one turn under way. Outcomes are
// given on the writer's thread; the destructor commits what is queued first.

#include "bot/base/metrics.hpp"
#include "bot/turns/storage_session.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace bot::turns {

class group_commit {
public:
    struct options {
        unsigned writers = 2;         // SQLite has one writer at a time: 1 there
        std::size_t max_batch = 256;  // turns of one transaction
        std::size_t help_above = 24;  // queued turns from which a second writer starts
        std::size_t gather = 8;       // turns that are waited for, at most gather_for
        std::chrono::microseconds gather_for{1'000};
    };

    struct entry {
        storage::turn_append turn;
        void* owner = nullptr;  // given back with the outcome
    };
    struct outcome {
        void* owner = nullptr;
        bot::result<storage::append_outcome> result = storage::append_outcome::stored;
    };
    // One batch: outcomes in its order. The turns come back so that the thread which made them also frees them: an
    // allocator does that without a lock.
    struct finished {
        std::vector<outcome> outcomes;
        std::vector<storage::turn_append> turns;
    };
    // Called on a writer thread, once a batch.
    using report = std::function<void(finished)>;

    group_commit(
        storage::sql::database& into, const storage::keyring& keys, options chosen, metrics& counters, report tell
    );
    ~group_commit();
    group_commit(const group_commit&) = delete;

    // From any thread.
    void submit(entry turn);

private:
    void run(unsigned writer);
    std::vector<entry> take(unsigned writer);
    void await_turns(std::unique_lock<std::mutex>& lock);
    void write(std::unique_ptr<storage_session>& session, std::vector<entry> batch);

    storage::sql::database& into_;
    const storage::keyring& keys_;
    const options options_;
    const report tell_;
    counter& batches_;
    counter& turns_;
    counter& failures_;
    histogram& seconds_;

    std::mutex mutex_;
    std::condition_variable first_, second_;
    std::vector<entry> queue_;
    std::size_t first_wants_ = 0;  // queued turns that wake the first writer; 0: it does not wait
    std::size_t last_batch_ = 0;   // of the first writer
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace bot::turns
