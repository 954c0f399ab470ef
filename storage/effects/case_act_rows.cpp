// What the two sides of a case do to it. The WHERE clauses are the guard: an act on a case that has moved is a conflict.

#include "cases/life_cycle.hpp"
#include "storage/effects/rows.hpp"
#include "storage/places.hpp"

namespace storage {
namespace {

void insert_act(
    const effect_site& at,
    std::string_view kind,
    std::string_view code,
    std::string_view body,
    bot::instant when
)
{
    const place where("case_act", "body", at.citizen, at.turn_no, at.nth);
    row(at,
        "INSERT INTO case_act (citizen_id, turn_no, nth, case_code, kind, at, body) VALUES (?,?,?,?,?,?,?)")
        .text(code)
        .text(kind)
        .time(when)
        .sealed(at.key, where, body)
        .run();
}

// Holds the case where it is until the transaction ends.
void expect_own_case(const effect_site& at, std::string_view code, const std::string& states)
{
    const std::string text =
        "UPDATE dispute_case SET state = state WHERE code = ? AND citizen_id = ? AND state" + states;
    if (row(at.db, text).text(code).number(at.citizen).run() != 1) refuse_turn("the case has moved");
}

void end_case(const effect_site& at, std::string_view code, std::string_view state, bot::instant when)
{
    // Of an earlier end, before it was reopened.
    row(at.db, "DELETE FROM case_end WHERE case_id = (SELECT id FROM dispute_case WHERE code = ?)")
        .text(code)
        .run();
    row(at.db,
        "INSERT INTO case_end (case_id, state, at, last_token)"
        " SELECT q.case_id, d.state, d.submitted_at, q.token FROM mediator_queue q"
        " JOIN dispute_case d ON d.id = q.case_id WHERE d.code = ?")
        .text(code)
        .run();
    row(at.db,
        "UPDATE case_end SET state = ?, at = ? WHERE case_id = (SELECT id FROM dispute_case WHERE code = ?)")
        .text(state)
        .time(when)
        .text(code)
        .run();
    row(at.db, "DELETE FROM mediator_queue WHERE case_id = (SELECT id FROM dispute_case WHERE code = ?)")
        .text(code)
        .run();
}

}  // namespace

void insert_row(const effect_site& at, const dialogs::withdraw_case& it)
{
    static const std::string text =
        "UPDATE dispute_case SET state = ? WHERE code = ? AND citizen_id = ? AND state" + open_states();
    const auto withdrawn = cases::to_string(cases::case_state::closed_withdrawn);
    if (row(at.db, text).text(withdrawn).text(it.code).number(at.citizen).run() != 1)
        refuse_turn("the case is not under way any more");
    end_case(at, it.code, withdrawn, it.at);
    insert_act(at, "withdraw", it.code, it.reason, it.at);
}

void insert_row(const effect_site& at, const dialogs::reopen_case& it)
{
    expect_own_case(at, it.code, ended_states());
    insert_act(at, "reopen", it.code, it.reason, it.at);
}

void insert_row(const effect_site& at, const dialogs::supplement_case& it)
{
    expect_own_case(at, it.code, open_states());
    insert_act(at, "supplement", it.code, it.text, it.at);
    insert_evidence(at, it.evidence);
}

void insert_row(const effect_site& at, const dialogs::rate_case& it)
{
    const place where("case_rating", "body", at.citizen, at.turn_no, at.nth);
    const auto own = row(at.db, "UPDATE dispute_case SET state = state WHERE code = ? AND citizen_id = ?")
                         .text(it.code)
                         .number(at.citizen)
                         .run();
    if (own != 1) refuse_turn("nobody else's case is rated");
    row(at,
        "INSERT INTO case_rating (citizen_id, turn_no, nth, case_code, score, at, body)"
        " VALUES (?,?,?,?,?,?,?)")
        .text(it.code)
        .number(it.score)
        .time(it.at)
        .sealed(at.key, where, it.words)
        .run();
}

void insert_row(const effect_site& at, const dialogs::answer_invitation& it)
{
    const auto field = [&at](std::string_view column) {
        return std::string(place("invitation", column, at.citizen, at.turn_no, at.nth).view());
    };
    const auto answered =
        row(at,
            "UPDATE invitation SET citizen_id = ?, turn_no = ?, nth = ?, state = ?, answered_at = ?, statement = ?,"
            " name = ?, phone = ?, address = ?, description = ? WHERE code = ? AND state = 'open'"
            " AND expires_at >= ?")
            .text(it.agrees ? "agreed" : "refused")
            .time(it.at)
            .sealed(at.key, field("statement"), it.statement)
            .sealed(at.key, field("name"), it.who.name)
            .sealed(at.key, field("phone"), it.who.phone)
            .sealed(at.key, field("address"), it.who.address)
            .sealed(at.key, field("description"), it.who.description)
            .text(it.code)
            .time(it.at)
            .run();
    if (answered != 1) refuse_turn("the invitation is not open any more");
    insert_evidence(at, it.evidence);
}

}  // namespace storage
