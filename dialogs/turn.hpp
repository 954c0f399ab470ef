#pragma once
// The values of one turn of a conversation: what the citizen said, what is answered, what else must happen.
// Channel-neutral: WeChat's names stop in bot/wechat. A turn is a pure function of what it is given.

#include "bot/base/clock.hpp"
#include "bot/base/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace dialogs {

// ---- what came in ----

struct said_text {
    std::string text;
    std::string choice;  // the target of the tapped choice ("flow/step/value"); empty when typed
};
struct sent_picture {
    std::string media_id;
    std::string url;
};
struct sent_voice {
    std::string media_id;
    std::string transcript;  // may be empty: the platform's recognition is a hint
};
struct sent_video {
    std::string media_id;
};
struct sent_file {
    std::string title;
    std::string media_id;
};
struct sent_location {
    double latitude = 0;
    double longitude = 0;
    std::string label;
};
struct sent_link {
    std::string title;
    std::string url;
};
struct followed {
    std::string scene;  // of the QR code scanned, without the platform's prefix; may be empty
};
struct unfollowed {};
struct tapped_menu {
    std::string key;
};
struct scanned {
    std::string scene;
};
// Something that needs no answer (a receipt, a page view) or that we do not know.
struct noticed {
    std::string kind;
};

using said = std::variant<
    said_text, sent_picture, sent_voice, sent_video, sent_file, sent_location, sent_link, followed, unfollowed,
    tapped_menu, scanned, noticed>;

// ---- what goes out ----

struct choice {
    std::string label;   // what the citizen sees and, tapping, says
    std::string target;  // comes back as said_text::choice
};

struct reply {
    std::string text;
    std::vector<choice> choices;  // shown below the text, in order
};

// ---- what else must happen, in the same transaction ----

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

// A dispute filed by a citizen; the row of the mediator queue is made of it (domain reference §4).
struct file_case {
    bot::case_id id;
    std::string code;  // the query code on the receipt
    bot::instant submitted_at;  // interrupts the limitation period from the day it is made
    std::optional<bot::instant> accept_by;  // nullopt when the calendar of that year is missing
    std::string dispute_type;  // national category, cases/dispute_type.hpp
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
};

struct consent_given {
    std::string notice_version;
    bot::instant at;
};

// A person must look: level as in the domain reference §20.1 ("C3"), rule ids, never the text.
struct crisis_alert {
    std::string level;
    std::vector<std::string> reasons;
    bot::instant at;
};

using effect = std::variant<file_case, consent_given, crisis_alert>;

// ---- the state between turns ----

// Serialised by dialogs itself (JSON); storage keeps the bytes sealed and does not look inside.
using state_bytes = std::string;

// What a turn may have to know of the world; given when the turn asked for it.
struct case_view {
    std::string code;
    std::string state;  // cases::case_state as text
    std::string dispute_type;
    std::string unit;
    bot::instant submitted_at;
    std::optional<bot::instant> accept_by;
    bool claimed = false;
    std::optional<bot::instant> claimed_at;
};

struct known {
    std::optional<std::vector<case_view>> own_cases;  // of this citizen, newest first
};

struct turn {
    std::vector<reply> replies;  // empty: nothing is said (a receipt, an event without answer)
    std::vector<effect> effects;
    std::string crisis_level = "C0";  // of this inbound, for metrics and the fallback answer
};

}  // namespace dialogs
