#pragma once
// Runs one coroutine to its end on the calling thread; a test that would hang fails instead.

#include <gtest/gtest.h>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <exception>

namespace bot::test {

inline void run(boost::asio::io_context& io, boost::asio::awaitable<void> work)
{
    bool done = false;
    std::exception_ptr thrown;
    boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr e) {
        done = true;
        thrown = e;
    });
    io.restart();
    io.run_for(std::chrono::seconds(20));
    if (thrown) std::rethrow_exception(thrown);
    ASSERT_TRUE(done) << "still suspended";
}

}  // namespace bot::test
