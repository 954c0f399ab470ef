#include "storage/case_rows.hpp"

#include "cases/life_cycle.hpp"
#include "storage/places.hpp"

namespace storage {
namespace {

using dialogs::file_case;

template <class T>
void bind_optional(sql::statement& q, int at, const std::optional<T>& value)
{
    if (!value)
        q.bind_null(at);
    else if constexpr (std::is_same_v<T, bot::instant>)
        q.bind(at, value->time_since_epoch().count());
    else
        q.bind(at, *value);
}

void insert_case(sql::connection& db, const case_row& row)
{
    constexpr std::string_view text =
        "INSERT INTO dispute_case (id, code, citizen_id, turn_no, state, dispute_type, unit, amount_fen, "
        "minor,"
        " submitted_at, accept_by, applicant_phone_hash, applicant_name, applicant_phone, applicant_address,"
        " applicant_description, respondent_name, respondent_phone, respondent_address, "
        "respondent_description,"
        " narrative, occurred, place, requests, other_body, acting_for)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
    const file_case& filed = *row.filed;
    sql::statement& q = db.prepare(text);
    q.bind(0, filed.id.value);
    q.bind_text(1, filed.code);
    q.bind(2, row.citizen);
    q.bind(3, row.turn_no);
    q.bind_text(4, cases::to_string(cases::case_state::submitted));
    q.bind_text(5, filed.dispute_type);
    q.bind_text(6, filed.unit);
    bind_optional(q, 7, filed.amount_fen);
    q.bind(8, filed.minor ? 1 : 0);
    q.bind(9, filed.submitted_at.time_since_epoch().count());
    bind_optional(q, 10, filed.accept_by);
    if (row.phone_hash)
        q.bind_bytes(11, as_bytes(*row.phone_hash));
    else
        q.bind_null(11);
    for (std::size_t i = 0; i < row.sealed.size(); ++i) q.bind_bytes(12 + static_cast<int>(i), row.sealed[i]);
    q.execute();
}

void insert_evidence(sql::connection& db, const case_row& row)
{
    for (std::size_t nth = 0; nth < row.media.size(); ++nth) {
        const dialogs::evidence& from = row.filed->evidence[nth];
        sql::statement& q = db.prepare(
            "INSERT INTO case_evidence (case_id, nth, kind, media_id, received_at) VALUES (?,?,?,?,?)"
        );
        q.bind(0, row.filed->id.value);
        q.bind(1, static_cast<std::int64_t>(nth));
        q.bind_text(2, from.kind);
        q.bind_bytes(3, row.media[nth]);
        q.bind(4, from.received_at.time_since_epoch().count());
        q.execute();
    }
}

void insert_queue_entry(sql::connection& db, const file_case& filed)
{
    sql::statement& q = db.prepare(
        "INSERT INTO mediator_queue (case_id, unit, due_at, submitted_at, accept_by, owner, token)"
        " VALUES (?,?,?,?,?,'',0)"
    );
    q.bind(0, filed.id.value);
    q.bind_text(1, filed.unit);
    q.bind(2, filed.accept_by.value_or(filed.submitted_at).time_since_epoch().count());
    q.bind(3, filed.submitted_at.time_since_epoch().count());
    bind_optional(q, 4, filed.accept_by);
    q.execute();
}

}  // namespace

const std::array<sealed_field, 14>& sealed_fields()
{
    static const std::array<sealed_field, 14> fields{{
        {"applicant_name", [](file_case& f) -> std::string& { return f.applicant.name; }},
        {"applicant_phone", [](file_case& f) -> std::string& { return f.applicant.phone; }},
        {"applicant_address", [](file_case& f) -> std::string& { return f.applicant.address; }},
        {"applicant_description", [](file_case& f) -> std::string& { return f.applicant.description; }},
        {"respondent_name", [](file_case& f) -> std::string& { return f.respondent.name; }},
        {"respondent_phone", [](file_case& f) -> std::string& { return f.respondent.phone; }},
        {"respondent_address", [](file_case& f) -> std::string& { return f.respondent.address; }},
        {"respondent_description", [](file_case& f) -> std::string& { return f.respondent.description; }},
        {"narrative", [](file_case& f) -> std::string& { return f.narrative; }},
        {"occurred", [](file_case& f) -> std::string& { return f.occurred; }},
        {"place", [](file_case& f) -> std::string& { return f.place; }},
        {"requests", [](file_case& f) -> std::string& { return f.requests; }},
        {"other_body", [](file_case& f) -> std::string& { return f.other_body; }},
        {"acting_for", [](file_case& f) -> std::string& { return f.acting_for; }},
    }};
    return fields;
}

case_row seal_case(
    const file_case& filed,
    std::int64_t citizen,
    std::int32_t turn_no,
    const data_key& key,
    const keyring& keys
)
{
    case_row row;
    row.filed = &filed;
    row.citizen = citizen;
    row.turn_no = turn_no;
    if (!filed.applicant.phone.empty()) row.phone_hash = keys.hash("phone", filed.applicant.phone);
    const auto& fields = sealed_fields();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        // The accessor serves reading and writing; here nothing is written.
        const std::string& clear = fields[i].of(const_cast<file_case&>(filed));
        row.sealed[i] = seal(key, place("dispute_case", fields[i].column, filed.id.value), clear);
    }
    for (std::size_t nth = 0; nth < filed.evidence.size(); ++nth) {
        const place at("case_evidence", "media_id", filed.id.value, static_cast<std::int64_t>(nth));
        row.media.push_back(seal(key, at, filed.evidence[nth].media_id));
    }
    return row;
}

void insert_cases(sql::connection& db, const std::vector<case_row>& rows)
{
    for (const case_row& row : rows) {
        insert_case(db, row);
        insert_evidence(db, row);
        insert_queue_entry(db, *row.filed);
    }
}

}  // namespace storage
