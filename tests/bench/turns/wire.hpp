#pragma once
// The platform's side of the WeChat wire: signatures and the safe-mode envelope. Written apart from the
// server's own code, on OpenSSL alone, so that a fault the two would share cannot hide in a benchmark.

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace load {

struct account {
    std::string token = "token";
    std::string app_id = "wx1234567890abcdef";
    std::string aes_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";  // 43 characters of base64
    std::string original_id = "gh_0123456789ab";
    bool safe = true;  // false: plain mode, nothing is encrypted
};

using hex_digest = std::array<char, 40>;

// Reuses its cipher contexts and buffers: one thread at a time.
class codec {
public:
    // Throws std::invalid_argument for a key that is not 43 characters of base64.
    explicit codec(const account& as);
    ~codec();
    codec(const codec&) = delete;

    // Lower-case hex SHA-1 of the parts in byte order. Reorders the parts.
    hex_digest sign(std::span<std::string_view> parts);

    // Appends base64(AES(prefix | length | clear | app id)) to out. prefix: the 16 bytes in front.
    void seal(std::string_view clear, std::string_view prefix, std::string& out);

    // The clear text, valid until the next call; empty with a reason when the envelope is not sound.
    std::string_view open(std::string_view base64, const char*& reason);

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

// The text of the first <tag> in xml, CDATA sections joined or entities resolved. tag with its brackets:
// "<Content>". False when there is no such element.
bool element(std::string_view xml, std::string_view tag, std::string& text);

}  // namespace load
