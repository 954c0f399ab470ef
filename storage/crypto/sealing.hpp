#pragma once
// AES-256-GCM on the journal's hot path: appends to a buffer of the caller, keeps the cipher context and a
// pool of random nonces per thread, and expands a key once for all fields sealed with it in a row.

#include "storage/crypto/keyring.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace storage {

// What sealing adds to a field: version byte, nonce, tag.
inline constexpr std::size_t seal_overhead = 1 + 12 + 16;

// Appends the sealed field to `out`.
void seal_to(std::string& out, const data_key& key, std::string_view place, std::string_view clear);

}  // namespace storage
