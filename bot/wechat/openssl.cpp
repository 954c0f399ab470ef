#include "bot/wechat/openssl.hpp"

#include <stdexcept>

namespace bot::wechat {

const algorithms& fetched_algorithms()
{
    static const algorithms all = [] {
        algorithms found;
        found.sha1.reset(EVP_MD_fetch(nullptr, "SHA1", nullptr));
        found.sha256.reset(EVP_MD_fetch(nullptr, "SHA256", nullptr));
        found.aes_256_cbc.reset(EVP_CIPHER_fetch(nullptr, "AES-256-CBC", nullptr));
        if (!found.sha1 || !found.sha256 || !found.aes_256_cbc)
            throw std::runtime_error("OpenSSL lacks SHA-1, SHA-256 or AES-256-CBC");
        return found;
    }();
    return all;
}

}  // namespace bot::wechat
