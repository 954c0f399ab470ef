#pragma once
// The project's own sentences of every crisis level (dialogs/training/crisis/sentences.jsonl).

#include <string>
#include <string_view>
#include <vector>

struct crisis_sentence {
    std::string text;
    std::string level;  // "C0" … "C4", "V1" …, "A1" …
    std::string who;
    std::string kind;
    std::string note;

    int grade() const { return level.at(1) - '0'; }
};

// Throws std::runtime_error for a line that is not as it should be.
std::vector<crisis_sentence> read_crisis_sentences(std::string_view json_lines);

// Every fifth sentence: no rule and no model is made by them.
constexpr bool is_kept_apart(std::size_t index)
{
    return index % 5 == 4;
}
