#pragma once
// The numbered SQL files as the build embedded them, read into steps.

#include <string>
#include <string_view>
#include <vector>

namespace storage {

struct schema_file {
    int version = 0;
    std::string name;      // "0001_spine.sql"
    std::string checksum;  // SHA-256 of the file, hexadecimal
    std::vector<std::string> statements;
};

// Those of one engine, in order. Throws std::logic_error when the embedded files are misnumbered.
std::vector<schema_file> schema_files_of(std::string_view engine);

// Cuts SQL into statements at ';', not inside quotes; `--` comments are dropped.
std::vector<std::string> split_statements(std::string_view sql);

}  // namespace storage
