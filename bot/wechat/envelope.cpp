#include "bot/wechat/envelope.hpp"

#include "bot/wechat/base64.hpp"
#include "bot/wechat/signature.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <new>
#include <stdexcept>

namespace bot::wechat {
namespace {

constexpr std::size_t block = 32;        // of the padding, twice that of AES
constexpr std::size_t random_size = 16;
constexpr std::size_t head_size = random_size + 4;
constexpr std::size_t smallest = 64;     // an app id of 18 characters and an empty message already need two blocks

std::vector<unsigned char> key_of(std::string_view aes_key)
{
    std::vector<unsigned char> key(33);
    std::string padded(aes_key);
    padded += '=';
    // The 43 characters carry 258 bits; the platform ignores the last two, and so does the decoder.
    if (aes_key.size() != 43 || aes_key.find('=') != aes_key.npos || decode_base64(padded, key.data()) != 32)
        throw std::invalid_argument("an AES key must be 43 characters of base64");
    key.resize(32);
    return key;
}

void require(int done)
{
    if (done != 1)
        throw std::runtime_error("OpenSSL failed to run AES-256-CBC");
}

cipher_context context_for(const std::vector<unsigned char>& key, bool encrypts)
{
    cipher_context context(EVP_CIPHER_CTX_new());
    if (!context)
        throw std::bad_alloc();
    const auto* cipher = fetched_algorithms().aes_256_cbc.get();
    require(EVP_CipherInit_ex2(context.get(), cipher, key.data(), key.data(), encrypts ? 1 : 0, nullptr));
    // OpenSSL would pad to 16 bytes; the platform pads to 32, so that we do it ourselves.
    require(EVP_CIPHER_CTX_set_padding(context.get(), 0));
    return context;
}

// The key schedule stays in the context; only the chain begins anew.
void run(EVP_CIPHER_CTX* context, const unsigned char* iv, unsigned char* bytes, std::size_t count)
{
    require(EVP_CipherInit_ex2(context, nullptr, nullptr, iv, -1, nullptr));
    int done = 0;
    require(EVP_CipherUpdate(context, bytes, &done, bytes, static_cast<int>(count)));
    if (static_cast<std::size_t>(done) != count)
        throw std::runtime_error("OpenSSL kept back a block of AES-256-CBC");
}

std::string_view without_outer_space(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const auto begin = text.find_first_not_of(space);
    if (begin == text.npos)
        return {};
    return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

// The count of bytes before the padding; 0 when the padding is broken.
std::size_t unpadded(std::span<const unsigned char> clear)
{
    const std::size_t pad = clear.back();
    if (pad < 1 || pad > block)
        return 0;
    const auto tail = clear.last(pad);
    const bool whole = std::all_of(tail.begin(), tail.end(), [&](unsigned char byte) { return byte == pad; });
    return whole ? clear.size() - pad : 0;
}

}  // namespace

envelope::envelope(std::string_view aes_key, std::string receive_id) : receive_id_(std::move(receive_id))
{
    const auto key = key_of(aes_key);
    iv_.assign(key.begin(), key.begin() + 16);
    decrypt_ = context_for(key, false);
    encrypt_ = context_for(key, true);
}

bot::result<std::string_view> envelope::open(std::string_view base64)
{
    base64 = without_outer_space(base64);
    if (base64.size() / 4 * 3 > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        return errc::bad_envelope;
    if (decrypted_.size() < base64.size() / 4 * 3)
        decrypted_.resize(base64.size() / 4 * 3);
    const auto decoded = decode_base64(base64, decrypted_.data());
    if (!decoded || *decoded < smallest || *decoded % block != 0)
        return errc::bad_envelope;
    run(decrypt_.get(), iv_.data(), decrypted_.data(), *decoded);

    const std::size_t end = unpadded({decrypted_.data(), *decoded});
    if (end < head_size)
        return errc::bad_envelope;
    const unsigned char* size_at = decrypted_.data() + random_size;
    const std::uint64_t size = std::uint64_t{size_at[0]} << 24 | size_at[1] << 16 | size_at[2] << 8 | size_at[3];
    if (size > end - head_size)
        return errc::bad_envelope;

    const auto* text = reinterpret_cast<const char*>(decrypted_.data());
    const std::string_view id(text + head_size + size, end - head_size - size);
    if (!same_in_constant_time(id, receive_id_))
        return errc::wrong_receiver;
    return std::string_view(text + head_size, size);
}

void envelope::seal(std::string_view message, std::span<const unsigned char, 16> random, std::string& base64)
{
    lay_out(message, random);
    run(encrypt_.get(), iv_.data(), encrypted_.data(), encrypted_.size());
    append_base64(base64, encrypted_);
}

void envelope::lay_out(std::string_view message, std::span<const unsigned char, 16> random)
{
    const std::uint64_t clear = std::uint64_t{head_size} + message.size() + receive_id_.size();
    if (clear > static_cast<std::uint64_t>(std::numeric_limits<int>::max()) - block)
        throw std::length_error("a message is too long for the envelope");
    const std::size_t pad = block - clear % block;
    encrypted_.resize(clear + pad);

    unsigned char* to = std::copy(random.begin(), random.end(), encrypted_.data());
    for (int shift = 24; shift >= 0; shift -= 8)
        *to++ = static_cast<unsigned char>(message.size() >> shift);
    to = std::copy(message.begin(), message.end(), to);
    to = std::copy(receive_id_.begin(), receive_id_.end(), to);
    std::fill_n(to, pad, static_cast<unsigned char>(pad));
}

std::span<const unsigned char, 16> random_prefixes::next()
{
    if (used_ == page_.size()) {
        page_.resize(4096);
        if (RAND_bytes(page_.data(), static_cast<int>(page_.size())) != 1)
            throw std::runtime_error("OpenSSL has no random bytes");
        used_ = 0;
    }
    const std::span<const unsigned char, 16> fresh(page_.data() + used_, 16);
    used_ += 16;
    return fresh;
}

}  // namespace bot::wechat
