#include "bot/turns/group_commit.hpp"

#include "bot/base/log.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace bot::turns {

group_commit::group_commit(
    storage::sql::database& into, const storage::keyring& keys, options chosen, metrics& counters, report tell
)
    : into_(into),
      keys_(keys),
      options_(chosen),
      tell_(std::move(tell)),
      batches_(counters.counter("hejie_journal_batches_total", "transactions of the turn journal")),
      turns_(counters.counter("hejie_journal_turns_total", "turns handed to the journal")),
      failures_(counters.counter("hejie_journal_failed_batches_total", "batches that could not be written")),
      seconds_(counters.histogram(
          "hejie_journal_commit_seconds", "time of one batch, from taken to committed",
          {0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 2, 5}
      ))
{
    for (unsigned i = 0; i < std::max(1u, options_.writers); ++i)
        threads_.emplace_back([this, i] { run(i); });
}

group_commit::~group_commit()
{
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    first_.notify_all();
    second_.notify_all();
    for (auto& thread : threads_)
        thread.join();
}

void group_commit::submit(entry turn)
{
    bool wake_first = false;
    bool wake_second = false;
    {
        std::lock_guard lock(mutex_);
        queue_.push_back(std::move(turn));
        wake_first = first_wants_ == queue_.size();
        wake_second = first_wants_ == 0 && queue_.size() == options_.help_above;
    }
    if (wake_first)
        first_.notify_one();
    else if (wake_second)
        second_.notify_one();
}

// Returns with something queued, or when stopping. Another writer may take what the first one gathers.
void group_commit::await_turns(std::unique_lock<std::mutex>& lock)
{
    const auto wait_for = [&](std::size_t turns, auto until) {
        first_wants_ = turns;
        first_.wait_until(lock, until, [&] { return stopping_ || queue_.size() >= turns; });
    };
    const auto now = std::chrono::steady_clock::now();
    if (last_batch_ > 1 && queue_.size() < options_.gather)
        wait_for(options_.gather, now + options_.gather_for);
    while (!stopping_ && queue_.empty())
        wait_for(1, now + std::chrono::hours(1));
    first_wants_ = 0;
    last_batch_ = queue_.size();
}

std::vector<group_commit::entry> group_commit::take(unsigned writer)
{
    std::unique_lock lock(mutex_);
    if (writer == 0) {
        await_turns(lock);
    } else {
        second_.wait(lock, [this] { return stopping_ || queue_.size() >= options_.help_above; });
    }
    std::vector<entry> batch;
    if (queue_.size() <= options_.max_batch) {
        batch.swap(queue_);
        return batch;
    }
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(options_.max_batch);
    batch.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
    queue_.erase(queue_.begin(), end);
    return batch;
}

void group_commit::run(unsigned writer)
{
    std::unique_ptr<storage_session> session;
    for (;;) {
        auto batch = take(writer);
        if (batch.empty())
            return;  // only when stopping
        write(session, std::move(batch));
    }
}

void group_commit::write(std::unique_ptr<storage_session>& session, std::vector<entry> batch)
{
    const auto began = std::chrono::steady_clock::now();
    finished done;
    auto& outcomes = done.outcomes;
    auto& turns = done.turns;
    outcomes.resize(batch.size());
    turns.reserve(batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        outcomes[i].owner = batch[i].owner;
        turns.push_back(std::move(batch[i].turn));
    }

    bot::result<std::vector<storage::append_outcome>> written = bot::errc::storage_down;
    if (!session)
        if (auto opened = open_session(into_, keys_); opened.has_value())
            session = std::move(*opened);
    if (session)
        written = session->journal.append(turns);

    batches_.add();
    turns_.add(static_cast<double>(turns.size()));
    if (written.has_error()) {
        failures_.add();
        log::warn(
            "journal.batch_failed",
            {{"reason", error_name(written.error())}, {"turns", static_cast<std::int64_t>(turns.size())}}
        );
        for (auto& one : outcomes)
            one.result = written.error();
    } else {
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            outcomes[i].result = (*written)[i];
    }
    seconds_.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
    tell_(std::move(done));
}

}  // namespace bot::turns
