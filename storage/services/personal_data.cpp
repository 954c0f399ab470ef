#include "storage/services/personal_data.hpp"

#include "cases/life_cycle.hpp"
#include "storage/case_rows.hpp"
#include "storage/effects/row.hpp"
#include "storage/instants.hpp"
#include "storage/places.hpp"
#include "storage/services/personal_tables.hpp"

#include <boost/json.hpp>
#include <openssl/rand.h>

#include <sstream>
#include <stdexcept>

namespace storage {
namespace {

namespace json = boost::json;

std::vector<std::string> names(std::string_view list)
{
    std::istringstream in{std::string(list)};
    std::vector<std::string> out;
    for (std::string name; in >> name;) out.push_back(name);
    return out;
}

std::string condition(const personal_table& table)
{
    if (table.of == "case_id") return " WHERE case_id IN (SELECT id FROM dispute_case WHERE citizen_id = ?)";
    return " WHERE " + std::string(table.of) + " = ?";
}

// The rows of one table, still sealed.
struct sealed_row {
    std::string numbers;  // of the place
    json::object shown;
    std::vector<std::string> sealed;
};

std::vector<sealed_row> read_rows(sql::connection& db, const personal_table& table, bot::citizen_id who)
{
    const auto keys = names(table.keys), clear = names(table.clear), words = names(table.words),
               sealed = names(table.sealed);
    std::string text;
    for (const auto* list : {&keys, &clear, &words, &sealed})
        for (const std::string& column : *list) text += (text.empty() ? "SELECT " : ", ") + column;
    text += " FROM " + std::string(table.name) + condition(table) + " ORDER BY " + keys.front();
    for (std::size_t i = 1; i < keys.size(); ++i) text += ", " + keys[i];
    sql::statement& q = db.prepare(text);
    q.bind(0, who.value);
    q.query();
    std::vector<sealed_row> out;
    while (q.next()) {
        sealed_row it;
        int at = 0;
        for (std::size_t i = 0; i < keys.size(); ++i)
            it.numbers += (i == 0 ? "" : ".") + std::to_string(q.integer(at++));
        for (const std::string& column : clear) {
            if (!q.is_null(at)) it.shown[column] = q.integer(at);
            ++at;
        }
        for (const std::string& column : words) {
            if (!q.is_null(at)) it.shown[column] = q.bytes(at);
            ++at;
        }
        for (std::size_t i = 0; i < sealed.size(); ++i, ++at)
            it.sealed.push_back(q.is_null(at) ? std::string() : q.bytes(at));
        out.push_back(std::move(it));
    }
    return out;
}

bot::result<json::array> open_rows(const personal_table& table, std::vector<sealed_row> rows, const data_key& key)
{
    json::array out;
    const auto sealed = names(table.sealed);
    for (sealed_row& it : rows) {
        for (std::size_t i = 0; i < sealed.size(); ++i) {
            if (it.sealed[i].empty()) continue;  // called off, or never given
            auto clear = open(key, std::string(table.name) + "|" + sealed[i] + "|" + it.numbers, it.sealed[i]);
            if (!clear) return clear.error();
            it.shown[sealed[i]] = *clear;
        }
        out.push_back(std::move(it.shown));
    }
    return out;
}

void empty_columns(sql::connection& db, const personal_table& table, bot::citizen_id who)
{
    const auto sealed = names(table.sealed);
    if (sealed.empty()) return;
    std::string text = "UPDATE " + std::string(table.name) + " SET ";
    for (std::size_t i = 0; i < sealed.size(); ++i) text += (i == 0 ? "" : ", ") + sealed[i] + " = ?";
    row statement(db, text + condition(table));
    for (std::size_t i = 0; i < sealed.size(); ++i) statement.bytes("");
    statement.number(who.value).run();
}

std::string random_bytes()
{
    std::string out(16, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size())) != 1)
        throw std::runtime_error("the system's random source failed");
    return out;
}

