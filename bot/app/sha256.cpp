#include "bot/app/sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace bot::app {

namespace {

void must(int ok)
{
    if (ok != 1)
        throw std::runtime_error("SHA-256 is not available");
}

}  // namespace

void sha256::release::operator()(evp_md_ctx_st* context) const
{
    EVP_MD_CTX_free(context);
}

sha256::sha256() : context_(EVP_MD_CTX_new())
{
    must(context_ ? EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) : 0);
}

void sha256::add(std::string_view bytes)
{
    must(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

std::string sha256::hex()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    must(EVP_DigestFinal_ex(context_.get(), digest.data(), &size));
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned i = 0; i < size; ++i)
        text.append({digits[digest[i] >> 4U], digits[digest[i] & 15U]});
    return text;
}

std::string sha256::of(std::string_view bytes)
{
    sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

}  // namespace bot::app
