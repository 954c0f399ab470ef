#pragma once
// Claims on the mediator queue: a conditional UPDATE with its row count and a fencing token, never a row
// lock.

#include "bot/base/error.hpp"
#include "storage/case_store.hpp"
#include "storage/sql/connection.hpp"

#include <cstdint>
#include <string_view>

namespace storage {

// Who claims, and in milliseconds since the epoch when and until when.
struct claim_attempt {
    std::string_view owner;
    std::int64_t now = 0;
    std::int64_t lease_until = 0;
};

// Errors as case_store::claim_case and case_store::release give them.
bot::result<claim> claim_by_code(sql::connection& db, std::string_view code, const claim_attempt& how);
bot::result<claim> claim_next(sql::connection& db, const claim_attempt& how);
bot::result<void> release_claim(sql::connection& db, std::string_view code, std::int64_t token);

}  // namespace storage
