#pragma once
// The values of one turn of a conversation: what the citizen said, what is answered, what else must happen.
// Channel-neutral: WeChat's names stop in bot/wechat. A turn is a pure function of what it is given.

#include "dialogs/effects.hpp"
#include "dialogs/facts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
// Who answers the citizen: the bot, nobody yet (a person was asked for), or a person. The bot is silent from the turn on
// that says "person" (architecture §3.5); such a turn is appended like any other, so that two replicas agree on it.
enum class owner : unsigned char { bot = 1, waiting = 2, person = 3 };
std::string_view to_string(owner who);       // "bot", "waiting", "person"
owner read_owner(std::string_view written);  // throws std::invalid_argument
struct owner_changed {
    owner to = owner::bot;
    std::string who;     // staff account; empty for the bot
    std::string reason;  // taken, released, no_answer …
};
// What a person wrote to the citizen; kept in the journal like every other sentence.
struct staff_said {
    std::string who;
    std::string text;
};
// Something that needs no answer (a receipt, a page view) or that we do not know.
struct noticed {
    std::string kind;
};

using said = std::variant<
    said_text, sent_picture, sent_voice, sent_video, sent_file, sent_location, sent_link, followed, unfollowed,
    tapped_menu, scanned, noticed, owner_changed, staff_said>;

// ---- what goes out ----

struct choice {
    std::string label;   // what the citizen sees and, tapping, says
    std::string target;  // comes back as said_text::choice
};

struct reply {
    std::string text;
    std::vector<choice> choices;  // shown below the text, in order
};

// ---- the state between turns ----

// Serialised by dialogs itself (JSON); storage keeps the bytes sealed and does not look inside.
using state_bytes = std::string;

struct turn {
    std::vector<reply> replies;  // empty: nothing is said (a receipt, an event without answer)
    std::vector<effect> effects;
    std::string crisis_level = "C0";  // of this inbound, for metrics and the fallback answer
};

}  // namespace dialogs
