#pragma once
// OpenSSL objects that free themselves, and the algorithms fetched once: a fetch by name costs more than the hash.

#include <openssl/evp.h>

#include <memory>

namespace bot::wechat {

struct openssl_free {
    void operator()(EVP_MD* md) const noexcept { EVP_MD_free(md); }
    void operator()(EVP_CIPHER* cipher) const noexcept { EVP_CIPHER_free(cipher); }
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
    void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};

using digest_context = std::unique_ptr<EVP_MD_CTX, openssl_free>;
using cipher_context = std::unique_ptr<EVP_CIPHER_CTX, openssl_free>;

struct algorithms {
    std::unique_ptr<EVP_MD, openssl_free> sha1;
    std::unique_ptr<EVP_MD, openssl_free> sha256;
    std::unique_ptr<EVP_CIPHER, openssl_free> aes_256_cbc;
};

// Safe from any thread. Throws std::runtime_error when the library lacks one of them.
const algorithms& fetched_algorithms();

}  // namespace bot::wechat
