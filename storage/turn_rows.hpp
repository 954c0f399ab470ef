#pragma once
// A batch of turns sealed for their rows. Sealing happens once, however often the transaction is repeated;
// the random nonces also tell, after a commit of unknown outcome, whether a stored row is the one that we
// wrote.

#include "storage/case_rows.hpp"
#include "storage/multi_insert.hpp"
#include "storage/turn_journal.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

short_hash address_hash(const keyring& keys, const address& where);

struct sealed_turn {
    const turn_append* from = nullptr;
    std::string_view inbound, replies, state;
};

class turn_rows {
public:
    // The views stay valid until the next call.
    void seal(std::span<const turn_append> turns);
    const std::vector<sealed_turn>& turns() const { return turns_; }

    // All rows of the turns with these indices, ascending. Throws sql::failure.
    void insert(sql::connection& db, const keyring& keys, std::span<const std::size_t> which);

private:
    void insert_citizens(sql::connection& db, const keyring& keys, std::span<const std::size_t> which);
    void insert_turns(sql::connection& db, std::span<const std::size_t> which);
    void insert_effects(sql::connection& db, const keyring& keys, std::span<const std::size_t> which);

    std::string sealed_;  // the fields of all turns, one after the other
    std::vector<sealed_turn> turns_;
    multi_insert citizen_insert_{
        "INSERT INTO citizen (id, account, address_hash, address, wrapped_key, key_version, created_at)", 7
    };
    multi_insert turn_insert_{
        "INSERT INTO turn (citizen_id, turn_no, delivery_key, at, inbound, replies, state)", 7
    };
    multi_insert consent_insert_{"INSERT INTO consent (citizen_id, turn_no, nth, notice_version, at)", 5};
    multi_insert alert_insert_{"INSERT INTO crisis_alert (citizen_id, turn_no, nth, level, reasons, at)", 6};
};

}  // namespace storage
