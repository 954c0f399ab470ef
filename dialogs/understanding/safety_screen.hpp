#pragma once
// The safety screen: looks at every inbound first, in any state of any dialogue (domain reference §20). Three parts, of
// which each can only raise the level: a phrase table (dialogs/lexicon/safety.yaml) with guards for negation,
// third person, idioms and legal context; a model's probability, for what no phrase foresees; and the memory of the last
// turns (safety_memory.hpp). When unsure the higher level is taken. Cannot fail: its table is loaded or the engine does
// not start, and without a model the table decides alone.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

// C0 … C4, as in §20.1; compare with <.
enum class crisis_level : unsigned char { c0, c1, c2, c3, c4 };
std::string_view to_string(crisis_level level);  // "C0" …

struct screening {
    crisis_level level = crisis_level::c0;
    bool third_person = false;   // about somebody else: same urgency, other words
    bool violence = false;       // towards others, or abuse
    bool abuse = false;          // of a child or an old person; violence is set too
    std::vector<std::string> reasons;  // rule ids, never the text
};

// The level on the ladder it belongs to: "C3", "V4" for violence, "A2" for abuse.
std::string on_its_ladder(const screening& found);

class safety_screen {
public:
    // yaml: the content of lexicon/safety.yaml; path for error messages. Throws flow_error (engine.hpp) with all faults.
    safety_screen(std::string_view path, std::string_view yaml);
    ~safety_screen();
    safety_screen(safety_screen&&) noexcept;

    // Never throws; microseconds. p_high: a model's probability that the text needs a person at once. From the table's
    // threshold on it makes C0 and C1 a C2, with the reason "model.high"; what no longer is sure enough for that are
    // texts of law, stories, jokes, idioms and denials, which need the table's second threshold. It never lowers, and is not
    // asked about a word or two.
    screening look(std::string_view text, std::optional<double> p_high = std::nullopt) const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace dialogs
