#include "bot/outbox/token_source.hpp"

#include "bot/base/log.hpp"

namespace bot::outbox {
namespace {

using namespace std::chrono_literals;

// Longer than a call may take; after it another replica may try.
constexpr std::chrono::milliseconds fetch_lease = 15s;
// The platform hands out the next token five minutes before the end of this one.
constexpr std::chrono::seconds renew_before = 300s;

}  // namespace

bot::result<storage::platform_token> token_source::get(
    const wechat::account& account, wechat::api_client& api, bot::instant now
)
{
    auto stored = tokens_.read(account.name, now);
    if (stored.has_error()) return stored.error();
    if (*stored) return **stored;
    if (auto lease = tokens_.take_lease(account.name, owner_, now, fetch_lease); lease.has_error())
        return lease.error();
    return fetch(account, api, now);
}

bot::result<storage::platform_token> token_source::fetch(
    const wechat::account& account, wechat::api_client& api, bot::instant now
)
{
    const auto got = api.stable_token(account.app_id, account.app_secret);
    if (!got.reached || got.errcode == -1) return bot::errc::timed_out;
    if (got.errcode != 0) {
        log::error(
            "outbox.token_refused", {{"account", account.name}, {"errcode", std::int64_t{got.errcode}}}
        );
        return bot::errc::bad_configuration;
    }
    const auto life = std::max(got.expires_in - renew_before, std::chrono::seconds(60));
    if (auto kept = tokens_.store(account.name, owner_, got.token, now + life); kept.has_error())
        return kept.error();
    auto stored = tokens_.read(account.name, now);
    if (stored.has_error()) return stored.error();
    if (!*stored) return bot::errc::storage_failed;
    return **stored;
}

}  // namespace bot::outbox
