#include "bot/turns/read_threads.hpp"

namespace bot::turns {

read_threads::read_threads(storage::sql::database& from, const storage::keyring& keys, unsigned threads)
    : from_(from), keys_(keys)
{
    for (unsigned i = 0; i < threads; ++i)
        threads_.emplace_back([this] { run(); });
}

read_threads::~read_threads()
{
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_)
        thread.join();
}

void read_threads::submit(job work)
{
    {
        std::lock_guard lock(mutex_);
        queue_.push_back(std::move(work));
    }
    wake_.notify_one();
}

void read_threads::run()
{
    std::unique_ptr<storage_session> session;
    for (;;) {
        job next;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (queue_.empty())
                return;
            next = std::move(queue_.front());
            queue_.pop_front();
        }
        if (!session)
            if (auto opened = open_session(from_, keys_); opened.has_value())
                session = std::move(*opened);
        next(session.get());
    }
}

}  // namespace bot::turns
