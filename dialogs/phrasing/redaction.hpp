#pragma once
// Takes out of a text what tells who somebody is, before the text leaves the house, and puts it back into the answer.
// Names the form knows and names people give themselves, telephone, identity and card numbers, addresses below the
// street, number plates, query codes. When unsure it hides: what is hidden too much comes back with the answer.

#include "dialogs/phrasing/phrasing_table.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

class redaction {
public:
    // names: as they stand in the citizen's form. The table must outlive this.
    redaction(const phrasing_table& table, std::span<const std::string> names);

    // The text with placeholders in place of what it hides; the same thing has the same placeholder.
    std::string hide(std::string_view text);

    // The answer with what the placeholders stand for. nullopt: it holds a placeholder that was never given.
    std::optional<std::string> restore(std::string_view answer) const;

    // Whether a text holds something hidden in clear, or a long number that was not given: such an answer is refused.
    bool leaks(std::string_view text) const;

private:
    struct hidden {
        std::string placeholder;
        std::string clear;
    };
    std::string put(std::string_view word, std::string_view clear);
    std::string hide_known(std::string text);
    std::string hide_after_leads(std::string text);
    std::string hide_numbers(const std::string& text);
    std::string hide_plates(const std::string& text);
    std::string hide_addresses(const std::string& text);

    const phrasing_table& table_;
    std::vector<std::string> names_;
    std::vector<hidden> hidden_;
};

}  // namespace dialogs
