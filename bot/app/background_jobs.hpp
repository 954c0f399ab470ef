#pragma once
// What the server does beside answering: sends the outbox, carries out requests to erase.

#include "bot/app/configuration.hpp"
#include "bot/base/clock.hpp"
#include "bot/base/metrics.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"

#include <memory>

namespace bot::app {

class background_jobs {
public:
    virtual ~background_jobs() = default;  // waits for the job under way
};

// The references must outlive it.
std::unique_ptr<background_jobs> start_background_jobs(
    const configuration& settings, storage::sql::database& database, const storage::keyring& keys,
    const bot::clock& clock, metrics& counters
);

}  // namespace bot::app
