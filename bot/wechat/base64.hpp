#pragma once
// Base64 with the standard alphabet, as the envelope uses it.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bot::wechat {

constexpr std::size_t base64_length(std::size_t bytes) { return (bytes + 2) / 3 * 4; }

// Appends the padded form.
void append_base64(std::string& out, std::span<const unsigned char> bytes);

// Writes the decoded bytes to out, which must hold text.size() / 4 * 3 bytes, and gives their count. nullopt for a
// character outside the alphabet, a length that is no multiple of four, or padding elsewhere than at the end. Bits that
// are left over before the padding are ignored, as the platform's own decoder does.
std::optional<std::size_t> decode_base64(std::string_view text, unsigned char* out);

}  // namespace bot::wechat
