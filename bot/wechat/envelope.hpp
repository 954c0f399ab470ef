#pragma once
// The encrypted envelope (protocol §3): AES-256-CBC under the account's 43-character key, PKCS#7 with blocks of 32
// bytes, around random(16) ‖ length(4, big-endian) ‖ message ‖ receive id.

#include "bot/base/error.hpp"
#include "bot/wechat/openssl.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bot::wechat {

// One key with its cipher contexts and buffers. One thread at a time.
class envelope {
public:
    // receive_id: the app id (WeCom: the corp id) that every message must carry.
    // Throws std::invalid_argument for a key that is not 43 characters of base64.
    envelope(std::string_view aes_key, std::string receive_id);

    // Decrypts what stands in Encrypt. The message is a view into this object, valid until its next call. Call it only
    // for text whose msg_signature was right: then there is no padding oracle.
    // Errors: bad_envelope (base64, padding, length), wrong_receiver (made for another receive id).
    bot::result<std::string_view> open(std::string_view base64);

    // Appends the text of Encrypt. random: fresh, never used before.
    void seal(std::string_view message, std::span<const unsigned char, 16> random, std::string& base64);

private:
    void lay_out(std::string_view message, std::span<const unsigned char, 16> random);

    std::string receive_id_;
    std::vector<unsigned char> iv_;
    cipher_context decrypt_;
    cipher_context encrypt_;
    std::vector<unsigned char> decrypted_;
    std::vector<unsigned char> encrypted_;
};

// Fresh random bytes for envelopes, taken from the system generator by the page.
class random_prefixes {
public:
    // Valid until the next call.
    std::span<const unsigned char, 16> next();

private:
    std::vector<unsigned char> page_;
    std::size_t used_ = 0;
};

}  // namespace bot::wechat
