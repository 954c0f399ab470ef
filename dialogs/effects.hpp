#pragma once
// What a turn makes happen beside its replies: rows written in the same transaction as the turn (storage), or nothing
// at all. Values only; each says what it means in the domain (domain reference, section in brackets).

#include "bot/base/clock.hpp"
#include "bot/base/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace dialogs {

struct evidence {
    std::string kind;      // picture, voice, video, file
    std::string media_id;  // the platform keeps it three days
    bot::instant received_at;
};

struct party {
    std::string name;
    std::string phone;
    std::string address;
    std::string description;  // when the name is not known
};

// An answer that only some kinds of dispute ask for, in the order asked (§9): label as printed, value as shown.
struct detail {
    std::string id;
    std::string label;
    std::string value;
};

// A dispute filed by a citizen; the row of the mediator queue is made of it (§4).
struct file_case {
    bot::case_id id;
    std::string code;  // the query code on the receipt
    bot::instant submitted_at;  // interrupts the limitation period from the day it is made
    std::optional<bot::instant> accept_by;  // nullopt when the calendar of that year is missing
    std::string dispute_type;  // national category, cases/dispute_type.hpp
    std::string second_type;   // when two categories fit; empty: one
    std::string unit;          // responsible unit: code of the street or town, or of the district
    party applicant;
    party respondent;
    std::string narrative;
    std::string occurred;  // as exact as it was said: "2026-03-05", "2026-03", "2026", or the words for not knowing
    std::string place;
    std::string requests;
    std::optional<std::int64_t> amount_fen;
    std::string other_body;   // already with court, arbitration, police …: as said
    std::string acting_for;   // empty: for oneself
    bool minor = false;
    std::vector<evidence> evidence;
    std::vector<detail> details;
    std::vector<std::string> flags;  // eligibility rules that spoke (§7): "violence", "group", "court_docketed", …
    bool contact_blocked = false;    // violence: the other side is not to be asked until a person clears it (§20.6)
};

// A complaint or report (§4): who reports is never shown to the reported side.
struct file_complaint {
    bot::record_id id;
    std::string code;
    bot::instant at;
    bool anonymous = false;  // then name and phone are empty and no answer is possible
    std::string target, matter, place, occurred, name, phone, unit;
    std::vector<evidence> evidence;
};

// Material delivered (§4): to a case, or to a holding box that expires.
struct deliver_material {
    bot::record_id id;
    bot::instant at;
    std::string case_code;                // empty: a holding box,
    std::string box_code;                 // by which it is found again,
    std::optional<bot::instant> expires;  // until then (30 days)
    std::string meaning;                  // what the sender says it shows
    std::vector<evidence> evidence;
};

// An appointment for mediation or counselling (§4, §18). The slot is taken by a conditional update: of two turns that take the last place
// the later one is a conflict, and is stepped again with fresh facts.
struct book_appointment {
    bot::record_id id;
    std::string kind;       // mediation, counselling
    std::int64_t slot = 0;  // appointment_slot
    bot::instant starts_at;
    std::string case_code;  // may be empty
    std::string phone;
    bot::instant at;
};
struct cancel_appointment {
    bot::record_id id;
    bot::instant at;
};

// The applicant's own acts on a case; refused by storage (conflict) when the state has moved meanwhile.
struct withdraw_case {
    std::string code;
    std::string reason;  // may be empty: none is owed
    bot::instant at;
};
struct reopen_case {  // an event within 15 days of its end (§5): asks the unit, changes no state by itself
    std::string code;
    std::string reason;
    bot::instant at;
};
struct supplement_case {
    std::string code;
    std::string text;
    std::vector<evidence> evidence;
    bot::instant at;
};
struct rate_case {  // §17, §23: never pre-filled, once per case
    std::string code;
    int score = 0;  // 4 very satisfied … 1 not satisfied; 0: did not want to rate
    std::string words;
    bot::instant at;
};

// The other side's answer to an invitation (§6 awaiting_consent).
struct answer_invitation {
    std::string code;
    bool agrees = false;
    std::string statement;  // their side, in their words
    party who;
    std::vector<evidence> evidence;
    bot::instant at;
};

struct consent_given {
    std::string notice_version;
    bot::instant at;
    std::string scope = "notice";  // notice, sensitive, screening, counselling, care
};
struct consent_withdrawn {
    std::string scope;  // as above; "all"
    bot::instant at;
};

// The rights of §26: what is stored is put together by a person or a worker, never in the turn.
struct data_request {
    std::string kind;  // export, erase, correct
    std::string code;  // by which it can be asked about
    std::string words;
    bot::instant at;
};

// A person must look: level as in §20.1 ("C3"), rule ids, never the text.
struct crisis_alert {
    std::string level;
    std::vector<std::string> reasons;
    bot::instant at;
    std::string template_id = {};  // the approved text that was sent
};

// Psychological support (§18). No diagnosis and no danger score: what was asked for, and when to be in touch again.
struct open_psych_case {
    bot::record_id id;
    std::string code;
    std::string wish;   // talk, counsellor, for_other
    std::string name, phone;
    bot::instant at;
};
struct screening_done {
    std::string kind;  // phq9, gad7
    std::vector<int> answers;
    int total = 0;
    std::string band;
    bot::instant at;
};

// Something to be sent later, unless it is called off before: reminders, follow-ups. `about` binds it to what it is of.
struct send_later {
    bot::instant due;
    std::string kind;   // appointment_24h, appointment_2h, psych_follow_up, clock_warning …
    std::string about;  // "appointment/123", "psych/123"
    std::string text;
};
struct call_off {
    std::string about;  // everything not yet sent
};

// A person is asked for (§25). The conversation's owner is part of its state (conversation.hpp); this is the queue's row.
struct ask_for_person {
    std::string reason;  // asked, crisis, stuck, legal, complaint …
    int urgency = 0;     // 0 ordinary, 1 front, 2 crisis
    bot::instant at;
};

// The conversation's owner changed: the queue's row follows in the same transaction. The pipeline adds it to turns of
// owner_changed; the engine where a conversation changes hands by itself. A person who holds it keeps it: taking it from
// somebody else is a conflict.
struct owner_set {
    std::string to;   // bot, waiting, person
    std::string who;  // staff account; empty: the bot
    bot::instant at;
};

using effect = std::variant<
    file_case, file_complaint, deliver_material, book_appointment, cancel_appointment, withdraw_case, reopen_case,
    supplement_case, rate_case, answer_invitation, consent_given, consent_withdrawn, data_request, crisis_alert,
    open_psych_case, screening_done, send_later, call_off, ask_for_person, owner_set>;

}  // namespace dialogs
