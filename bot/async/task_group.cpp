#include "bot/async/task_group.hpp"

#include "bot/base/log.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <exception>
#include <list>
#include <utility>

namespace bot {
namespace asio = boost::asio;

// Shared with the completion of each task, which may come after the group is gone.
struct task_group::state {
    explicit state(asio::any_io_executor on) : executor(std::move(on)) {}

    asio::any_io_executor executor;
    std::list<asio::cancellation_signal> signals;  // one a task
    std::list<asio::steady_timer*> waiting;        // the drains under way: woken when the last task ends

    void cancel_all()
    {
        // A task may end, and so leave the list, inside emit().
        for (auto at = signals.begin(); at != signals.end();) {
            auto& signal = *at++;
            signal.emit(asio::cancellation_type::terminal);
        }
    }

    void wake_drains()
    {
        if (!signals.empty()) return;
        for (auto* timer : waiting) timer->cancel();
    }

    // A task's place in the group. A task that is destroyed with its io_context leaves too: its signal would
    // cancel an operation that is no more.
    class member {
    public:
        explicit member(std::shared_ptr<state> group) : group_(std::move(group))
        {
            place_ = group_->signals.emplace(group_->signals.end());
        }
        member(member&& other) noexcept : group_(std::move(other.group_)), place_(other.place_) {}
        ~member() { leave(); }

        asio::cancellation_slot slot() const { return place_->slot(); }
        void leave()
        {
            if (const auto group = std::exchange(group_, nullptr)) group->signals.erase(place_);
        }
        void end()
        {
            const auto group = group_;
            leave();
            group->wake_drains();
        }

    private:
        std::shared_ptr<state> group_;
        std::list<asio::cancellation_signal>::iterator place_;
    };
};

namespace {

// Stands in the list as long as the drain waits, also when that is cancelled or destroyed.
class wake_up {
public:
    wake_up(std::list<asio::steady_timer*>& list, asio::steady_timer& timer)
        : list_(list), place_(list.insert(list.end(), &timer))
    {
    }
    ~wake_up() { list_.erase(place_); }
    wake_up(const wake_up&) = delete;

private:
    std::list<asio::steady_timer*>& list_;
    std::list<asio::steady_timer*>::iterator place_;
};

void log_failure(std::string_view name, const std::exception_ptr& thrown)
{
    try {
        std::rethrow_exception(thrown);
    } catch (const boost::system::system_error& e) {
        if (e.code() != asio::error::operation_aborted)
            log::error("task_failed", {{"task", name}, {"what", std::string_view(e.what())}});
    } catch (const std::exception& e) {
        log::error("task_failed", {{"task", name}, {"what", std::string_view(e.what())}});
    } catch (...) {
        log::error("task_failed", {{"task", name}});
    }
}

}  // namespace

task_group::task_group(asio::any_io_executor executor) : state_(std::make_shared<state>(std::move(executor)))
{
}

task_group::~task_group()
{
    cancel_all();
}

void task_group::spawn(std::string_view name, asio::awaitable<void> task)
{
    state::member joined(state_);
    const auto slot = joined.slot();
    auto ended = [joined = std::move(joined), name](std::exception_ptr thrown) mutable {
        if (thrown) log_failure(name, thrown);
        joined.end();
    };
    asio::co_spawn(state_->executor, std::move(task), asio::bind_cancellation_slot(slot, std::move(ended)));
}

void task_group::cancel_all()
{
    state_->cancel_all();
}

asio::awaitable<bool> task_group::drain(std::chrono::milliseconds grace)
{
    const auto group = state_;  // the tasks' state outlives this object when a task destroys it
    if (group->signals.empty()) co_return true;
    asio::steady_timer timer(group->executor, grace);
    const wake_up registered(group->waiting, timer);
    boost::system::error_code woken;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    co_return group->signals.empty();
}

std::size_t task_group::size() const
{
    return state_->signals.size();
}

}  // namespace bot
