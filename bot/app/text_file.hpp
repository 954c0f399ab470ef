#pragma once
// Whole files as text, for the commands that read and write data.

#include <string>

namespace bot::app {

// A file that ends in .gz is unpacked. Throws std::runtime_error with the name and the reason.
std::string read_text_file(const std::string& path);

// Written beside and renamed, so that a reader sees the old file or the new one. Throws std::runtime_error.
void replace_file(const std::string& path, const std::string& bytes);

}  // namespace bot::app
