#include "storage/services/outbox.hpp"

#include "storage/effects/row.hpp"
#include "storage/instants.hpp"
#include "storage/places.hpp"

namespace storage {

struct outbox::candidate {
    outgoing line;
    std::string body, address, wrapped_key;
};

namespace {

constexpr std::string_view this_line = " WHERE citizen_id = ? AND turn_no = ? AND nth = ? AND state = 'queued'"
                                       " AND token = ?";

// Binds the key and the token of the line behind what was bound before.
std::int64_t run_on(row& statement, const outgoing& line, std::int64_t token)
{
    return statement.number(line.citizen.value).number(line.turn_no).number(line.nth).number(token).run();
}

std::string in_list(std::size_t count)
{
    std::string out = "?";
    for (std::size_t i = 1; i < count; ++i) out += ",?";
    return out;
}

bot::result<void> opened(outgoing& line, std::string_view body, std::string_view address, const data_key& key)
{
    auto text = open(key, place("outbox", "body", line.citizen.value, line.turn_no, line.nth), body);
    if (!text) return text.error();
    auto person = open(key, place("citizen", "address", line.citizen.value), address);
    if (!person) return person.error();
    line.text = std::move(*text);
    line.person = std::move(*person);
    return {};
}

// Nobody is moved who waits or is held already.
void ask_for_person(sql::connection& db, const outgoing& line, bot::instant now)
{
    sql::statement& q = db.prepare("SELECT COUNT(*) FROM person_queue WHERE citizen_id = ?");
    q.bind(0, line.citizen.value);
    q.query();
    const bool known = q.next() && q.integer(0) > 0;
    db.end_reads();
    if (known)
        row(db,
            "UPDATE person_queue SET reason = 'undelivered', urgency = 0, since = ?, changed_at = ?, state = 'waiting'"
            " WHERE citizen_id = ? AND state = 'done'")
            .time(now)
            .time(now)
            .number(line.citizen.value)
            .run();
    else
        row(db,
            "INSERT INTO person_queue (citizen_id, turn_no, state, reason, urgency, since, holder, changed_at)"
            " VALUES (?,?,'waiting','undelivered',0,?,'',?)")
            .number(line.citizen.value)
            .number(line.turn_no)
            .time(now)
            .time(now)
            .run();
}

}  // namespace

std::vector<outbox::candidate> outbox::due(const outbox_claim& how)
{
    const std::string text =
        "SELECT o.citizen_id, o.turn_no, o.nth, o.kind, o.about, o.attempts, o.token, o.due_at, o.good_until, o.body,"
        " c.account, c.address, c.wrapped_key FROM outbox o JOIN citizen c ON c.id = o.citizen_id"
        " WHERE o.state = 'queued' AND o.due_at <= ? AND o.lease_until < ? AND c.account IN (" +
        in_list(how.accounts.size()) +
        ") AND (o.kind = 'staff' OR NOT EXISTS"
        " (SELECT 1 FROM person_queue p WHERE p.citizen_id = o.citizen_id AND p.state = 'held'))"
        " AND NOT EXISTS (SELECT 1 FROM outbox l WHERE l.citizen_id = o.citizen_id AND l.state = 'queued'"
        " AND l.lease_until >= ?) ORDER BY o.due_at, o.citizen_id, o.turn_no, o.nth LIMIT ?";
    std::vector<candidate> out;
    sql::statement& q = db_.prepare(text);
    int at = 0;
    q.bind(at++, ms(how.now));
    q.bind(at++, ms(how.now));
    for (const std::string& account : how.accounts) q.bind_text(at++, account);
    q.bind(at++, ms(how.now));
    q.bind(at, how.limit);
    q.query();
    while (q.next()) {
        candidate it;
        outgoing& line = it.line;
        line.citizen.value = q.integer(0);
        line.turn_no = static_cast<std::int32_t>(q.integer(1));
        line.nth = static_cast<std::int32_t>(q.integer(2));
        line.kind = q.bytes(3);
        line.about = q.bytes(4);
        line.attempts = static_cast<int>(q.integer(5)) + 1;
        line.token = q.integer(6) + 1;
        line.due = instant_of(q.integer(7));
        line.good_until = instant_of(q.integer(8));
        it.body = q.bytes(9);
        line.account = q.bytes(10);
        it.address = q.bytes(11);
        if (!q.is_null(12)) it.wrapped_key = q.bytes(12);
        out.push_back(std::move(it));
    }
    return out;
}

bool outbox::take(const candidate& it, const outbox_claim& how)
{
    static const std::string text =
        "UPDATE outbox SET owner = ?, token = token + 1, attempts = attempts + 1, lease_until = ?" +
        std::string(this_line) + " AND lease_until < ?";
    row statement(db_, text);
    statement.text(how.owner).time(how.now + how.lease);
    statement.number(it.line.citizen.value).number(it.line.turn_no).number(it.line.nth).number(it.line.token - 1);
    return statement.time(how.now).run() == 1;
}

bot::result<std::vector<outgoing>> outbox::claim(const outbox_claim& how)
{
    std::vector<outgoing> out;
    if (how.accounts.empty()) return out;
    std::vector<candidate> found;
    if (auto read = sql::run_query(db_, [&] { found = due(how); }); !read) return read.error();
    if (found.empty()) return out;
    std::vector<candidate> won;
    auto taken = sql::run_transaction(db_, [&] {
        won.clear();
        for (const candidate& each : found)
            if (take(each, how)) won.push_back(each);
    });
    // Of unknown outcome: the lease brings the lines back.
    if (!taken) return taken.error();
    for (candidate& each : won) {
        auto key = keys_.unwrap(each.wrapped_key, each.line.citizen.value);
        const bool readable = key && opened(each.line, each.body, each.address, *key);
        if (readable)
            out.push_back(std::move(each.line));
        else if (auto ended = failed(each.line, "unreadable", how.now); !ended)
            return ended.error();
    }
    return out;
}

bot::result<void> outbox::sent(const outgoing& line, bot::instant now)
{
    static const std::string text =
        "UPDATE outbox SET state = 'sent', done_at = ?, reason = '', owner = '', lease_until = 0" +
        std::string(this_line);
    std::int64_t rows = 0;
    auto done = sql::run_transaction(db_, [&] {
        row statement(db_, text);
        rows = run_on(statement.time(now), line, line.token);
    });
    if (!done) return done;
    if (rows != 1) return bot::errc::conflict;
    return {};
}

bot::result<void> outbox::later(
    const outgoing& line, bot::instant next, std::string_view reason, bool counted
)
{
    static const std::string text =
        "UPDATE outbox SET due_at = ?, reason = ?, attempts = attempts - ?, owner = '', lease_until = 0" +
        std::string(this_line);
    std::int64_t rows = 0;
    auto done = sql::run_transaction(db_, [&] {
        row statement(db_, text);
        rows = run_on(statement.time(next).text(reason).number(counted ? 0 : 1), line, line.token);
    });
    if (!done) return done;
    if (rows != 1) return bot::errc::conflict;
    return {};
}

bot::result<void> outbox::failed(const outgoing& line, std::string_view reason, bot::instant now)
{
    static const std::string text =
        "UPDATE outbox SET state = 'failed', done_at = ?, reason = ?, owner = '', lease_until = 0" +
        std::string(this_line);
    std::int64_t rows = 0;
    auto done = sql::run_transaction(db_, [&] {
        row statement(db_, text);
        rows = run_on(statement.time(now).text(reason), line, line.token);
        if (rows == 1) ask_for_person(db_, line, now);
    });
    if (!done) return done;
    if (rows != 1) return bot::errc::conflict;
    return {};
}

bot::result<std::map<std::string, std::int64_t>> outbox::figures()
{
    std::map<std::string, std::int64_t> out;
    auto read = sql::run_query(db_, [&] {
        out.clear();
        sql::statement& q = db_.prepare("SELECT state, COUNT(*) FROM outbox GROUP BY state");
        q.query();
        while (q.next()) out[q.bytes(0)] = q.integer(1);
    });
    if (!read) return read.error();
    return out;
}

}  // namespace storage
