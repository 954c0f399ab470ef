#include "storage/case_store.hpp"

#include "storage/case_rows.hpp"
#include "storage/places.hpp"

#include <algorithm>
#include <random>

namespace storage {
namespace {

// How many free cases are looked at before one is picked by lot, so that claimers seldom meet on the same
// row.
constexpr int candidates_at_once = 20;
// Rounds of looking and claiming before a claimer that lost every race gives up.
constexpr int most_rounds = 50;

std::int64_t ms(bot::instant at)
{
    return at.time_since_epoch().count();
}
bot::instant instant_of(std::int64_t ms)
{
    return bot::instant(std::chrono::milliseconds(ms));
}

std::optional<bot::instant> optional_instant(sql::statement& q, int column)
{
    if (q.is_null(column)) return std::nullopt;
    return instant_of(q.integer(column));
}

constexpr std::string_view entry_columns =
    "d.id, d.code, d.state, d.dispute_type, d.unit, d.amount_fen, d.submitted_at, d.accept_by,"
    " q.owner, q.token, q.lease_until";

queue_entry read_entry(sql::statement& q)
{
    queue_entry out;
    out.id = bot::case_id{q.integer(0)};
    out.code = q.bytes(1);
    out.state = q.bytes(2);
    out.dispute_type = q.bytes(3);
    out.unit = q.bytes(4);
    if (!q.is_null(5)) out.amount_fen = q.integer(5);
    out.submitted_at = instant_of(q.integer(6));
    out.accept_by = optional_instant(q, 7);
    out.owner = q.bytes(8);
    out.token = q.integer(9);
    out.lease_until = optional_instant(q, 10);
    return out;
}

// A case as it lies in its rows: the texts are still sealed.
struct sealed_case {
    bool found = false;
    case_record record;
    std::string wrapped_key;
};

bot::result<void> open_fields(sealed_case& it, const data_key& key)
{
    dialogs::file_case& filed = it.record.filed;
    const auto open_in_place = [&key](std::string& field, std::string_view at) -> bot::result<void> {
        auto clear = open(key, at, field);
        if (!clear) return clear.error();
        field = std::move(*clear);
        return {};
    };
    for (const sealed_field& field : sealed_fields()) {
        const place at("dispute_case", field.column, filed.id.value);
        if (auto opened = open_in_place(field.of(filed), at); !opened) return opened;
    }
    std::int64_t nth = 0;
    for (dialogs::evidence& each : filed.evidence) {
        const place at("case_evidence", "media_id", filed.id.value, nth++);
        if (auto opened = open_in_place(each.media_id, at); !opened) return opened;
    }
    return {};
}

// A case as a claimer sees it before it tries.
struct candidate {
    bot::case_id id;
    std::string code;
    std::int64_t token = 0;
    std::string owner;
    std::int64_t lease_until = 0;
};

enum class race { won, lost };

struct attempt {
    std::string_view owner;
    std::int64_t now = 0;
    std::int64_t lease_until = 0;
};

candidate read_candidate(sql::statement& q)
{
    return {
        bot::case_id{q.integer(0)}, q.bytes(1), q.integer(2), q.bytes(3), q.is_null(4) ? 0 : q.integer(4)
    };
}

bool is_free(const candidate& it, std::int64_t now)
{
    return it.owner.empty() || it.lease_until < now;
}

std::size_t by_lot(std::size_t count)
{
    thread_local std::minstd_rand random{std::random_device{}()};
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
}

}  // namespace

struct case_store::impl {
    impl(sql::connection& db, const keyring& keys) : db_(db), keys_(keys) {}

    bot::result<std::vector<queue_entry>> list(const queue_filter& filter, bot::instant now);
    bot::result<case_record> show(std::string_view code);
    bot::result<claim> claim_by_code(std::string_view code, const attempt& how);
    bot::result<claim> claim_next(const attempt& how);
    bot::result<void> release(std::string_view code, std::int64_t token);
    bot::result<std::vector<dialogs::case_view>> cases_of(bot::citizen_id who, bot::instant now);

private:
    bot::result<std::optional<candidate>> find(std::string_view code);
    bot::result<std::vector<candidate>> free_ones(std::int64_t now);
    bot::result<race> take(const candidate& it, const attempt& how);
    bot::result<race> was_taken(const candidate& it, const attempt& how);
    claim claimed(const candidate& it, const attempt& how) const
    {
        return {it.id, it.code, it.token + 1, instant_of(how.lease_until)};
    }
    sealed_case read_case(std::string_view code);
    void read_evidence(dialogs::file_case& filed);

