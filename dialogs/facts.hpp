#pragma once
// What a turn may have to know of the world. The engine asks (wants), the pipeline reads it and steps again (known).

#include "bot/base/clock.hpp"
#include "bot/base/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dialogs {

struct case_view {
    std::string code;
    std::string state;  // cases::case_state as text
    std::string dispute_type;
    std::string unit;
    bot::instant submitted_at;
    std::optional<bot::instant> accept_by;
    bool claimed = false;
    std::optional<bot::instant> claimed_at;
    std::optional<bot::instant> closed_at = {};
    bool rated = false;
    std::optional<bot::instant> session_at = {};  // the next mediation session
    std::optional<bot::instant> since = {};        // when the present state began
    std::optional<bot::instant> accepted_at = {};
};

// What this citizen filed or asked for beside disputes.
struct service_view {
    std::string kind;   // complaint, material, export, erase, correct
    std::string code;   // of the complaint, the holding box or the request; material for a case: the code of the case
    std::string state;  // complaint: received, handling, answered, closed; material: boxed, delivered, expired;
                        // a request of §26: open, done, held, refused
    bot::instant at;
    std::optional<bot::instant> until = {};  // a holding box expires; by when others are answered, the calendar says
    bool anonymous = false;
};

struct slot_view {
    std::int64_t id = 0;
    bot::instant starts_at;
    std::string place;  // as shown to a citizen
    std::string with;   // as shown: a room, a mediator, a counsellor; may be empty
};

struct appointment_view {
    bot::record_id id;
    std::string kind;  // mediation, counselling
    bot::instant starts_at;
    std::string place, with;
    std::string case_code;
};

// What the invited side may see of a case: nothing that the applicant did not put into the request.
struct invitation_view {
    std::string code;
    std::string state;  // open, agreed, refused, expired, blocked
    std::string dispute_type;
    std::string unit;
    std::string applicant;  // name as it may be shown (family name and a title), never the number
    std::string requests;
    bot::instant invited_at;
    bool own = false;  // the applicant opened it themselves
};

// What is stored of this citizen, as counts, for the right to know (domain reference §26).
struct stored_view {
    int turns = 0, cases = 0, complaints = 0, materials = 0, appointments = 0, psych = 0;
    std::optional<bot::instant> since;
    std::string consent_version;
};

struct wants {
    bool own_cases = false;
    bool own_appointments = false;
    std::string free_slots = {};  // kind of appointment; empty: not wanted
    std::string invitation = {};  // its code; empty: not wanted
    bool stored = false;
    bool own_services = false;
};

struct known {
    std::optional<std::vector<case_view>> own_cases;  // of this citizen, newest first
    std::optional<std::vector<appointment_view>> own_appointments = {};  // still to come, soonest first
    std::optional<std::vector<slot_view>> free_slots = {};               // soonest first, at most 30
    std::optional<std::optional<invitation_view>> invitation = {};       // inner nullopt: no such invitation
    std::optional<stored_view> stored = {};
    std::optional<std::vector<service_view>> own_services = {};  // newest first, at most 30
};

}  // namespace dialogs
