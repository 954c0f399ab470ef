#include "storage/services/personal_tables.hpp"

#include <array>

namespace storage {
namespace {

// clang-format off
constexpr std::array tables{
    personal_table{"citizen", "id", "id", "created_at", "account", "address"},
    personal_table{"turn", "citizen_id", "citizen_id turn_no", "at", "", "inbound replies state"},
    personal_table{"dispute_case", "citizen_id", "id", "submitted_at accept_by amount_fen minor",
                   "code state dispute_type unit",
                   "applicant_name applicant_phone applicant_address applicant_description respondent_name"
                   " respondent_phone respondent_address respondent_description narrative occurred place requests"
                   " other_body acting_for"},
    personal_table{"case_evidence", "case_id", "case_id nth", "received_at", "kind", "media_id"},
    personal_table{"case_detail", "case_id", "case_id nth", "", "id label", "value"},
    personal_table{"case_act", "citizen_id", "citizen_id turn_no nth", "at", "case_code kind", "body"},
    personal_table{"case_rating", "citizen_id", "citizen_id turn_no nth", "score at", "case_code", "body"},
    personal_table{"invitation", "citizen_id", "citizen_id turn_no nth", "answered_at", "code state",
                   "statement name phone address description"},
    personal_table{"complaint", "citizen_id", "id", "at anonymous", "code unit state",
                   "target matter place occurred name phone"},
    personal_table{"material", "citizen_id", "id", "at expires_at", "case_code box_code", "meaning"},
    personal_table{"effect_evidence", "citizen_id", "citizen_id turn_no nth item", "received_at", "kind", "media_id"},
    personal_table{"appointment", "citizen_id", "id", "starts_at booked_at cancelled_at", "kind case_code state",
                   "phone"},
    personal_table{"consent", "citizen_id", "citizen_id turn_no nth", "at", "notice_version", ""},
    personal_table{"consent_act", "citizen_id", "citizen_id turn_no nth", "at", "act scope notice_version", ""},
    personal_table{"data_request", "citizen_id", "citizen_id turn_no nth", "at done_at", "code kind state", "body"},
    personal_table{"psych_case", "citizen_id", "id", "at", "code state wish", "name phone"},
    personal_table{"screening", "citizen_id", "citizen_id turn_no nth", "at", "kind", "result"},
    personal_table{"outbox", "citizen_id", "citizen_id turn_no nth", "due_at done_at", "kind state", "body"},
};
// clang-format on

}  // namespace

std::span<const personal_table> personal_tables()
{
    return tables;
}

}  // namespace storage
