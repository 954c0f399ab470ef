// Any text as ciphertext, and any bytes as what lies under the cipher: the envelope refuses or gives what was sealed.

#include "bot/wechat/base64.hpp"
#include "bot/wechat/envelope.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace bot::wechat;

// The fuzzer cannot encrypt, so that a layout of its own making is encrypted for it.
std::string encrypted(std::string_view clear)
{
    std::array<unsigned char, 32> key{};  // what 43 times 'A' means
    cipher_context context(EVP_CIPHER_CTX_new());
    EVP_CipherInit_ex2(context.get(), fetched_algorithms().aes_256_cbc.get(), key.data(), key.data(), 1, nullptr);
    EVP_CIPHER_CTX_set_padding(context.get(), 0);
    std::string cipher(clear.size() / 32 * 32, '\0');
    int done = 0;
    auto* out = reinterpret_cast<unsigned char*>(cipher.data());
    EVP_CipherUpdate(
        context.get(), out, &done, reinterpret_cast<const unsigned char*>(clear.data()), static_cast<int>(cipher.size())
    );
    std::string base64;
    append_base64(base64, {out, cipher.size()});
    return base64;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static envelope key(std::string(43, 'A'), "wxba5fad812f8e6fb9");
    static random_prefixes prefixes;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)key.open(text);
    if (const auto opened = key.open(encrypted(text)); opened && opened->size() > size)
        std::abort();

    std::string sealed;
    key.seal(text, prefixes.next(), sealed);
    const auto opened = key.open(sealed);
    if (!opened || *opened != text)
        std::abort();
    return 0;
}
