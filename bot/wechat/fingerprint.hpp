#pragma once
// A short stable name of some bytes: the first half of SHA-256. The same on every replica and in every version.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace bot::wechat {

using fingerprint = std::array<std::uint8_t, 16>;

fingerprint fingerprint_of(std::string_view bytes);

// The first 64 bits in lower-case hex.
std::string short_hex(const fingerprint& of);

}  // namespace bot::wechat
