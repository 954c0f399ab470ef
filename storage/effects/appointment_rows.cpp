// Appointments. A place is taken and given back by one conditional UPDATE each, so that no slot is over-booked.

#include "storage/effects/rows.hpp"
#include "storage/places.hpp"

namespace storage {

void insert_row(const effect_site& at, const dialogs::book_appointment& it)
{
    const auto taken = row(at.db,
                           "UPDATE appointment_slot SET taken = taken + 1"
                           " WHERE id = ? AND kind = ? AND starts_at = ? AND taken < capacity")
                           .number(it.slot)
                           .text(it.kind)
                           .time(it.starts_at)
                           .run();
    if (taken != 1) refuse_turn("the slot is full or gone");
    const place where("appointment", "phone", it.id.value);
    row(at,
        "INSERT INTO appointment (citizen_id, turn_no, nth, id, kind, slot_id, starts_at, case_code, state,"
        " booked_at, phone) VALUES (?,?,?,?,?,?,?,?,'booked',?,?)")
        .number(it.id.value)
        .text(it.kind)
        .number(it.slot)
        .time(it.starts_at)
        .text(it.case_code)
        .time(it.at)
        .sealed(at.key, where, it.phone)
        .run();
}

void insert_row(const effect_site& at, const dialogs::cancel_appointment& it)
{
    const auto ours = row(at.db,
                          "UPDATE appointment SET state = 'cancelled', cancelled_at = ?"
                          " WHERE id = ? AND citizen_id = ? AND state = 'booked'")
                          .time(it.at)
                          .number(it.id.value)
                          .number(at.citizen)
                          .run();
    if (ours != 1) refuse_turn("there is no such appointment any more");
    row(at.db,
        "UPDATE appointment_slot SET taken = taken - 1"
        " WHERE id = (SELECT slot_id FROM appointment WHERE id = ?) AND taken > 0")
        .number(it.id.value)
        .run();
}

}  // namespace storage
