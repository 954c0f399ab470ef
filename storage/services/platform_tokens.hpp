#pragma once
// The access tokens of our accounts, one row an account for all replicas. Whoever needs a token and finds none takes the
// lease and fetches it; the others wait for the row to change. Sealed: a token speaks for the account.
// Blocking, one thread at a time.

#include "bot/base/clock.hpp"
#include "bot/base/error.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace storage {

struct platform_token {
    std::string value;
    std::int64_t version = 0;  // grows with each fetch
    bot::instant expires_at;
};

class platform_tokens {
public:
    platform_tokens(sql::connection& db, const keyring& keys) : db_(db), keys_(keys) {}

    // nullopt: none, or it has expired. Errors of all: storage_down, storage_failed.
    bot::result<std::optional<platform_token>> read(std::string_view account, bot::instant now);
    // Ours until now + lease: fetch and store. conflict: somebody else is fetching, or has just done so.
    bot::result<void> take_lease(
        std::string_view account, std::string_view owner, bot::instant now, std::chrono::milliseconds lease
    );
    // Ends the lease. conflict: it was no longer ours.
    bot::result<void> store(
        std::string_view account, std::string_view owner, std::string_view token, bot::instant expires_at
    );
    // The platform refused this very token: the next reader finds none.
    bot::result<void> mark_stale(std::string_view account, std::int64_t version);

private:
    bot::result<void> make_row(std::string_view account);

    sql::connection& db_;
    const keyring& keys_;
};

}  // namespace storage