void end_cases(sql::connection& db, bot::citizen_id who, bot::instant now)
{
    static const std::string ended =
        "UPDATE dispute_case SET state = ?, applicant_phone_hash = NULL WHERE citizen_id = ? AND state" +
        open_states();
    row(db,
        "INSERT INTO case_end (case_id, state, at, last_token) SELECT q.case_id, 'closed_withdrawn', d.submitted_at,"
        " q.token FROM mediator_queue q JOIN dispute_case d ON d.id = q.case_id WHERE d.citizen_id = ?"
        " AND NOT EXISTS (SELECT 1 FROM case_end e WHERE e.case_id = d.id)")
        .number(who.value)
        .run();
    row(db,
        "UPDATE case_end SET at = ? WHERE case_id IN (SELECT q.case_id FROM mediator_queue q JOIN dispute_case d"
        " ON d.id = q.case_id WHERE d.citizen_id = ?)")
        .time(now)
        .number(who.value)
        .run();
    row(db, "DELETE FROM mediator_queue WHERE case_id IN (SELECT id FROM dispute_case WHERE citizen_id = ?)")
        .number(who.value)
        .run();
    row(db, ended).text(cases::to_string(cases::case_state::closed_withdrawn)).number(who.value).run();
    row(db, "UPDATE dispute_case SET applicant_phone_hash = NULL WHERE citizen_id = ?").number(who.value).run();
}

void cancel_appointments(sql::connection& db, bot::citizen_id who, bot::instant now)
{
    row(db,
        "UPDATE appointment_slot SET taken = taken - 1 WHERE taken > 0 AND id IN (SELECT slot_id FROM appointment"
        " WHERE citizen_id = ? AND state = 'booked' AND starts_at >= ?)")
        .number(who.value)
        .time(now)
        .run();
    row(db,
        "UPDATE appointment SET state = 'cancelled', cancelled_at = ? WHERE citizen_id = ? AND state = 'booked'"
        " AND starts_at >= ?")
        .time(now)
        .number(who.value)
        .time(now)
        .run();
}

// A turn with nothing in it: whoever has the conversation in memory collides with it.
void append_tombstone_turn(sql::connection& db, bot::citizen_id who, bot::instant now)
{
    sql::statement& q = db.prepare("SELECT COALESCE(MAX(turn_no), 0) + 1 FROM turn WHERE citizen_id = ?");
    q.bind(0, who.value);
    q.query();
    const std::int64_t turn_no = q.next() ? q.integer(0) : 1;
    db.end_reads();
    const std::string key = random_bytes();
    row(db,
        "INSERT INTO turn (citizen_id, turn_no, delivery_key, at, inbound, replies, state) VALUES (?,?,?,?,?,?,?)")
        .number(who.value)
        .number(turn_no)
        .bytes(key)
        .time(now)
        .bytes("")
        .bytes("")
        .bytes("")
        .run();
}

void destroy_key(sql::connection& db, bot::citizen_id who)
{
    const std::string nobody = random_bytes();
    row(db, "UPDATE citizen SET wrapped_key = NULL, address_hash = ? WHERE id = ?")
        .bytes(nobody)
        .number(who.value)
        .run();
}

bool is_erased(sql::connection& db, bot::citizen_id who)
{
    sql::statement& q = db.prepare("SELECT COUNT(*) FROM erasure WHERE citizen_id = ?");
    q.bind(0, who.value);
    q.query();
    const bool erased = q.next() && q.integer(0) > 0;
    db.end_reads();
    return erased;
}

data_request_line read_line(sql::statement& q)
{
    return {
        q.bytes(0),
        q.bytes(1),
        q.bytes(2),
        bot::citizen_id{q.integer(3)},
        instant_of(q.integer(4)),
        q.bytes(5)
    };
}

}  // namespace

bot::result<std::vector<data_request_line>> personal_data::requests(std::string_view state, int limit)
{
    std::vector<data_request_line> out;
    auto read = sql::run_query(db_, [&] {
        out.clear();
        sql::statement& q = db_.prepare(
            "SELECT code, kind, state, citizen_id, at, decision FROM data_request WHERE ? = '' OR state = ?"
            " ORDER BY at, code LIMIT ?"
        );
        q.bind_text(0, state);
        q.bind_text(1, state);
        q.bind(2, limit);
        q.query();
        while (q.next()) out.push_back(read_line(q));
    });
    if (!read) return read.error();
    return out;
}

