#pragma once
// Groups of phrases that speak for something: the dispute categories' phrases and those of lexicon/word_groups.yaml. Their
// scores are features of the models, so a phrase that a clerk adds counts at once, without training.

#include "dialogs/understanding/pattern_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

class hint_table {
public:
    // Both YAML files, each with its path for messages. Throws flow_error with all faults.
    hint_table(
        std::string_view types_path, std::string_view dispute_types, std::string_view groups_path,
        std::string_view word_groups
    );

    // "type.contract" …, then the ids of the groups; a model knows its groups by these names.
    const std::vector<std::string>& names() const { return names_; }
    // By position of the name: 0 when no phrase was said, about 1 for one phrase of four characters. Takes folded text.
    std::vector<float> scores(std::u32string_view folded) const;

private:
    void add(std::string_view path, std::string_view yaml, const char* list, std::string_view prefix);

    std::vector<std::string> names_;
    pattern_table phrases_;  // the owner is the position of the name
};

}  // namespace dialogs
