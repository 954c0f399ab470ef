#pragma once
// A citizen talking to the bare engine: state goes through its stored form after every turn, as in the journal.

#include "dialogs/engine/engine.hpp"
#include "dialogs/knowledge/law_library.hpp"
#include "tests/support/script.hpp"

#include <map>
#include <memory>
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
std::vector<dialogs::source_file> staffed_data();

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
    // A change of the world outside, as scripts write it; last: the case that was filed last, by whomever.
    void learns(const given& change, const dialogs::file_case* last = nullptr);
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
    int psych = 0;  // what was asked for or filled in

private:
    void learns_case(const given& change);
    void learns_service(const given& change);
    void learns_invitation(const given& change, const dialogs::file_case* last);
    void tell(const dialogs::wants& asked, dialogs::known& facts) const;
    void remember(const dialogs::effect& happened);
    dialogs::stored_view stored() const;
    std::vector<dialogs::service_view> services() const;
    std::optional<bot::instant> since_;  // the first turn
};

// Rows of laws as a library; the files are gone already.
std::shared_ptr<const dialogs::law_library> library_of(std::vector<dialogs::law_row> rows);

// The citizens of a script, who talk to one engine.
class players {
public:
    players(const script& played, const dialogs::engine& answers);

    // Moves the clock and changes the world; gives whoever speaks, and what they are about to say.
    chat& prepare(const script_turn& turn);
    dialogs::said said_by(const script_turn& turn) const;
    // After each turn: time goes on.
    void passed();

private:
    std::unique_ptr<dialogs::engine> with_laws_;
    const dialogs::engine& answers_;
    std::map<std::string, chat> chats_;
    bot::instant now_;
    std::optional<dialogs::file_case> last_filed_;
    std::string speaker_;
};

// Bytes of a turn's replies as the platform counts them: links around the choices, percent-encoded.
std::size_t rendered_bytes(const std::vector<dialogs::reply>& replies);

}  // namespace test