bot::result<data_request_line> personal_data::find(std::string_view code)
{
    std::optional<data_request_line> out;
    auto read = sql::run_query(db_, [&] {
        out.reset();
        sql::statement& q = db_.prepare(
            "SELECT code, kind, state, citizen_id, at, decision FROM data_request WHERE code = ?"
        );
        q.bind_text(0, code);
        q.query();
        if (q.next()) out = read_line(q);
    });
    if (!read) return read.error();
    if (!out) return bot::errc::not_found;
    return std::move(*out);
}

bot::result<void> personal_data::settle(
    std::string_view code, std::string_view state, std::string_view decision, bot::instant now
)
{
    return sql::run_transaction(db_, [&] {
        row(db_, "UPDATE data_request SET state = ?, decision = ?, done_at = ? WHERE code = ?")
            .text(state)
            .text(decision)
            .time(now)
            .text(code)
            .run();
    });
}

bot::result<std::string> personal_data::copy_of(bot::citizen_id who)
{
    std::string wrapped;
    bool found = false;
    std::vector<std::vector<sealed_row>> tables;
    auto read = sql::run_query(db_, [&] {
        tables.clear();
        sql::statement& q = db_.prepare("SELECT wrapped_key FROM citizen WHERE id = ?");
        q.bind(0, who.value);
        q.query();
        found = q.next();
        if (!found) return;
        wrapped = q.is_null(0) ? std::string() : q.bytes(0);
        for (const personal_table& table : personal_tables()) tables.push_back(read_rows(db_, table, who));
    });
    if (!read) return read.error();
    if (!found) return bot::errc::not_found;
    auto key = keys_.unwrap(wrapped, who.value);
    if (!key) return key.error();
    json::object out;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const personal_table& table = personal_tables()[i];
        auto rows = open_rows(table, std::move(tables[i]), *key);
        if (!rows) return rows.error();
        out[std::string(table.name)] = std::move(*rows);
    }
    return json::serialize(out);
}

bot::result<std::int64_t> personal_data::open_matters(bot::citizen_id who, bot::instant now)
{
    static const std::string text =
        "SELECT (SELECT COUNT(*) FROM dispute_case WHERE citizen_id = ? AND state" + open_states() +
        ") + (SELECT COUNT(*) FROM appointment WHERE citizen_id = ? AND state = 'booked' AND starts_at >= ?)"
        " + (SELECT COUNT(*) FROM crisis_episode WHERE citizen_id = ? AND state <> 'closed')";
    std::int64_t open = 0;
    auto read = sql::run_query(db_, [&] {
        sql::statement& q = db_.prepare(text);
        q.bind(0, who.value);
        q.bind(1, who.value);
        q.bind(2, ms(now));
        q.bind(3, who.value);
        q.query();
        open = q.next() ? q.integer(0) : 0;
    });
    if (!read) return read.error();
    return open;
}

bot::result<void> personal_data::erase(
    bot::citizen_id who, std::string_view request_code, std::string_view decision, bot::instant now
)
{
    return sql::run_transaction(db_, [&] {
        if (is_erased(db_, who)) return;
        append_tombstone_turn(db_, who, now);
        end_cases(db_, who, now);
        cancel_appointments(db_, who, now);
        row(db_, "UPDATE outbox SET state = 'called_off' WHERE citizen_id = ? AND state = 'queued'")
            .number(who.value)
            .run();
        row(db_, "UPDATE person_queue SET state = 'done', holder = '' WHERE citizen_id = ?")
            .number(who.value)
            .run();
        for (const personal_table& table : personal_tables()) empty_columns(db_, table, who);
        destroy_key(db_, who);
        row(db_, "INSERT INTO erasure (citizen_id, at, request_code, decision) VALUES (?,?,?,?)")
            .number(who.value)
            .time(now)
            .text(request_code)
            .text(decision)
            .run();
        row(db_, "UPDATE data_request SET state = 'done', decision = ?, done_at = ? WHERE code = ?")
            .text(decision)
            .time(now)
            .text(request_code)
            .run();
    });
}

}  // namespace storage
