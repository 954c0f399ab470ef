#pragma once
// The dialogue engine: flows as data, a stack of dialogues, one pure step.
// Everything a citizen reads comes from the flow files; the engine owns how a conversation moves.

#include "dialogs/engine/conversation.hpp"
#include "dialogs/turn.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dialogs {

// A data file as it was read: the path is used in error messages and tells the kind by its folder
// (flows/…, lexicon/…).
struct source_file {
    std::string path;
    std::string content;
};

// What a step is given. now: when the message was received. seed: same for every delivery of the same message;
// ids and codes are made of it, so that a turn stepped twice is the same turn.
struct step_input {
    const said& what;
    bot::instant now;
    std::uint64_t seed = 0;
    const known& facts;
};

class law_library;    // knowledge/law_library.hpp
class understanding;  // understanding/understanding.hpp

struct stepped {
    conversation after;
    turn out;
};

class engine {
public:
    // Checks and loads the data files. Throws flow_error, which lists every fault as "file:line: what is wrong".
    // laws: what was imported, quoted beside the answers to legal questions; may be absent.
    // models: what is asked beside the tables how much danger there is, and what kind of dispute; without them, as in some
    // tests, the tables alone judge.
    explicit engine(
        const std::vector<source_file>& files, std::shared_ptr<const law_library> laws = nullptr,
        std::shared_ptr<const understanding> models = nullptr
    );
    ~engine();
    engine(const engine&) = delete;

    // Takes other data files for all turns that begin from now on, and gives their version. Conversations under way finish on
    // the version they began with, as far as it is still kept. Throws flow_error like the constructor, and then nothing has
    // changed. Safe from any thread, while others step. models: as before when there are none.
    std::string reload(const std::vector<source_file>& files, std::shared_ptr<const understanding> models = nullptr);
    std::string version() const;  // of the newest data

    // Pure: the same conversation and input give the same answer. Never throws for anything a citizen can send.
    // Safe from any thread.
    // wants: the turn cannot be made without knowing something of the world; step again with it.
    std::variant<stepped, wants> step(const conversation& before, const step_input& input) const;

    // The hotline answer for a message that could not be stored in time; nullopt when its words show no danger.
    // Needs no state and no storage (architecture invariant: crisis texts even when everything else fails).
    struct fallback {
        std::string level;
        std::vector<reply> replies;
    };
    std::optional<fallback> crisis_fallback(const said& what) const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

class flow_error : public std::exception {
public:
    explicit flow_error(std::vector<std::string> faults);
    const char* what() const noexcept override { return text_.c_str(); }
    const std::vector<std::string>& faults() const { return faults_; }

private:
    std::vector<std::string> faults_;
    std::string text_;
};

// The stored form of what came in and of the replies (JSON), for the journal.
std::string serialise(const said& what);
std::string serialise(const std::vector<reply>& replies);
// Throws std::invalid_argument when the bytes are not what serialise wrote.
said parse_said(std::string_view bytes);
std::vector<reply> parse_replies(std::string_view bytes);

}  // namespace dialogs
