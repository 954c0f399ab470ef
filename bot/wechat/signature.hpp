#pragma once
// The platform's signatures: SHA-1 in lower-case hex over the parts, sorted by unsigned bytes and joined without
// separators (protocol §1.1). Three parts (token, timestamp, nonce) sign the address, a fourth (Encrypt) the body.

#include "bot/wechat/openssl.hpp"

#include <array>
#include <span>
#include <string_view>

namespace bot::wechat {

// Compares in a time that depends on the lengths only.
bool same_in_constant_time(std::string_view a, std::string_view b) noexcept;

// SHA-1 in hex; as text() it is what the platform sends.
struct signature_hex {
    std::array<char, 40> digits;
    std::string_view text() const { return {digits.data(), digits.size()}; }
};

// One thread at a time: it reuses its context.
class signer {
public:
    signer();

    // At most four parts.
    signature_hex sign(std::initializer_list<std::string_view> parts);
    bool matches(std::string_view given, std::initializer_list<std::string_view> parts);

    // SHA-1 of the text as it is.
    signature_hex hash(std::string_view text);

private:
    signature_hex finish();

    digest_context context_;
};

}  // namespace bot::wechat
