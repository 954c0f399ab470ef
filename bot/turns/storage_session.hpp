#pragma once
// One storage thread's connection with the repositories over it. Used by that thread alone.

#include "storage/case_store.hpp"
#include "storage/services/facts.hpp"
#include "storage/sql/connection.hpp"
#include "storage/turn_journal.hpp"

#include <memory>

namespace bot::turns {

class storage_session {
public:
    storage_session(std::unique_ptr<storage::sql::connection> db, const storage::keyring& keys)
        : db_(std::move(db)), journal(*db_, keys), cases(*db_, keys), facts(*db_, keys)
    {
    }

private:
    std::unique_ptr<storage::sql::connection> db_;

public:
    storage::turn_journal journal;
    storage::case_store cases;
    storage::fact_reader facts;
};

// Connects now; errors: storage_down.
bot::result<std::unique_ptr<storage_session>> open_session(
    storage::sql::database& from, const storage::keyring& keys
);

}  // namespace bot::turns
