#pragma once
// The turn journal: append-only, one row a turn. The primary key (citizen, turn number) is the concurrency control,
// the unique (citizen, delivery key) is the de-duplication, the newest row is the session.
// Blocking: call it on a storage thread. One journal belongs to one connection and is used by one thread at a time.

#include "bot/base/clock.hpp"
#include "bot/base/error.hpp"
#include "bot/base/ids.hpp"
#include "dialogs/turn.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace storage {

// Where a citizen is reached: our account's name in the configuration and the platform's id of the person (OpenID).
struct address {
    std::string account;
    std::string person;
    bool operator==(const address&) const = default;
};

// Same for every delivery of the same message: keyring::hash("delivery", what identifies the message).
using delivery_key = std::array<std::uint8_t, 16>;

struct citizen {
    bot::citizen_id id;
    data_key key;  // clear; lives in memory only
};

// A turn as the journal answers a repeated delivery with it.
struct stored_answer {
    std::int32_t turn_no = 0;
    bot::instant at;
    std::string replies;  // dialogs::serialise(replies)
};

struct journal_head {
    citizen who;
    std::int32_t turn_no = 0;  // of the newest turn; 0: the citizen is known but has no turn
    std::string state;         // after that turn
};

struct loaded {
    std::optional<journal_head> head;         // nullopt: this address was never seen
    std::optional<stored_answer> answered;    // the turn of this delivery, when there is one
};

// One turn to be made durable, in clear; the journal seals it.
struct turn_append {
    citizen who;
    std::optional<address> first_seen;  // set: insert the citizen's row with this turn
    std::int32_t turn_no = 0;
    delivery_key key{};
    bot::instant at;
    std::string inbound;
    std::string replies;
    std::string state;
    std::vector<dialogs::effect> effects;
};

enum class append_outcome {
    stored,
    conflict,  // the turn number, the delivery or the citizen exists already: load again and step again
};

// One row as replay and tests read it.
struct journal_row {
    std::int32_t turn_no = 0;
    delivery_key key{};
    bot::instant at;
    std::string inbound, replies, state;
};

class turn_journal {
public:
    turn_journal(sql::connection& db, const keyring& keys);
    ~turn_journal();

    // The newest turn of whoever is at this address, and the stored answer to this delivery if there is one.
    // Errors: storage_down, storage_failed, bad_key.
    bot::result<loaded> load(const address& where, const delivery_key& key);

    // Makes all turns durable in one transaction (group commit), with their effects' rows, or as many as can be:
    // a turn in conflict is left out alone, the others are stored. The turns are of different citizens.
    // A commit of unknown outcome is looked up by its keys before anything is said, so an outcome is always true.
    // Errors (nothing is known to be stored; safe to repeat): storage_down, storage_failed.
    bot::result<std::vector<append_outcome>> append(std::span<const turn_append> turns);

    // All turns of a citizen in order. Errors: storage_down, storage_failed, bad_key.
    bot::result<std::vector<journal_row>> history(const citizen& who);

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace storage
