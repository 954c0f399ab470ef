// The world outside of a script beside cases and times: what else a citizen filed, and the invitation of the other side.
#include "storage/services/desk.hpp"
#include "tests/integration/script_world.hpp"

#include <stdexcept>

namespace testing_support {

namespace {

std::string text_of(const test::given& change, const std::string& key, const std::string& otherwise = {})
{
    const auto at = change.fields.find(key);
    return at == change.fields.end() ? otherwise : at->second;
}

std::int64_t ms(bot::instant at) { return at.time_since_epoch().count(); }

constexpr auto open_for = std::chrono::hours(24 * 10);

}  // namespace

// Without a code: all of the kind that they filed themselves.
void script_world::put_service(const test::given& change, bot::instant now)
{
    const auto kind = text_of(change, "kind"), code = text_of(change, "code"), state = text_of(change, "state");
    const bool complaint = kind == "complaint";
    if (!complaint && kind != "export" && kind != "erase" && kind != "correct")
        throw std::invalid_argument("the tables hold no state of the service " + kind);
    auto& move = db_.prepare(complaint ? "UPDATE complaint SET state = ? WHERE citizen_id = ? AND (? = '' OR code = ?)"
                                       : "UPDATE data_request SET state = ? WHERE citizen_id = ? AND (? = '' OR code = ?) AND kind = ?");
    move.bind_text(0, state);
    move.bind(1, citizen(now));
    move.bind_text(2, code);
    move.bind_text(3, code);
    if (!complaint)
        move.bind_text(4, kind);
    if (move.execute() == 0)
        complaint ? put_complaint(change, now) : put_request(change, now);
}

void script_world::put_complaint(const test::given& change, bot::instant now)
{
    const auto at = text_of(change, "at"), code = text_of(change, "code"), state = text_of(change, "state");
    auto& put = db_.prepare("INSERT INTO complaint (id, code, citizen_id, turn_no, nth, at, anonymous, unit, state, target, matter,"
                            " place, occurred, name, phone) VALUES (?,?,?,0,0,?,?,'330302006',?,x'',x'',x'',x'',x'',x'')");
    put.bind(0, bot::time_ordered_id(now, std::hash<std::string>{}(who_.person)));
    put.bind_text(1, code);
    put.bind(2, citizen(now));
    put.bind(3, ms(at.empty() ? now : test::read_moment(at)));
    put.bind(4, text_of(change, "anonymous") == "yes" ? 1 : 0);
    put.bind_text(5, state);
    put.execute();
}

void script_world::put_request(const test::given& change, bot::instant now)
{
    const auto at = text_of(change, "at"), code = text_of(change, "code"), kind = text_of(change, "kind"), state = text_of(change, "state");
    auto& put = db_.prepare("INSERT INTO data_request (citizen_id, turn_no, nth, code, kind, state, at, decision, body)"
                            " VALUES (?,0,?,?,?,?,?,'',x'')");
    put.bind(0, citizen(now));
    put.bind(1, static_cast<std::int64_t>(std::hash<std::string>{}(code) % 1'000'000));
    put.bind_text(2, code);
    put.bind_text(3, kind);
    put.bind_text(4, state);
    put.bind(5, ms(at.empty() ? now : test::read_moment(at)));
    put.execute();
}

void script_world::put_invitation(const test::given& change, bot::instant now, const std::string& last_case)
{
    const auto code = text_of(change, "code");
    auto& there = db_.prepare("SELECT COUNT(*) FROM invitation WHERE code = ?");
    there.bind_text(0, code);
    there.query();
    const bool known = there.next() && there.integer(0) > 0;
    db_.end_reads();
    if (known)
        return change_invitation(change, now);
    const auto of = case_of_invitation(change, now, last_case);
    // Not by the desk, which asks nobody where there was violence: as if it had been told of that after the invitation.
    auto& put = db_.prepare("INSERT INTO invitation (code, case_id, state, invited_at, expires_at, invited_by)"
                            " SELECT ?, id, 'open', ?, ?, 'staff' FROM dispute_case WHERE code = ?");
    put.bind_text(0, code);
    put.bind(1, ms(now));
    put.bind(2, ms(text_of(change, "state") == "expired" ? now - std::chrono::minutes(1) : now + open_for));
    put.bind_text(3, of);
    if (put.execute() != 1)
        throw std::logic_error("there is no case to invite to");
}

void script_world::change_invitation(const test::given& change, bot::instant now)
{
    const auto code = text_of(change, "code"), state = text_of(change, "state", "open");
    if (state == "open") {  // a person has looked at the case and lets the other side be asked
        auto& find = db_.prepare("SELECT d.code FROM dispute_case d JOIN invitation i ON i.case_id = d.id WHERE i.code = ?");
        find.bind_text(0, code);
        find.query();
        const auto of = find.next() ? find.bytes(0) : "";
        db_.end_reads();
        storage::desk(db_, keys_).clear_block(of, "staff", now).value();
    } else if (state == "expired") {
        auto& over = db_.prepare("UPDATE invitation SET expires_at = ? WHERE code = ?");
        over.bind(0, ms(now) - 1);
        over.bind_text(1, code);
        over.execute();
    }
}

// The case filed in the script; or one of these fields, of this citizen or of somebody else.
std::string script_world::case_of_invitation(const test::given& change, bot::instant now, const std::string& last_case)
{
    const auto type = text_of(change, "type");
    if (type.empty())
        return last_case;
    const auto person = text_of(change, "own") == "yes" ? who_.person : who_.person + "/applicant";
    dialogs::file_case filed{.id = {bot::time_ordered_id(now, std::hash<std::string>{}(person + type))},
                             .code = "LC" + std::to_string(std::hash<std::string>{}(person + type) % 1'000'000'000'000),
                             .submitted_at = now,
                             .dispute_type = type,
                             .unit = text_of(change, "unit", "330302006"),
                             .requests = text_of(change, "requests")};
    filed.applicant.name = text_of(change, "applicant");
    script_world(db_, keys_, {who_.account, person}).file_case(filed, now);
    return filed.code;
}

}  // namespace testing_support
