#pragma once
// UTF-8 at the edge of the platform: what may come in, what may go out, and where a text may be cut.

#include <cstddef>
#include <string>
#include <string_view>

namespace bot::wechat {

// No overlong form, no surrogate, nothing above U+10FFFF.
bool valid_utf8(std::string_view text) noexcept;

// The code point at the front of the text, which must not be empty.
struct code_point {
    char32_t value = 0;    // U+FFFD where the sequence is invalid
    std::size_t size = 0;  // bytes; 0 where the sequence is invalid
};
code_point first_code_point(std::string_view text) noexcept;

// Whether XML 1.0 allows the character.
bool legal_in_xml(char32_t c) noexcept;

// The bytes at the front that are valid UTF-8 and legal in XML.
std::size_t legal_prefix(std::string_view text) noexcept;

// Appends the text without the characters that XML 1.0 forbids; each byte that is no part of
// valid UTF-8 becomes U+FFFD.
void append_legal(std::string& out, std::string_view text);

// The longest beginning of at most max bytes that splits neither a character nor an emoji made of several (joined by
// ZWJ, with a skin tone, a variation selector, a keycap, a flag). text: valid UTF-8. A run that never offers a
// boundary within 256 bytes is cut between two characters.
std::string_view cut_text(std::string_view text, std::size_t max) noexcept;

}  // namespace bot::wechat
