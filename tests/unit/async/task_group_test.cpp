#include "bot/async/task_group.hpp"

#include "tests/unit/async/run.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>
#include <stdexcept>

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

class TaskGroup : public testing::Test {
protected:
    asio::io_context io{1};
    bot::task_group group{io.get_executor()};
};

// Waits until cancelled; says how it ended.
asio::awaitable<void> wait_for_ever(std::string& end)
{
    asio::steady_timer timer(co_await asio::this_coro::executor, 24h);
    try {
        co_await timer.async_wait(asio::use_awaitable);
        end = "elapsed";
    } catch (const boost::system::system_error& e) {
        end = e.code() == asio::error::operation_aborted ? "cancelled" : "failed";
        throw;
    }
}

asio::awaitable<void> wait_on(asio::steady_timer& timer)
{
    co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> fail()
{
    throw std::runtime_error("lost the row");
    co_return;
}

TEST_F(TaskGroup, DrainOfAnEmptyGroupIsImmediate)
{
    std::optional<bool> empty;
    auto work = [](bot::task_group& of, std::optional<bool>& result) -> asio::awaitable<void> {
        result = co_await of.drain(24h);
    };
    bot::test::run(io, work(group, empty));
    EXPECT_EQ(empty, true);
}

TEST_F(TaskGroup, DrainEndsWithTheLastTask)
{
    asio::steady_timer first(io, 1ms);
    asio::steady_timer second(io, 2ms);
    group.spawn("first", wait_on(first));
    group.spawn("second", wait_on(second));
    EXPECT_EQ(group.size(), 2U);
    std::optional<bool> empty;
    auto work = [](bot::task_group& of, std::optional<bool>& result) -> asio::awaitable<void> {
        result = co_await of.drain(24h);
    };
    bot::test::run(io, work(group, empty));
    EXPECT_EQ(empty, true);
    EXPECT_EQ(group.size(), 0U);
}

TEST_F(TaskGroup, DrainGivesUpAfterItsGraceAndCancelEndsTheRest)
{
    std::string one;
    std::string two;
    group.spawn("one", wait_for_ever(one));
    group.spawn("two", wait_for_ever(two));
    auto work = [](bot::task_group& of) -> asio::awaitable<void> {
        const bool in_time = co_await of.drain(1ms);
        EXPECT_FALSE(in_time);
        of.cancel_all();
        const bool after = co_await of.drain(24h);
        EXPECT_TRUE(after);
    };
    bot::test::run(io, work(group));
    EXPECT_EQ(one, "cancelled");
    EXPECT_EQ(two, "cancelled");
}

TEST_F(TaskGroup, SeveralMayDrainAtOnce)
{
    asio::steady_timer timer(io, 1ms);
    group.spawn("task", wait_on(timer));
    int drained = 0;
    auto work = [](bot::task_group& of, int& count) -> asio::awaitable<void> {
        const bool empty = co_await of.drain(24h);
        count += empty;
    };
    asio::co_spawn(io, work(group, drained), [](std::exception_ptr) {});
    bot::test::run(io, work(group, drained));
    EXPECT_EQ(drained, 2);
}

TEST_F(TaskGroup, LogsWhatATaskThrowsButNotItsCancellation)
{
    std::string end;
    testing::internal::CaptureStderr();
    group.spawn("outbox", fail());
    group.spawn("sweep", wait_for_ever(end));
    auto work = [](bot::task_group& of) -> asio::awaitable<void> {
        co_await of.drain(1ms);
        of.cancel_all();
        co_await of.drain(24h);
    };
    bot::test::run(io, work(group));
    const std::string text = testing::internal::GetCapturedStderr();
    EXPECT_NE(text.find(R"("event":"task_failed","task":"outbox","what":"lost the row")"), std::string::npos)
        << text;
    EXPECT_EQ(text.find("sweep"), std::string::npos) << text;
}

TEST_F(TaskGroup, ItsEndCancelsItsTasks)
{
    std::string end;
    {
        bot::task_group short_lived(io.get_executor());
        short_lived.spawn("task", wait_for_ever(end));
        io.poll();
        EXPECT_EQ(end, "");
    }
    io.restart();
    io.run();
    EXPECT_EQ(end, "cancelled");
}

TEST(TaskGroupOfADeadContext, DestroysWhatNeverEnded)
{
    std::string end;
    auto io = std::make_unique<asio::io_context>(1);
    bot::task_group group(io->get_executor());
    group.spawn("task", wait_for_ever(end));
    io->poll();
    io.reset();
    EXPECT_EQ(group.size(), 0U);
    EXPECT_EQ(end, "");
    group.cancel_all();
}

}  // namespace
