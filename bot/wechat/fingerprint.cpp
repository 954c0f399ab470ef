#include "bot/wechat/fingerprint.hpp"

#include "bot/wechat/openssl.hpp"

#include <algorithm>
#include <stdexcept>

namespace bot::wechat {

fingerprint fingerprint_of(std::string_view bytes)
{
    std::array<unsigned char, 32> digest;
    if (EVP_Digest(
            bytes.data(), bytes.size(), digest.data(), nullptr, fetched_algorithms().sha256.get(), nullptr
        ) != 1)
        throw std::runtime_error("OpenSSL failed to compute SHA-256");
    fingerprint made;
    std::copy_n(digest.begin(), made.size(), made.begin());
    return made;
}

std::string short_hex(const fingerprint& of)
{
    constexpr std::string_view hex = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < 8; ++i) {
        text += hex[of[i] >> 4];
        text += hex[of[i] & 15];
    }
    return text;
}

}  // namespace bot::wechat
