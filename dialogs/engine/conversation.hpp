#pragma once
// The state of one citizen's conversation between turns. A value: cheap to copy, serialised as JSON into the journal.

#include "dialogs/turn.hpp"
#include "dialogs/understanding/safety_memory.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

// A filled slot: what it means to the program, and what the citizen sees in the summary.
struct slot_value {
    std::string value;  // canonical: "2026-03-05", "350000" (fen), a choice's value, free text
    std::string shown;  // as the summary prints it
};

// What the current frame waits for.
enum class awaiting : unsigned char {
    answer = 1,       // the answer to the step's question
    summary = 2,      // "submit", a number to correct, or back
    correction = 3,   // the new value of a slot picked in the summary
    cancel = 4,       // yes or no to "really cancel?"
    resume = 5,       // continue or start over
    offer = 6,        // yes or no to "shall we file this?", after somebody just told a dispute
    heard = 7,        // yes or no to "I understood this from what you said", with what was understood in `gleaned`
};

// One dialogue on the stack.
struct frame {
    std::string flow;
    std::string step;
    awaiting waits = awaiting::answer;
    int retries = 0;  // unreadable answers to this step in a row
    std::map<std::string, slot_value> slots;
    std::vector<std::string> asked;  // steps in the order they were answered, for "back"
    std::vector<evidence> evidence;
    std::string draft;  // text told in several messages, until the citizen says that is all
    std::map<std::string, slot_value> gleaned;  // read from free text by step id, kept apart until it is confirmed
    std::string version;                        // of the data it began with
    std::optional<bot::instant> put_aside_at;   // of a paused one
};

// The last time words of distress were read. Bounds what may be offered afterwards, holds nothing of the words.
struct distress {
    std::string level;  // "C1" …
    bot::instant at;
    bool violence = false;  // blows or threats at home were told of: the other side is not asked by itself (§20.6)
};

struct conversation {
    std::vector<frame> stack;               // top is last; empty: nothing under way
    std::optional<frame> paused;            // a dialogue put aside, offered again on return
    std::vector<frame> shelf;               // put aside before that one, newest last; each comes forward in its turn
    std::string consent;                    // version of the privacy notice agreed to; empty: none
    std::optional<bot::instant> last_turn;  // when the citizen last spoke
    std::optional<distress> care;
    std::string page;                       // shown by the newest turn, so that a number means one of its choices
    owner held_by = owner::bot;             // changed by change_owner (ownership.hpp) and by nothing else
    bool open_question = true;              // the newest turn ended with the question of the top: a bare yes answers it
    bool album = false;                     // the newest turn was a picture or the like
    int misses = 0;                         // texts in a row that were not understood while nothing was under way
    std::vector<reply> rest;                // of a reply too long for one message, for "more"
    int rest_turns = 0;                     // turns it has been kept
    safety_memory signs;
    bool minor = false;                     // said to be under 18: simple words, other numbers (§20.7)
    std::optional<bot::instant> talking_since;  // without a longer pause, or since the last reminder that this is a machine
};

std::string serialise(const conversation& state);
// Throws std::invalid_argument when the bytes are not what serialise wrote.
conversation parse_conversation(std::string_view bytes);

}  // namespace dialogs
