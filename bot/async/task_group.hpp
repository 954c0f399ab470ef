#pragma once
// Coroutines that somebody owns: whoever spawns them can cancel them and wait for them. All calls come from
// the thread that runs the executor's io_context.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>

namespace bot {

class task_group {
public:
    explicit task_group(boost::asio::any_io_executor executor);
    // Tasks still under way are cancelled; they end when the executor runs on, or are destroyed with it.
    ~task_group();
    task_group(const task_group&) = delete;

    // Starts the task at the executor's next turn. What it throws is logged under `name`, a literal; being
    // cancelled is not logged.
    void spawn(std::string_view name, boost::asio::awaitable<void> task);

    // Asks every task to end: its pending operation and its next one fail with operation_aborted.
    void cancel_all();

    // Waits until no task is left, at most `grace`. True when none is left.
    boost::asio::awaitable<bool> drain(std::chrono::milliseconds grace);

    std::size_t size() const;

private:
    struct state;
    std::shared_ptr<state> state_;
};

}  // namespace bot
