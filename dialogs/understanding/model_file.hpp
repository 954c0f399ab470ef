#pragma once
// Trained numbers as bytes and back. A file: "HJM1", its kind (L linear, V vectors), three zeros, a 64-bit FNV-1a of the
// rest, then numbers, texts and lists, each list with its length before it, all little-endian. A broken file is an error
// with a reason, never a wrong answer.

#include "dialogs/understanding/linear_model.hpp"
#include "dialogs/understanding/word_vectors.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace dialogs {

// what() is "NAME: reason", of the name given to the reader.
class broken_model : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

std::string write_model(const linear_model& model);
std::string write_vectors(const vector_table& table);

// Both throw broken_model.
linear_model read_model(std::string_view name, std::string_view bytes);
vector_table read_vectors(std::string_view name, std::string_view bytes);

// FNV-1a: tells files and texts apart, protects against nobody.
std::uint64_t fingerprint(std::string_view bytes);

}  // namespace dialogs
