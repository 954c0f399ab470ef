#pragma once
// Blocking reads of the pipeline on threads of their own, each with its own connection.
// DESIGN. Jobs go through one queue under a mutex; a thread without a connection tries to open one for each job and
// hands the job a null session when it cannot, so that every job ends. The destructor finishes queued jobs first.

#include "bot/turns/storage_session.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace bot::turns {

class read_threads {
public:
    // session: nullptr when the database cannot be reached.
    using job = std::function<void(storage_session* session)>;

    read_threads(storage::sql::database& from, const storage::keyring& keys, unsigned threads);
    ~read_threads();
    read_threads(const read_threads&) = delete;

    // From any thread. The job runs on one of the threads; it must not throw.
    void submit(job work);

private:
    void run();

    storage::sql::database& from_;
    const storage::keyring& keys_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<job> queue_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace bot::turns
