#pragma once
// A citizen talking to the bare engine: state goes through its stored form after every turn, as in the journal.

#include "dialogs/engine/engine.hpp"
#include "tests/support/script.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace test {

// With the embedded data; made once.
const dialogs::engine& whole_engine();
// The same where a person is on call, day and night (settings, duty_on_call).
const dialogs::engine& staffed_engine();
std::vector<dialogs::source_file> whole_data();

// One step with a world in which there is nothing.
dialogs::stepped told_everything(const dialogs::conversation& state, const dialogs::said& what, bot::instant now);

class chat {
public:
    explicit chat(bot::instant start = bot::instant(std::chrono::milliseconds(1'772'676'000'000)))  // 2026-03-05 10:00
        : now(start)
    {
    }

    // The turn's texts, joined by a line break.
    std::string says(std::string_view text) { return hears(dialogs::said_text{std::string(text), {}}); }
    // Taps the newest button of this label, or sends this target.
    std::string taps(std::string_view label_or_target);
    std::string hears(const dialogs::said& what);
    // A change of the world outside, as scripts write it.
    void learns(const given& change);
    dialogs::said button_shown(std::string_view label_or_target) const;

    bot::instant now;
    const dialogs::engine* answers = &whole_engine();
    dialogs::known world;  // what storage would know; the effects of each turn change it
    std::uint64_t turns = 0;
    dialogs::conversation state;
    dialogs::turn last;
    std::vector<dialogs::choice> seen;  // every button shown so far, oldest first
    std::vector<dialogs::file_case> filed;
    std::vector<dialogs::crisis_alert> alerts;
    std::vector<dialogs::consent_given> consents;

private:
    void tell(const dialogs::wants& asked, dialogs::known& facts) const;
    void remember(const dialogs::effect& happened);
    dialogs::stored_view stored() const;
    std::optional<bot::instant> since_;  // the first turn
};

// What the citizen of a script says in this turn.
dialogs::said said_by(const chat& so_far, const script_turn& turn);

// Bytes of a turn's replies as the platform counts them: links around the choices, percent-encoded.
std::size_t rendered_bytes(const std::vector<dialogs::reply>& replies);

}  // namespace test
