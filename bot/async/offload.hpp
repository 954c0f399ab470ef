#pragma once
// A blocking job on another thread, awaited from a coroutine.

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace bot {
namespace detail {

// What the job left: its value, or what it threw.
template <class R>
struct job_outcome {
    std::optional<R> value;
    std::exception_ptr thrown;

    R take()
    {
        if (thrown) std::rethrow_exception(thrown);
        return std::move(*value);
    }
};

template <>
struct job_outcome<void> {
    std::exception_ptr thrown;

    void take()
    {
        if (thrown) std::rethrow_exception(thrown);
    }
};

template <class F, class R>
job_outcome<R> run_job(F& job) noexcept
{
    job_outcome<R> outcome;
    try {
        if constexpr (std::is_void_v<R>)
            job();
        else
            outcome.value.emplace(job());
    } catch (...) {
        outcome.thrown = std::current_exception();
    }
    return outcome;
}

}  // namespace detail

// Runs `job` on a thread of the pool; the caller goes on on its own executor, with the job's value or what it
// threw. The job is a plain function that captures by value; it runs to its end even when the caller is
// cancelled, so its driver must bound it. Join the pool before the caller's io_context goes.
template <class F, class R = std::invoke_result_t<F&>>
boost::asio::awaitable<R> offload(boost::asio::thread_pool& pool, F job)
{
    namespace asio = boost::asio;
    using outcome = detail::job_outcome<R>;

    auto start = [&pool](auto handler, F work) {
        auto back = asio::make_work_guard(handler);  // keeps the caller's context running meanwhile
        auto on_pool =
            [handler = std::move(handler), work = std::move(work), back = std::move(back)]() mutable {
                auto resume = [handler = std::move(handler), done = detail::run_job<F, R>(work)]() mutable {
                    std::move(handler)(std::move(done));
                };
                asio::dispatch(back.get_executor(), std::move(resume));
            };
        asio::post(pool, std::move(on_pool));
    };
    outcome done = co_await asio::async_initiate<const asio::use_awaitable_t<>, void(outcome)>(
        std::move(start), asio::use_awaitable, std::move(job)
    );
    co_return done.take();
}

}  // namespace bot
