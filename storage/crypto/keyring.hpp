#pragma once
// Field encryption. Every citizen has a data key (AES-256-GCM) wrapped by a master key from the configuration;
// destroying the wrapped key erases the person. Equality search goes by keyed hashes (HMAC-SHA-256, own key).
// Safe from any thread.

#include "bot/base/error.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace storage {

// 32 bytes, clear. Wiped when destroyed.
class data_key {
public:
    data_key() = default;
    explicit data_key(const std::array<std::uint8_t, 32>& bytes) : bytes_(bytes) {}
    data_key(const data_key&) = default;
    data_key& operator=(const data_key&) = default;
    ~data_key();
    const std::array<std::uint8_t, 32>& bytes() const { return bytes_; }

private:
    std::array<std::uint8_t, 32> bytes_{};
};

using short_hash = std::array<std::uint8_t, 16>;

class keyring {
public:
    // master: 32 bytes. The wrapping key and the hash key are derived from it (HKDF-SHA-256).
    explicit keyring(const std::array<std::uint8_t, 32>& master);
    ~keyring();
    keyring(const keyring&) = delete;

    data_key make_data_key() const;  // from the system's random source
    // Wrapped form for the citizen's row; bound to that citizen.
    std::string wrap(const data_key& key, std::int64_t citizen) const;
    bot::result<data_key> unwrap(std::string_view wrapped, std::int64_t citizen) const;  // bad_key

    // Keyed hash for equality search; `kind` keeps hashes of different fields apart ("address", "phone", "delivery").
    short_hash hash(std::string_view kind, std::string_view value) const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

// Sealed field: version byte, 96-bit random nonce, ciphertext, 128-bit tag. The place ("table|column|row id") is
// authenticated with it, so that a value moved to another row does not open.
std::string seal(const data_key& key, std::string_view place, std::string_view clear);
bot::result<std::string> open(const data_key& key, std::string_view place, std::string_view sealed);  // bad_key

}  // namespace storage
