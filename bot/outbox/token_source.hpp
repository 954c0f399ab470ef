#pragma once
// The access token of an account, from the row that all replicas share. One fetches, the others find it there
// (protocol §8.1); it is fetched again some minutes before its end. Blocking, one thread at a time.

#include "bot/base/clock.hpp"
#include "bot/base/error.hpp"
#include "bot/wechat/account.hpp"
#include "bot/wechat/api_client.hpp"
#include "storage/services/platform_tokens.hpp"

#include <string>

namespace bot::outbox {

class token_source {
public:
    // owner: names this worker among all.
    token_source(storage::sql::connection& db, const storage::keyring& keys, std::string owner)
        : tokens_(db, keys), owner_(std::move(owner))
    {
    }

    // Errors: storage_down, storage_failed; conflict: somebody else is fetching it, ask again soon; bad_configuration: the
    // platform refuses the account's credentials or this machine, repeating will not mend it soon; timed_out: the
    // platform gave no answer.
    bot::result<storage::platform_token> get(
        const wechat::account& account, wechat::api_client& api, bot::instant now
    );

    // The platform refused this token.
    bot::result<void> refused(const wechat::account& account, const storage::platform_token& token)
    {
        return tokens_.mark_stale(account.name, token.version);
    }

private:
    bot::result<storage::platform_token> fetch(
        const wechat::account& account, wechat::api_client& api, bot::instant now
    );

    storage::platform_tokens tokens_;
    std::string owner_;
};

}  // namespace bot::outbox
