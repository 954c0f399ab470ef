#include "tests/integration/script_world.hpp"

#include "cases/life_cycle.hpp"
#include "dialogs/engine/conversation.hpp"
#include "dialogs/engine/engine.hpp"

#include <stdexcept>

namespace testing_support {

namespace {

std::string text_of(const test::given& change, const std::string& key, const std::string& otherwise = {})
{
    const auto at = change.fields.find(key);
    return at == change.fields.end() ? otherwise : at->second;
}

std::optional<bot::instant> time_of(const test::given& change, const std::string& key)
{
    const auto written = text_of(change, key);
    return written.empty() ? std::nullopt : std::optional(test::read_moment(written));
}

std::int64_t ms(bot::instant at) { return at.time_since_epoch().count(); }

}  // namespace

script_world::script_world(storage::sql::connection& db, const storage::keyring& keys, storage::address who)
    : db_(db), keys_(keys), who_(std::move(who))
{
}

void script_world::forget_earlier(storage::sql::connection& db)
{
    db.prepare("DELETE FROM appointment_slot").execute();
    db.prepare("DELETE FROM invitation").execute();
}

void script_world::learn(const test::given& change, bot::instant now, const std::string& last_case)
{
    if (change.what == "case")
        return put_case(change, now);
    if (change.what == "service")
        return put_service(change, now);
    if (change.what == "invitation")
        return put_invitation(change, now, last_case);
    change.what == "slot" ? put_slot(change) : take_slot(time_of(change, "at").value());
}

void script_world::put_case(const test::given& change, bot::instant now)
{
    const auto code = text_of(change, "code"), state = text_of(change, "state", "submitted");
    if (!owns_case(code)) {
        forget_case(code);
        const auto submitted = time_of(change, "submitted").value_or(now);
        file_case({.id = {bot::time_ordered_id(submitted, std::hash<std::string>{}(who_.person + code))},
                   .code = code,
                   .submitted_at = submitted,
                   .accept_by = time_of(change, "accept_by"),
                   .dispute_type = text_of(change, "type", "other"),
                   .unit = text_of(change, "unit", "330302006")},
                  now);
    }
    auto& move = db_.prepare("UPDATE dispute_case SET state = ? WHERE code = ?");
    move.bind_text(0, state);
    move.bind_text(1, code);
    move.execute();
    if (!cases::is_open(cases::parse_case_state(state).value()))
        end_case(code, state, time_of(change, "closed").value_or(now));
    if (text_of(change, "rated") == "yes")
        rate_case(code, now);
}

bool script_world::owns_case(const std::string& code)
{
    storage::turn_journal journal(db_, keys_);
    const auto head = journal.load(who_, {}).value().head;
    auto& find = db_.prepare("SELECT citizen_id FROM dispute_case WHERE code = ?");
    find.bind_text(0, code);
    find.query();
    const bool own = find.next() && head && find.integer(0) == head->who.id.value;
    db_.end_reads();
    return own;
}

// Another script's citizen had a case of this code.
void script_world::forget_case(const std::string& code)
{
    for (const auto* statement : {"DELETE FROM mediator_queue WHERE case_id IN (SELECT id FROM dispute_case WHERE code = ?)",
                                  "DELETE FROM case_end WHERE case_id IN (SELECT id FROM dispute_case WHERE code = ?)",
                                  "DELETE FROM case_rating WHERE case_code = ?", "DELETE FROM material WHERE case_code = ?",
                                  "DELETE FROM dispute_case WHERE code = ?"}) {
        auto& remove = db_.prepare(statement);
        remove.bind_text(0, code);
        remove.execute();
    }
}

// In a turn of its own, as if it had been filed before the script began.
void script_world::file_case(const dialogs::file_case& filed, bot::instant now) { append({filed}, filed.code, now); }

void script_world::append(std::vector<dialogs::effect> effects, const std::string& what, bot::instant now)
{
    storage::turn_journal journal(db_, keys_);
    const auto head = journal.load(who_, {}).value().head;
    storage::turn_append turn;
    if (head) {
        turn.who = head->who;
        turn.turn_no = head->turn_no + 1;
        turn.state = head->state;
    } else {
        turn.who = {{bot::time_ordered_id(now, std::hash<std::string>{}(who_.person))}, keys_.make_data_key()};
        turn.first_seen = who_;
        turn.turn_no = 1;
        turn.state = dialogs::serialise(dialogs::conversation{});
    }
    turn.key = keys_.hash("delivery", who_.person + "|" + what);
    turn.at = now;
    turn.inbound = dialogs::serialise(dialogs::said(dialogs::noticed{"case"}));
    turn.replies = dialogs::serialise(std::vector<dialogs::reply>{});
    turn.effects = std::move(effects);
    const auto outcome = journal.append(std::span(&turn, 1)).value();
    if (outcome.front() != storage::append_outcome::stored)
        throw std::logic_error("a script's world was not stored");
}

std::int64_t script_world::citizen(bot::instant now)
{
    storage::turn_journal journal(db_, keys_);
    if (!journal.load(who_, {}).value().head)
        append({}, "first", now);
    return journal.load(who_, {}).value().head->who.id.value;
}

void script_world::end_case(const std::string& code, const std::string& state, bot::instant at)
{
    auto& gone = db_.prepare("DELETE FROM case_end WHERE case_id IN (SELECT id FROM dispute_case WHERE code = ?)");
    gone.bind_text(0, code);
    gone.execute();
    auto& end = db_.prepare("INSERT INTO case_end (case_id, state, at, last_token) SELECT id, ?, ?, 0 FROM dispute_case WHERE code = ?");
    end.bind_text(0, state);
    end.bind(1, ms(at));
    end.bind_text(2, code);
    end.execute();
    auto& queue = db_.prepare("DELETE FROM mediator_queue WHERE case_id IN (SELECT id FROM dispute_case WHERE code = ?)");
    queue.bind_text(0, code);
    queue.execute();
}

void script_world::rate_case(const std::string& code, bot::instant at)
{
    auto& rated = db_.prepare("INSERT INTO case_rating (case_code, citizen_id, turn_no, nth, score, at, body)"
                              " SELECT code, citizen_id, 1, 9, 3, ?, ? FROM dispute_case WHERE code = ?");
    rated.bind(0, ms(at));
    rated.bind_bytes(1, "");
    rated.bind_text(2, code);
    rated.execute();
}

void script_world::put_slot(const test::given& change)
{
    const auto at = time_of(change, "at").value();
    const auto kind = text_of(change, "kind", "mediation"), place = text_of(change, "place"), with = text_of(change, "with");
    auto& put = db_.prepare("INSERT INTO appointment_slot (id, kind, starts_at, place, with_whom, capacity, taken) VALUES (?,?,?,?,?,1,0)");
    put.bind(0, bot::time_ordered_id(at, std::hash<std::string>{}(kind + place + with)));
    put.bind_text(1, kind);
    put.bind(2, ms(at));
    put.bind_text(3, place);
    put.bind_text(4, with);
    put.execute();
}

void script_world::take_slot(bot::instant at)
{
    auto& take = db_.prepare("UPDATE appointment_slot SET taken = capacity WHERE starts_at = ?");
    take.bind(0, ms(at));
    take.execute();
}

}  // namespace testing_support
