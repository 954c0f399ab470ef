#include "bot/wechat/signature.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <new>
#include <stdexcept>

namespace bot::wechat {
namespace {

void require(int done)
{
    if (done != 1)
        throw std::runtime_error("OpenSSL failed to compute SHA-1");
}

}  // namespace

bool same_in_constant_time(std::string_view a, std::string_view b) noexcept
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

signer::signer() : context_(EVP_MD_CTX_new())
{
    if (!context_)
        throw std::bad_alloc();
}

signature_hex signer::sign(std::initializer_list<std::string_view> parts)
{
    std::array<std::string_view, 4> sorted;
    if (parts.size() > sorted.size())
        throw std::invalid_argument("a signature has at most four parts");
    // std::string_view compares as unsigned bytes, which is the order the platform uses.
    const auto end = std::copy(parts.begin(), parts.end(), sorted.begin());
    std::sort(sorted.begin(), end);

    require(EVP_DigestInit_ex2(context_.get(), fetched_algorithms().sha1.get(), nullptr));
    for (auto part = sorted.begin(); part != end; ++part)
        require(EVP_DigestUpdate(context_.get(), part->data(), part->size()));
    return finish();
}

bool signer::matches(std::string_view given, std::initializer_list<std::string_view> parts)
{
    return same_in_constant_time(given, sign(parts).text());
}

signature_hex signer::hash(std::string_view text)
{
    require(EVP_DigestInit_ex2(context_.get(), fetched_algorithms().sha1.get(), nullptr));
    require(EVP_DigestUpdate(context_.get(), text.data(), text.size()));
    return finish();
}

signature_hex signer::finish()
{
    std::array<unsigned char, 20> digest;
    require(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr));
    constexpr std::string_view hex = "0123456789abcdef";
    signature_hex made;
    for (std::size_t i = 0; i < digest.size(); ++i) {
        made.digits[2 * i] = hex[digest[i] >> 4];
        made.digits[2 * i + 1] = hex[digest[i] & 15];
    }
    return made;
}

}  // namespace bot::wechat
