#pragma once
// Numbered SQL files per engine (storage/schema/<engine>/0001_name.sql, embedded), applied in order under a lock row,
// recorded with a checksum, forward only. Safe when several replicas start at once; resumable after a crash.

#include "bot/base/error.hpp"
#include "storage/sql/connection.hpp"

#include <string>
#include <vector>

namespace storage {

struct schema_status {
    int current = 0;               // newest applied version
    int newest = 0;                // newest this binary knows
    std::vector<int> pending;
    std::vector<std::string> faults;  // "0001: checksum differs", "0009: unknown to this binary"
    bool is_current() const { return pending.empty() && faults.empty(); }
};

// Errors: storage_down, storage_failed.
bot::result<schema_status> read_schema_status(sql::connection& db);
// Applies what is pending; gives the versions applied. storage_failed when there are faults; the log says which.
bot::result<std::vector<int>> migrate(sql::connection& db);

}  // namespace storage
