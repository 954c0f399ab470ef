#pragma once
// The safety screen: looks at every inbound first, in any state of any dialogue (domain reference §20). Here a reviewed
// phrase table (dialogs/lexicon/safety.yaml) with guards for negation, third person, idioms and legal context; when
// unsure the higher level is taken. Cannot fail: its table is loaded or the engine does not start.

#include <memory>
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
    std::vector<std::string> reasons;  // rule ids, never the text
};

class safety_screen {
public:
    // yaml: the content of lexicon/safety.yaml; path for error messages. Throws flow_error (engine.hpp) with all faults.
    safety_screen(std::string_view path, std::string_view yaml);
    ~safety_screen();
    safety_screen(safety_screen&&) noexcept;

    screening look(std::string_view text) const;  // never throws; microseconds

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace dialogs
