#pragma once
// The safety screen's table as loaded from lexicon/safety.yaml: what each phrase is for, and the patterns to find it.

#include "dialogs/understanding/pattern_table.hpp"
#include "dialogs/understanding/safety_screen.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

enum class phrase_kind : std::uint8_t {
    rule, harmless, group, self, other, report, object_marker, event, negation, not_negation, ask,
};

enum class about : std::uint8_t { decided_by_context, self, other };

struct safety_rule {
    std::string id;
    crisis_level level = crisis_level::c0;
    std::uint32_t unless = 0;       // bits of groups
    std::uint32_t unless_told = 0;  // the same, when the writer does not speak of himself
    std::uint32_t unless_own = 0;   // the same, when no word for the writer stands shortly before the phrase
    about whom = about::decided_by_context;
    std::uint32_t seen_by = 0;      // bits of groups: about another, when the writer does not speak of himself
    bool violence = false;
    bool abuse = false;
    bool negatable = true;
};

// What a phrase is for: `index` is the rule, or the bit of the group. Spread: its parts may stand apart (written with ~).
struct phrase_owner {
    phrase_kind kind = phrase_kind::rule;
    std::uint32_t index = 0;
    bool spread = false;
};

// From which probability on a model is believed. Guarded: a group of `guards` is named, an idiom stands in the text, or
// what a rule found was denied. Shortest: characters of a text that it is asked about at all.
struct model_trust {
    double threshold = 1;
    double guarded = 1;
    std::size_t shortest = 0;
    std::uint32_t guards = 0;  // bits of groups
};

struct safety_table {
    model_trust model;
    std::vector<safety_rule> rules;
    std::vector<phrase_owner> owners;
    pattern_table patterns;
    std::vector<char16_t> variants;  // by code point of the basic plane; 0: itself

    char32_t plain(char32_t point) const
    {
        return point < variants.size() && variants[point] != 0 ? char32_t{variants[point]} : point;
    }
};

// Throws flow_error with all faults.
safety_table read_safety_table(std::string_view path, std::string_view yaml);

}  // namespace dialogs
