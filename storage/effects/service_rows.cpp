// Complaints, delivered material, requests about one's own data.

#include "storage/effects/rows.hpp"
#include "storage/places.hpp"

namespace storage {

void insert_row(const effect_site& at, const dialogs::file_complaint& it)
{
    const auto field = [&it](std::string_view column) {
        return std::string(place("complaint", column, it.id.value).view());
    };
    row(at,
        "INSERT INTO complaint (citizen_id, turn_no, nth, id, code, at, anonymous, unit, state, target, matter,"
        " place, occurred, name, phone) VALUES (?,?,?,?,?,?,?,?,'received',?,?,?,?,?,?)")
        .number(it.id.value)
        .text(it.code)
        .time(it.at)
        .number(it.anonymous ? 1 : 0)
        .text(it.unit)
        .sealed(at.key, field("target"), it.target)
        .sealed(at.key, field("matter"), it.matter)
        .sealed(at.key, field("place"), it.place)
        .sealed(at.key, field("occurred"), it.occurred)
        .sealed(at.key, field("name"), it.name)
        .sealed(at.key, field("phone"), it.phone)
        .run();
    insert_evidence(at, it.evidence);
}

void insert_row(const effect_site& at, const dialogs::deliver_material& it)
{
    const place where("material", "meaning", it.id.value);
    row(at,
        "INSERT INTO material (citizen_id, turn_no, nth, id, at, case_code, box_code, expires_at, meaning)"
        " VALUES (?,?,?,?,?,?,?,?,?)")
        .number(it.id.value)
        .time(it.at)
        .text_or_null(it.case_code)
        .text_or_null(it.box_code)
        .time(it.expires)
        .sealed(at.key, where, it.meaning)
        .run();
    insert_evidence(at, it.evidence);
}

void insert_row(const effect_site& at, const dialogs::data_request& it)
{
    const place where("data_request", "body", at.citizen, at.turn_no, at.nth);
    row(at,
        "INSERT INTO data_request (citizen_id, turn_no, nth, code, kind, state, at, decision, body)"
        " VALUES (?,?,?,?,?,'open',?,'',?)")
        .text(it.code)
        .text(it.kind)
        .time(it.at)
        .sealed(at.key, where, it.words)
        .run();
}

}  // namespace storage
