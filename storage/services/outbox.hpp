#pragma once
// The outbox: what is said to a citizen later or by itself. Lines are written by turns (effects/reach_rows); a worker
// claims them under a lease by a conditional UPDATE with a growing token, so that no two workers send the same line
// while a lease lives. Attempts are counted when a line is claimed, before anything is sent.
// Blocking, one thread at a time.

#include "bot/base/clock.hpp"
#include "bot/base/error.hpp"
#include "bot/base/ids.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

// A claimed line, opened.
struct outgoing {
    bot::citizen_id citizen;
    std::int32_t turn_no = 0;
    std::int32_t nth = 0;
    std::string account;
    std::string person;  // the platform's id
    std::string kind;
    std::string about;
    std::string text;
    int attempts = 0;        // with this one
    std::int64_t token = 0;  // of the claim
    bot::instant due;
    bot::instant good_until;
};

struct outbox_claim {
    std::vector<std::string> accounts;  // that this process can send for
    std::string owner;
    bot::instant now;
    std::chrono::milliseconds lease{60'000};
    int limit = 20;
};

class outbox {
public:
    outbox(sql::connection& db, const keyring& keys) : db_(db), keys_(keys) {}

    // What is due, soonest first. While a person holds the conversation only what that person wrote (kind "staff") is
    // due. Lines of erased people are ended on the way. Errors of all: storage_down, storage_failed.
    bot::result<std::vector<outgoing>> claim(const outbox_claim& how);

    // The outcome of a claimed line. conflict: the lease ran out and somebody else has claimed it since.
    bot::result<void> sent(const outgoing& line, bot::instant now);
    // Queued again. counted false: this was no attempt (no access token).
    bot::result<void> later(const outgoing& line, bot::instant next, std::string_view reason, bool counted = true);
    // For good; the citizen goes into the queue of those who wait for a person.
    bot::result<void> failed(const outgoing& line, std::string_view reason, bot::instant now);

    // Lines by state.
    bot::result<std::map<std::string, std::int64_t>> figures();

private:
    struct candidate;
    std::vector<candidate> due(const outbox_claim& how);
    bool take(const candidate& line, const outbox_claim& how);

    sql::connection& db_;
    const keyring& keys_;
};

}  // namespace storage
