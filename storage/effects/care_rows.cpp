// Psychological support, crisis episodes, and what the person agreed to.

#include "storage/effects/rows.hpp"
#include "storage/places.hpp"

namespace storage {
namespace {

// Answers, total and band, one a line; the answers with blanks between.
std::string result_of(const dialogs::screening_done& it)
{
    std::string out;
    for (const int answer : it.answers) out += (out.empty() ? "" : " ") + std::to_string(answer);
    return out + "\n" + std::to_string(it.total) + "\n" + it.band;
}

// The open episode takes the alert in, or a new one begins with it.
void join_episode(const effect_site& at, const dialogs::crisis_alert& it)
{
    const auto joined = row(at.db,
                            "UPDATE crisis_episode SET last_at = ?, level = CASE WHEN level < ? THEN ? ELSE level END"
                            " WHERE citizen_id = ? AND state <> 'closed'")
                            .time(it.at)
                            .text(it.level)
                            .text(it.level)
                            .number(at.citizen)
                            .run();
    if (joined > 0) return;
    row(at.db,
        "INSERT INTO crisis_episode (citizen_id, opened_turn, opened_at, last_at, level, state, acknowledged_by,"
        " outcome, reviewer) VALUES (?,?,?,?,?,'open','','','')")
        .number(at.citizen)
        .number(at.turn_no)
        .time(it.at)
        .time(it.at)
        .text(it.level)
        .run();
}

void insert_consent(
    const effect_site& at,
    std::string_view act,
    std::string_view scope,
    std::string_view version,
    bot::instant when
)
{
    row(at,
        "INSERT INTO consent_act (citizen_id, turn_no, nth, act, scope, notice_version, at)"
        " VALUES (?,?,?,?,?,?,?)")
        .text(act)
        .text(scope)
        .text(version)
        .time(when)
        .run();
}

}  // namespace

void insert_row(const effect_site& at, const dialogs::crisis_alert& it)
{
    join_episode(at, it);
    row(at,
        "INSERT INTO crisis_step (citizen_id, turn_no, nth, level, template_id, at, opened_turn) VALUES"
        " (?,?,?,?,?,?,(SELECT MAX(e.opened_turn) FROM crisis_episode e WHERE e.citizen_id = ?"
        " AND e.state <> 'closed'))")
        .text(it.level)
        .text(it.template_id)
        .time(it.at)
        .number(at.citizen)
        .run();
}

void insert_row(const effect_site& at, const dialogs::open_psych_case& it)
{
    const place name("psych_case", "name", it.id.value);
    const place phone("psych_case", "phone", it.id.value);
    row(at,
        "INSERT INTO psych_case (citizen_id, turn_no, nth, id, code, state, wish, at, name, phone)"
        " VALUES (?,?,?,?,?,'requested',?,?,?,?)")
        .number(it.id.value)
        .text(it.code)
        .text(it.wish)
        .time(it.at)
        .sealed(at.key, name, it.name)
        .sealed(at.key, phone, it.phone)
        .run();
}

void insert_row(const effect_site& at, const dialogs::screening_done& it)
{
    const place where("screening", "result", at.citizen, at.turn_no, at.nth);
    row(at, "INSERT INTO screening (citizen_id, turn_no, nth, kind, at, result) VALUES (?,?,?,?,?,?)")
        .text(it.kind)
        .time(it.at)
        .sealed(at.key, where, result_of(it))
        .run();
}

void insert_row(const effect_site& at, const dialogs::consent_given& it)
{
    // The notice itself is in table consent (turn_rows).
    if (it.scope != "notice") insert_consent(at, "given", it.scope, it.notice_version, it.at);
}

void insert_row(const effect_site& at, const dialogs::consent_withdrawn& it)
{
    insert_consent(at, "withdrawn", it.scope, "", it.at);
}

}  // namespace storage
