#pragma once
// Cases and the mediator queue. Rows are written by the turn that files them (turn_journal); here they are read,
// listed and claimed. A claim is a conditional UPDATE with its row count and a fencing token, never a row lock.
// Blocking, one thread at a time, like the journal.

#include "bot/base/clock.hpp"
#include "bot/base/error.hpp"
#include "bot/base/ids.hpp"
#include "dialogs/turn.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

// A line of the queue: nothing sealed, so that listing needs no citizen's key.
struct queue_entry {
    bot::case_id id;
    std::string code;
    std::string state;
    std::string dispute_type;
    std::string unit;
    std::optional<std::int64_t> amount_fen;
    bot::instant submitted_at;
    std::optional<bot::instant> accept_by;
    std::string owner;         // who holds the claim; empty: free
    std::int64_t token = 0;    // grows with each claim; a writer with an older one is refused
    std::optional<bot::instant> lease_until;
};

// The whole case, opened with the citizen's key.
struct case_record {
    queue_entry entry;
    bot::citizen_id citizen;
    dialogs::file_case filed;
};

struct queue_filter {
    std::string unit;          // empty: all units
    bool free_only = false;    // without those under a live lease
    int limit = 50;
};

struct claim {
    bot::case_id id;
    std::string code;
    std::int64_t token = 0;
    bot::instant lease_until;
};

class case_store {
public:
    case_store(sql::connection& db, const keyring& keys);
    ~case_store();

    // Errors of all: storage_down, storage_failed.

    // Ordered by deadline (cases without one by submission), then age.
    bot::result<std::vector<queue_entry>> list(const queue_filter& filter, bot::instant now);

    // By query code. not_found; bad_key when the person was erased.
    bot::result<case_record> show(std::string_view code);

    // Claims one case, or the next free one when code is empty. A live lease of somebody else: conflict. Nothing free:
    // not_found. Claiming again by the same owner renews the lease under a new token.
    bot::result<claim> claim_case(
        std::string_view code, std::string_view owner, bot::instant now, std::chrono::seconds lease
    );

    // Gives the case back. conflict: the token is not the newest (the lease ran out and somebody else holds it).
    bot::result<void> release(std::string_view code, std::int64_t token);

    bot::result<std::vector<dialogs::case_view>> cases_of(bot::citizen_id who, bot::instant now);

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace storage
