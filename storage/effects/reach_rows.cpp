// What reaches a person later: messages that wait for their time, and the queue of citizens who wait for a person.

#include "storage/effects/rows.hpp"
#include "storage/instants.hpp"
#include "storage/places.hpp"

#include <chrono>

namespace storage {
namespace {

using namespace std::chrono_literals;

// After this a message is not worth saying any more: a reminder not after the appointment has begun.
bot::instant good_until(const dialogs::send_later& it)
{
    if (it.kind == "appointment_2h") return it.due + 2h;
    if (it.kind == "appointment_24h") return it.due + 24h;
    return it.due + 48h;
}

struct queue_line {
    std::string_view state;
    std::string_view reason;
    int urgency = 0;
    std::string_view holder;
    bot::instant at;
};

void insert_line(const effect_site& at, const queue_line& line)
{
    row(at.db,
        "INSERT INTO person_queue (citizen_id, turn_no, state, reason, urgency, since, holder, changed_at)"
        " VALUES (?,?,?,?,?,?,?,?)")
        .number(at.citizen)
        .number(at.turn_no)
        .text(line.state)
        .text(line.reason)
        .number(line.urgency)
        .time(line.at)
        .text(line.holder)
        .time(line.at)
        .run();
}

bool has_line(const effect_site& at)
{
    sql::statement& q = at.db.prepare("SELECT COUNT(*) FROM person_queue WHERE citizen_id = ?");
    q.bind(0, at.citizen);
    q.query();
    const bool found = q.next() && q.integer(0) > 0;
    at.db.end_reads();
    return found;
}

// Whoever waits already keeps their place; somebody more urgent moves up; whom a person holds is only marked.
void wait_for_person(const effect_site& at, std::string_view reason, int urgency, bot::instant when)
{
    if (!has_line(at)) return insert_line(at, {"waiting", reason, urgency, "", when});
    row(at.db,
        "UPDATE person_queue SET since = CASE WHEN state = 'done' THEN ? ELSE since END,"
        " reason = CASE WHEN state = 'done' OR urgency <= ? THEN ? ELSE reason END,"
        " urgency = CASE WHEN state = 'done' OR urgency < ? THEN ? ELSE urgency END,"
        " turn_no = ?, changed_at = ?,"
        " state = CASE WHEN state = 'held' THEN 'held' ELSE 'waiting' END WHERE citizen_id = ?")
        .time(when)
        .number(urgency)
        .text(reason)
        .number(urgency)
        .number(urgency)
        .number(at.turn_no)
        .time(when)
        .number(at.citizen)
        .run();
}

void hold(const effect_site& at, const dialogs::owner_set& it)
{
    if (!has_line(at)) return insert_line(at, {"held", "taken", 0, it.who, it.at});
    const auto rows = row(at.db,
                          "UPDATE person_queue SET state = 'held', holder = ?, turn_no = ?, changed_at = ?"
                          " WHERE citizen_id = ? AND (state <> 'held' OR holder = ?)")
                          .text(it.who)
                          .number(at.turn_no)
                          .time(it.at)
                          .number(at.citizen)
                          .text(it.who)
                          .run();
    if (rows != 1) refuse_turn("somebody else holds the conversation");
}

void let_go(const effect_site& at, const dialogs::owner_set& it)
{
    row(at.db,
        "UPDATE person_queue SET state = 'done', holder = '', turn_no = ?, changed_at = ? WHERE citizen_id = ?")
        .number(at.turn_no)
        .time(it.at)
        .number(at.citizen)
        .run();
}

}  // namespace

void insert_row(const effect_site& at, const dialogs::send_later& it)
{
    const place where("outbox", "body", at.citizen, at.turn_no, at.nth);
    row(at,
        "INSERT INTO outbox (citizen_id, turn_no, nth, kind, about, state, due_at, good_until, attempts, owner,"
        " token, lease_until, reason, body) VALUES (?,?,?,?,?,'queued',?,?,0,'',0,0,'',?)")
        .text(it.kind)
        .text(it.about)
        .time(it.due)
        .time(good_until(it))
        .sealed(at.key, where, it.text)
        .run();
}

void insert_row(const effect_site& at, const dialogs::call_off& it)
{
    row(at.db,
        "UPDATE outbox SET state = 'called_off', body = ? WHERE citizen_id = ? AND about = ? AND state = 'queued'")
        .bytes("")
        .number(at.citizen)
        .text(it.about)
        .run();
}

void insert_row(const effect_site& at, const dialogs::ask_for_person& it)
{
    wait_for_person(at, it.reason, it.urgency, it.at);
}

void insert_row(const effect_site& at, const dialogs::owner_set& it)
{
    if (it.to == "person") return hold(at, it);
    if (it.to == "waiting") return wait_for_person(at, "waiting", 0, it.at);
    let_go(at, it);
}

}  // namespace storage
