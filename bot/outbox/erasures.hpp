#pragma once
// Carries out requests to erase, after a time in which they can be taken back. A person with something under way is
// left to staff: the request is held. Blocking, one thread at a time; any number of replicas run it.

#include "bot/base/clock.hpp"
#include "bot/base/error.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"

#include <chrono>

namespace bot::outbox {

struct erasure_figures {
    int erased = 0;
    int held = 0;
};

// Errors: storage_down, storage_failed.
bot::result<erasure_figures> carry_out_erasures(
    storage::sql::connection& db, const storage::keyring& keys, bot::instant now, std::chrono::hours wait
);

}  // namespace bot::outbox
