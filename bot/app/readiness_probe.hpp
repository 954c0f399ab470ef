#pragma once
// Asks the database for /readyz, on a thread of its own.

#include "handlers/health.hpp"
#include "storage/sql/connection.hpp"

#include <boost/asio/thread_pool.hpp>

#include <memory>

namespace bot::app {

class readiness_probe {
public:
    explicit readiness_probe(storage::sql::database& database) : database_(database) {}
    ~readiness_probe() { thread_.join(); }

    // On the I/O thread; the probe must outlive it.
    boost::asio::awaitable<handlers::readiness> ask();

private:
    handlers::readiness look();

    storage::sql::database& database_;
    std::unique_ptr<storage::sql::connection> db_;  // of the thread
    boost::asio::thread_pool thread_{1};
};

}  // namespace bot::app
