#include "storage/services/desk.hpp"

#include "storage/effects/row.hpp"
#include "storage/instants.hpp"
#include "storage/places.hpp"

namespace storage {
namespace {

// What is asked about a case before its other side is invited.
struct case_status {
    std::int64_t id = 0;
    bool open = false;
    bool blocked = false;
};

std::optional<case_status> status_of(sql::connection& db, std::string_view case_code)
{
    static const std::string text =
        "SELECT d.id, CASE WHEN d.state" + open_states() +
        " THEN 1 ELSE 0 END, COALESCE(e.contact_blocked, 0), e.cleared_at FROM dispute_case d"
        " LEFT JOIN case_extra e ON e.case_id = d.id WHERE d.code = ?";
    sql::statement& q = db.prepare(text);
    q.bind_text(0, case_code);
    q.query();
    if (!q.next()) return std::nullopt;
    return case_status{q.integer(0), q.integer(1) != 0, q.integer(2) != 0 && q.is_null(3)};
}

std::optional<invitation_line> open_invitation(sql::connection& db, std::int64_t case_id, bot::instant now)
{
    sql::statement& q = db.prepare(
        "SELECT code, expires_at FROM invitation WHERE case_id = ? AND state = 'open' AND expires_at >= ?"
        " ORDER BY invited_at DESC LIMIT 1"
    );
    q.bind(0, case_id);
    q.bind(1, ms(now));
    q.query();
    if (!q.next()) return std::nullopt;
    return invitation_line{q.bytes(0), instant_of(q.integer(1))};
}

}  // namespace

bot::result<int> desk::add(std::span<const free_time> times)
{
    int added = 0;
    for (const free_time& each : times) {
        auto done = sql::run_transaction(db_, [&] {
            row(db_,
                "INSERT INTO appointment_slot (id, kind, starts_at, place, with_whom, capacity, taken)"
                " VALUES (?,?,?,?,?,?,0)")
                .number(each.id)
                .text(each.kind)
                .time(each.starts_at)
                .text(each.place)
                .text(each.with)
                .number(each.capacity)
                .run();
        });
        if (!done && done.error() != bot::errc::conflict) return done.error();
        added += done ? 1 : 0;
    }
    return added;
}

bot::result<std::vector<free_time>> desk::times(std::string_view kind, bot::instant from, int limit)
{
    std::vector<free_time> out;
    auto read = sql::run_query(db_, [&] {
        out.clear();
        sql::statement& q = db_.prepare(
            "SELECT id, kind, starts_at, place, with_whom, capacity, taken FROM appointment_slot"
            " WHERE starts_at >= ? AND (? = '' OR kind = ?) ORDER BY starts_at, id LIMIT ?"
        );
        q.bind(0, ms(from));
        q.bind_text(1, kind);
        q.bind_text(2, kind);
        q.bind(3, limit);
        q.query();
        while (q.next())
            out.push_back(
                {q.integer(0),
                 q.bytes(1),
                 instant_of(q.integer(2)),
                 q.bytes(3),
                 q.bytes(4),
                 static_cast<int>(q.integer(5)),
                 static_cast<int>(q.integer(6))}
            );
    });
    if (!read) return read.error();
    return out;
}

bot::result<invitation_line> desk::invite(
    std::string_view case_code,
    std::string_view code,
    std::string_view by,
    bot::instant now,
    bot::instant until
)
{
    bot::errc refused{};
    invitation_line out;
    auto done = sql::run_transaction(db_, [&] {
        refused = {};
        const auto status = status_of(db_, case_code);
        if (!status) return void(refused = bot::errc::not_found);
        if (!status->open || status->blocked) return void(refused = bot::errc::conflict);
        if (auto there = open_invitation(db_, status->id, now)) return void(out = std::move(*there));
        out = {std::string(code), until};
        row(db_,
            "INSERT INTO invitation (code, case_id, state, invited_at, expires_at, invited_by)"
            " VALUES (?,?,'open',?,?,?)")
            .text(code)
            .number(status->id)
            .time(now)
            .time(until)
            .text(by)
            .run();
    });
    if (!done) return done.error();
    if (refused != bot::errc{}) return refused;
    return out;
}

bot::result<contact> desk::contact_with_other_side(std::string_view case_code)
{
    std::optional<case_status> status;
    auto read = sql::run_query(db_, [&] { status = status_of(db_, case_code); });
    if (!read) return read.error();
    if (!status) return bot::errc::not_found;
    return status->blocked ? contact::blocked : contact::allowed;
}

bot::result<void> desk::clear_block(std::string_view case_code, std::string_view by, bot::instant now)
{
    std::int64_t rows = 0;
    auto done = sql::run_transaction(db_, [&] {
        rows = row(db_,
                   "UPDATE case_extra SET cleared_by = ?, cleared_at = ? WHERE contact_blocked = 1"
                   " AND cleared_at IS NULL AND case_id = (SELECT id FROM dispute_case WHERE code = ?)")
                   .text(by)
                   .time(now)
                   .text(case_code)
                   .run();
    });
    if (!done) return done;
    if (rows != 1) return bot::errc::not_found;
    return {};
}

bot::result<std::vector<waiting_line>> desk::waiting(bool all, int limit)
{
    std::vector<waiting_line> out;
    auto read = sql::run_query(db_, [&] {
        out.clear();
        sql::statement& q = db_.prepare(
            "SELECT citizen_id, state, reason, urgency, since, holder FROM person_queue"
            " WHERE ? = 1 OR state <> 'done' ORDER BY urgency DESC, since, citizen_id LIMIT ?"
        );
        q.bind(0, all ? 1 : 0);
        q.bind(1, limit);
        q.query();
        while (q.next())
            out.push_back(
                {bot::citizen_id{q.integer(0)},
                 q.bytes(1),
                 q.bytes(2),
                 static_cast<int>(q.integer(3)),
                 instant_of(q.integer(4)),
                 q.bytes(5)}
            );
    });
    if (!read) return read.error();
    return out;
}

bot::result<address> desk::address_of(bot::citizen_id who)
{
    address out;
    std::string sealed, wrapped;
    bool found = false;
    auto read = sql::run_query(db_, [&] {
        sql::statement& q = db_.prepare("SELECT account, address, wrapped_key FROM citizen WHERE id = ?");
        q.bind(0, who.value);
        q.query();
        found = q.next();
        if (!found) return;
        out.account = q.bytes(0);
        sealed = q.bytes(1);
        wrapped = q.is_null(2) ? std::string() : q.bytes(2);
    });
    if (!read) return read.error();
    if (!found) return bot::errc::not_found;
    auto key = keys_.unwrap(wrapped, who.value);
    if (!key) return key.error();
    auto person = open(*key, place("citizen", "address", who.value), sealed);
    if (!person) return person.error();
    out.person = std::move(*person);
    return out;
}

bot::result<std::vector<citizen>> desk::citizens(bot::citizen_id after, int limit)
{
    std::vector<std::pair<std::int64_t, std::string>> rows;
    auto read = sql::run_query(db_, [&] {
        rows.clear();
        sql::statement& q = db_.prepare(
            "SELECT id, wrapped_key FROM citizen WHERE id > ? AND wrapped_key IS NOT NULL ORDER BY id LIMIT ?"
        );
        q.bind(0, after.value);
        q.bind(1, limit);
        q.query();
        while (q.next()) rows.emplace_back(q.integer(0), q.bytes(1));
    });
    if (!read) return read.error();
    std::vector<citizen> out;
    for (const auto& [id, wrapped] : rows) {
        auto key = keys_.unwrap(wrapped, id);
        if (!key) return key.error();
        out.push_back({bot::citizen_id{id}, *key});
    }
    return out;
}

}  // namespace storage
