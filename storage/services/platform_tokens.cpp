#include "storage/services/platform_tokens.hpp"

#include "storage/effects/row.hpp"
#include "storage/instants.hpp"

#include <cstring>

namespace storage {
namespace {

// The key of a token's row is bound to the account, as a citizen's is to the citizen.
std::int64_t owner_of_key(const keyring& keys, std::string_view account)
{
    const short_hash hash = keys.hash("platform_token", account);
    std::int64_t number = 0;
    std::memcpy(&number, hash.data(), sizeof number);
    return number;
}

std::string place_of(std::string_view account)
{
    return "platform_token|token|" + std::string(account);
}

}  // namespace

bot::result<void> platform_tokens::make_row(std::string_view account)
{
    auto made = sql::run_transaction(db_, [&] {
        row(db_,
            "INSERT INTO platform_token (account, version, expires_at, lease_owner, lease_until)"
            " VALUES (?,0,0,'',0)")
            .text(account)
            .run();
    });
    if (!made && made.error() == bot::errc::conflict) return {};  // it is there
    return made;
}

bot::result<std::optional<platform_token>> platform_tokens::read(std::string_view account, bot::instant now)
{
    std::optional<platform_token> out;
    std::string wrapped, sealed;
    auto read = sql::run_query(db_, [&] {
        out.reset();
        sql::statement& q = db_.prepare(
            "SELECT wrapped_key, token, version, expires_at FROM platform_token"
            " WHERE account = ? AND expires_at > ? AND token IS NOT NULL"
        );
        q.bind_text(0, account);
        q.bind(1, ms(now));
        q.query();
        if (!q.next()) return;
        wrapped = q.bytes(0);
        sealed = q.bytes(1);
        out.emplace(platform_token{"", q.integer(2), instant_of(q.integer(3))});
    });
    if (!read) return read.error();
    if (!out) return out;
    auto key = keys_.unwrap(wrapped, owner_of_key(keys_, account));
    auto value = key ? open(*key, place_of(account), sealed) : bot::result<std::string>(key.error());
    if (!value) return std::optional<platform_token>();  // of another master key: fetched anew
    out->value = std::move(*value);
    return out;
}

bot::result<void> platform_tokens::take_lease(
    std::string_view account, std::string_view owner, bot::instant now, std::chrono::milliseconds lease
)
{
    if (auto made = make_row(account); !made) return made;
    std::int64_t rows = 0;
    auto done = sql::run_transaction(db_, [&] {
        rows = row(db_,
                   "UPDATE platform_token SET lease_owner = ?, lease_until = ? WHERE account = ?"
                   " AND (lease_until < ? OR lease_owner = ?) AND expires_at <= ?")
                   .text(owner)
                   .time(now + lease)
                   .text(account)
                   .time(now)
                   .text(owner)
                   .time(now)
                   .run();
    });
    if (!done) return done;
    if (rows != 1) return bot::errc::conflict;
    return {};
}

bot::result<void> platform_tokens::store(
    std::string_view account, std::string_view owner, std::string_view token, bot::instant expires_at
)
{
    const data_key key = keys_.make_data_key();
    const std::string wrapped = keys_.wrap(key, owner_of_key(keys_, account));
    const std::string where = place_of(account);
    std::int64_t rows = 0;
    auto done = sql::run_transaction(db_, [&] {
        rows = row(db_,
                   "UPDATE platform_token SET wrapped_key = ?, token = ?, version = version + 1, expires_at = ?,"
                   " lease_owner = '', lease_until = 0 WHERE account = ? AND lease_owner = ?")
                   .bytes(wrapped)
                   .sealed(key, where, token)
                   .time(expires_at)
                   .text(account)
                   .text(owner)
                   .run();
    });
    if (!done) return done;
    if (rows != 1) return bot::errc::conflict;
    return {};
}

bot::result<void> platform_tokens::mark_stale(std::string_view account, std::int64_t version)
{
    return sql::run_transaction(db_, [&] {
        row(db_, "UPDATE platform_token SET expires_at = 0 WHERE account = ? AND version = ?")
            .text(account)
            .number(version)
            .run();
    });
}

}  // namespace storage
