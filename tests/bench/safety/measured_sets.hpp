#pragma once
// The texts that the safety screen is measured on, with their levels (dialogs/training/crisis/README.md says whose).

#include <filesystem>
#include <string>
#include <vector>

struct measured_text {
    std::string id;     // "own-4", "psych-17", "law-3"
    std::string text;
    std::string level;  // "C0" … "C4", "V1" …, "A1" …

    int grade() const { return level.at(1) - '0'; }
};

// The name of the own sentences that neither rules nor models were made by.
inline constexpr const char* kept_apart_name = "own sentences, kept apart";

struct measured_set {
    std::string name;
    std::vector<measured_text> texts;
    std::string hash;  // of the texts and levels, in their order
};

// What is there: the project's own sentences always; openings and legal questions when `data` has their files.
std::vector<measured_set> read_measured_sets(const std::filesystem::path& source, const std::filesystem::path& data);

std::string content_of(const std::filesystem::path& file);
std::string sha256_hex(std::string_view bytes);
