#pragma once
// One function an effect; which file holds it goes by the subject.

#include "storage/effects/row.hpp"

namespace storage {

// case_part_rows.cpp
void insert_row(const effect_site& at, const dialogs::file_case& it);  // what case_rows does not hold
// case_act_rows.cpp
void insert_row(const effect_site& at, const dialogs::withdraw_case& it);
void insert_row(const effect_site& at, const dialogs::reopen_case& it);
void insert_row(const effect_site& at, const dialogs::supplement_case& it);
void insert_row(const effect_site& at, const dialogs::rate_case& it);
void insert_row(const effect_site& at, const dialogs::answer_invitation& it);
// service_rows.cpp
void insert_row(const effect_site& at, const dialogs::file_complaint& it);
void insert_row(const effect_site& at, const dialogs::deliver_material& it);
void insert_row(const effect_site& at, const dialogs::data_request& it);
// appointment_rows.cpp
void insert_row(const effect_site& at, const dialogs::book_appointment& it);
void insert_row(const effect_site& at, const dialogs::cancel_appointment& it);
// care_rows.cpp
void insert_row(const effect_site& at, const dialogs::crisis_alert& it);  // the episode of the alert
void insert_row(const effect_site& at, const dialogs::open_psych_case& it);
void insert_row(const effect_site& at, const dialogs::screening_done& it);
void insert_row(const effect_site& at, const dialogs::consent_given& it);  // scopes beside the notice
void insert_row(const effect_site& at, const dialogs::consent_withdrawn& it);
// reach_rows.cpp
void insert_row(const effect_site& at, const dialogs::send_later& it);
void insert_row(const effect_site& at, const dialogs::call_off& it);
void insert_row(const effect_site& at, const dialogs::ask_for_person& it);
void insert_row(const effect_site& at, const dialogs::owner_set& it);

}  // namespace storage