    sql::connection& db_;
    const keyring& keys_;
};

bot::result<std::vector<queue_entry>> case_store::impl::list(const queue_filter& filter, bot::instant now)
{
    std::string text = "SELECT " + std::string(entry_columns) +
                       " FROM mediator_queue q JOIN dispute_case d ON d.id = q.case_id WHERE 1 = 1";
    if (!filter.unit.empty()) text += " AND q.unit = ?";
    if (filter.free_only) text += " AND (q.owner = '' OR q.lease_until < ?)";
    text += " ORDER BY q.due_at, q.submitted_at, q.case_id LIMIT ?";

    std::vector<queue_entry> out;
    auto read = sql::run_query(db_, [&] {
        out.clear();
        sql::statement& q = db_.prepare(text);
        int at = 0;
        if (!filter.unit.empty()) q.bind_text(at++, filter.unit);
        if (filter.free_only) q.bind(at++, ms(now));
        q.bind(at, std::max(filter.limit, 0));
        q.query();
        while (q.next()) out.push_back(read_entry(q));
    });
    if (!read) return read.error();
    return out;
}

bot::result<case_record> case_store::impl::show(std::string_view code)
{
    sealed_case it;
    auto read = sql::run_query(db_, [&] { it = read_case(code); });
    if (!read) return read.error();
    if (!it.found) return bot::errc::not_found;
    auto key = keys_.unwrap(it.wrapped_key, it.record.citizen.value);
    if (!key) return key.error();
    if (auto opened = open_fields(it, *key); !opened) return opened.error();
    return std::move(it.record);
}

sealed_case case_store::impl::read_case(std::string_view code)
{
    std::string text = "SELECT " + std::string(entry_columns) + ", d.citizen_id, d.minor, c.wrapped_key";
    for (const sealed_field& field : sealed_fields()) text.append(", d.").append(field.column);
    text +=
        " FROM dispute_case d JOIN mediator_queue q ON q.case_id = d.id JOIN citizen c ON c.id = d.citizen_id"
        " WHERE d.code = ?";
    sealed_case out;
    sql::statement& q = db_.prepare(text);
    q.bind_text(0, code);
    q.query();
    if (!q.next()) return out;
    out.found = true;
    queue_entry& entry = out.record.entry;
    dialogs::file_case& filed = out.record.filed;
    entry = read_entry(q);
    out.record.citizen = bot::citizen_id{q.integer(11)};
    filed.minor = q.integer(12) != 0;
    out.wrapped_key = q.is_null(13) ? std::string() : q.bytes(13);
    int column = 14;
    for (const sealed_field& field : sealed_fields()) field.of(filed) = q.bytes(column++);
    filed.id = entry.id;
    filed.code = entry.code;
    filed.submitted_at = entry.submitted_at;
    filed.accept_by = entry.accept_by;
    filed.dispute_type = entry.dispute_type;
    filed.unit = entry.unit;
    filed.amount_fen = entry.amount_fen;
    read_evidence(filed);
    return out;
}

void case_store::impl::read_evidence(dialogs::file_case& filed)
{
    sql::statement& q =
        db_.prepare("SELECT kind, media_id, received_at FROM case_evidence WHERE case_id = ? ORDER BY nth");
    q.bind(0, filed.id.value);
    q.query();
    while (q.next()) filed.evidence.push_back({q.bytes(0), q.bytes(1), instant_of(q.integer(2))});
}

bot::result<std::optional<candidate>> case_store::impl::find(std::string_view code)
{
    std::optional<candidate> out;
    auto read = sql::run_query(db_, [&] {
        out.reset();
        sql::statement& q = db_.prepare(
            "SELECT q.case_id, d.code, q.token, q.owner, q.lease_until FROM dispute_case d"
            " JOIN mediator_queue q ON q.case_id = d.id WHERE d.code = ?"
        );
        q.bind_text(0, code);
        q.query();
        if (q.next()) out = read_candidate(q);
    });
    if (!read) return read.error();
    return out;
}

bot::result<std::vector<candidate>> case_store::impl::free_ones(std::int64_t now)
{
    std::vector<candidate> out;
    auto read = sql::run_query(db_, [&] {
        out.clear();
        sql::statement& q = db_.prepare(
            "SELECT q.case_id, d.code, q.token, q.owner, q.lease_until FROM mediator_queue q"
            " JOIN dispute_case d ON d.id = q.case_id WHERE q.owner = '' OR q.lease_until < ?"
            " ORDER BY q.due_at, q.submitted_at, q.case_id LIMIT ?"
        );
        q.bind(0, now);
        q.bind(1, candidates_at_once);
        q.query();
        while (q.next()) out.push_back(read_candidate(q));
    });
    if (!read) return read.error();
    return out;
}

// The WHERE clause is the lock: of two claimers that saw the same token, one finds it grown.
bot::result<race> case_store::impl::take(const candidate& it, const attempt& how)
{
    std::int64_t rows = 0;
    auto done = sql::run_transaction(db_, [&] {
        sql::statement& q = db_.prepare(
            "UPDATE mediator_queue SET owner = ?, token = token + 1, claimed_at = ?, lease_until = ?"
            " WHERE case_id = ? AND token = ? AND (owner = '' OR owner = ? OR lease_until < ?)"
        );
        q.bind_text(0, how.owner);
        q.bind(1, how.now);
        q.bind(2, how.lease_until);
        q.bind(3, it.id.value);
        q.bind(4, it.token);
        q.bind_text(5, how.owner);
        q.bind(6, how.now);
        rows = q.execute();
    });
    if (done) return rows == 1 ? race::won : race::lost;
    if (done.error() != bot::errc::storage_down) return done.error();
    return was_taken(it, how);  // the answer to COMMIT may have been lost
}

bot::result<race> case_store::impl::was_taken(const candidate& it, const attempt& how)
{
    bool ours = false;
    auto read = sql::run_query(db_, [&] {
        sql::statement& q = db_.prepare(
            "SELECT COUNT(*) FROM mediator_queue WHERE case_id = ? AND token = ? AND owner = ? AND "
            "lease_until = ?"
        );
        q.bind(0, it.id.value);
        q.bind(1, it.token + 1);
        q.bind_text(2, how.owner);
        q.bind(3, how.lease_until);
        q.query();
        ours = q.next() && q.integer(0) == 1;
    });
    if (!read) return read.error();
    if (!ours) return bot::errc::storage_down;
    return race::won;
}

bot::result<claim> case_store::impl::claim_by_code(std::string_view code, const attempt& how)
{
    auto found = find(code);
    if (!found) return found.error();
    if (!*found) return bot::errc::not_found;
    const candidate& it = **found;
    if (!is_free(it, how.now) && it.owner != how.owner) return bot::errc::conflict;
    auto won = take(it, how);
    if (!won) return won.error();
    if (*won == race::lost) return bot::errc::conflict;
    return claimed(it, how);
}

bot::result<claim> case_store::impl::claim_next(const attempt& how)
{
    for (int round = 0; round < most_rounds; ++round) {
        auto found = free_ones(how.now);
        if (!found) return found.error();
        if (found->empty()) return bot::errc::not_found;
        // The most urgent first; only who lost a race spreads out.
        const candidate& it = (*found)[round == 0 ? 0 : by_lot(found->size())];
        auto won = take(it, how);
        if (!won) return won.error();
        if (*won == race::won) return claimed(it, how);
    }
    return bot::errc::conflict;
}

// Also true when the same release was done before: after a lost answer it is simply repeated.
bot::result<void> case_store::impl::release(std::string_view code, std::int64_t token)
{
    auto found = find(code);
    if (!found) return found.error();
    if (!*found) return bot::errc::not_found;
    const auto give_back = [&](std::int64_t& rows) {
        return sql::run_transaction(db_, [&] {
            sql::statement& q = db_.prepare(
                "UPDATE mediator_queue SET owner = '', claimed_at = NULL, lease_until = NULL"
                " WHERE case_id = ? AND token = ?"
            );
            q.bind(0, (*found)->id.value);
            q.bind(1, token);
            rows = q.execute();
        });
    };
    std::int64_t rows = 0;
    auto done = give_back(rows);
    if (!done && done.error() == bot::errc::storage_down) done = give_back(rows);
    if (!done) return done;
    if (rows == 0) return bot::errc::conflict;
    return {};
}

bot::result<std::vector<dialogs::case_view>> case_store::impl::cases_of(bot::citizen_id who, bot::instant now)
{
    std::vector<dialogs::case_view> out;
    auto read = sql::run_query(db_, [&] {
        out.clear();
        sql::statement& q = db_.prepare(
            "SELECT d.code, d.state, d.dispute_type, d.unit, d.submitted_at, d.accept_by, q.owner, "
            "q.lease_until,"
            " q.claimed_at FROM dispute_case d JOIN mediator_queue q ON q.case_id = d.id WHERE d.citizen_id "
            "= ?"
            " ORDER BY d.submitted_at DESC, d.id DESC"
        );
        q.bind(0, who.value);
        q.query();
        while (q.next()) {
            dialogs::case_view view;
            view.code = q.bytes(0);
            view.state = q.bytes(1);
            view.dispute_type = q.bytes(2);
            view.unit = q.bytes(3);
            view.submitted_at = instant_of(q.integer(4));
            view.accept_by = optional_instant(q, 5);
            view.claimed = !q.bytes(6).empty() && !q.is_null(7) && q.integer(7) >= ms(now);
            if (view.claimed) view.claimed_at = optional_instant(q, 8);
            out.push_back(std::move(view));
        }
    });
    if (!read) return read.error();
    return out;
}

case_store::case_store(sql::connection& db, const keyring& keys) : impl_(std::make_unique<impl>(db, keys)) {}
case_store::~case_store() = default;

bot::result<std::vector<queue_entry>> case_store::list(const queue_filter& filter, bot::instant now)
{
    return impl_->list(filter, now);
}

bot::result<case_record> case_store::show(std::string_view code)
{
    return impl_->show(code);
}

bot::result<claim> case_store::claim_case(
    std::string_view code, std::string_view owner, bot::instant now, std::chrono::seconds lease
)
{
    const attempt how{owner, ms(now), ms(now + lease)};
    return code.empty() ? impl_->claim_next(how) : impl_->claim_by_code(code, how);
}

bot::result<void> case_store::release(std::string_view code, std::int64_t token)
{
    return impl_->release(code, token);
}

bot::result<std::vector<dialogs::case_view>> case_store::cases_of(bot::citizen_id who, bot::instant now)
{
    return impl_->cases_of(who, now);
}

}  // namespace storage
