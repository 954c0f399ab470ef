#pragma once
// Sends what is due in the outbox: customer messages of the Official Account (protocol §8.2). At least once: a line is
// claimed under a lease, its attempt counted, then sent, then marked; a crash or a lost answer in between may send it
// twice. What cannot be delivered goes to a person. Time comes from the clock, so that tests move it.
// Blocking, one thread at a time; any number of replicas run one each.

#include "bot/base/clock.hpp"
#include "bot/base/error.hpp"
#include "bot/base/metrics.hpp"
#include "bot/wechat/account.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace bot::outbox {

struct worker_options {
    std::chrono::milliseconds lease{60'000};  // longer than the sending of one batch takes
    int batch = 20;
    int most_attempts = 8;
    std::string owner;  // names this worker among all; empty: made up
};

// What one round did, in lines.
struct round_figures {
    int sent = 0;
    int later = 0;   // queued again
    int failed = 0;  // for good
};

class worker {
public:
    worker(
        storage::sql::database& database, const storage::keyring& keys, std::vector<wechat::account> accounts,
        const bot::clock& clock, metrics& counters, worker_options options
    );
    ~worker();
    worker(const worker&) = delete;

    // Everything that is due now. Errors: storage_down, storage_failed; what was claimed comes back with its lease.
    bot::result<round_figures> run_once();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

// How long before the next attempt: 5 s, 30 s, 2 min, 10 min, then an hour.
std::chrono::seconds pause_after(int attempts);

// What an errcode of a send means for the line (protocol §8.17).
enum class verdict { delivered, token_refused, try_later, hopeless };
verdict verdict_of(int errcode);
// For the row: "window_closed", "count_used_up", "not_following", "refused", "errcode_45002".
std::string reason_of(int errcode);

}  // namespace bot::outbox
