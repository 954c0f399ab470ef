#include "bot/async/offload.hpp"

#include "tests/unit/async/run.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

namespace asio = boost::asio;

class Offload : public testing::Test {
protected:
    ~Offload() override { pool.join(); }

    asio::io_context io{1};
    asio::thread_pool pool{1};
};

// Has neither a default constructor nor a copy, as a claimed row or a statement may.
struct unique_row {
    explicit unique_row(int n) : value(std::make_unique<int>(n)) {}
    std::unique_ptr<int> value;
};

TEST_F(Offload, RunsTheJobElsewhereAndComesBack)
{
    std::thread::id job_thread;
    auto work = [](asio::thread_pool& on, std::thread::id& seen) -> asio::awaitable<void> {
        const auto caller = std::this_thread::get_id();
        const auto where = [] { return std::this_thread::get_id(); };
        seen = co_await bot::offload(on, where);
        EXPECT_EQ(std::this_thread::get_id(), caller);
    };
    bot::test::run(io, work(pool, job_thread));
    EXPECT_NE(job_thread, std::this_thread::get_id());
    EXPECT_NE(job_thread, std::thread::id());
}

TEST_F(Offload, CarriesValuesThatCannotBeCopied)
{
    auto work = [](asio::thread_pool& on) -> asio::awaitable<void> {
        auto job = [text = std::make_unique<std::string>("row")] {
            return unique_row(static_cast<int>(text->size()));
        };
        const unique_row row = co_await bot::offload(on, std::move(job));
        EXPECT_EQ(*row.value, 3);
    };
    bot::test::run(io, work(pool));
}

TEST_F(Offload, RethrowsAtTheCallerForValuesAndForVoid)
{
    auto work = [](asio::thread_pool& on) -> asio::awaitable<void> {
        int caught = 0;
        const auto value_job = []() -> int { throw std::runtime_error("no row"); };
        const auto void_job = [] { throw std::runtime_error("no row"); };
        try {
            co_await bot::offload(on, value_job);
        } catch (const std::runtime_error& e) {
            EXPECT_STREQ(e.what(), "no row");
            ++caught;
        }
        try {
            co_await bot::offload(on, void_job);
        } catch (const std::runtime_error&) {
            ++caught;
        }
        EXPECT_EQ(caught, 2);
    };
    bot::test::run(io, work(pool));
}

TEST_F(Offload, KeepsTheContextRunningUntilTheJobIsDone)
{
    bool done = false;
    auto work = [](asio::thread_pool& on, bool& flag) -> asio::awaitable<void> {
        const auto nothing = [] {};
        for (int i = 0; i < 1'000; ++i) co_await bot::offload(on, nothing);
        flag = true;
    };
    asio::co_spawn(io, work(pool, done), [](std::exception_ptr) {});
    io.run();  // returns only when no work is left
    EXPECT_TRUE(done);
}

}  // namespace
