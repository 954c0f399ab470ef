#include "storage/crypto/sealing.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace storage {
namespace {

// The first byte of a sealed field: AES-256-GCM, 96-bit nonce, 128-bit tag. Append versions, never reuse one.
constexpr unsigned char seal_version = 1;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;

// A forked child inherits the pool: without this, parent and child would use the same nonces.
std::atomic<unsigned> forks{0};
const int fork_watch =
    pthread_atfork(nullptr, nullptr, [] { forks.fetch_add(1, std::memory_order_relaxed); });

void must(int ok, const char* what)
{
    if (ok != 1) throw std::runtime_error(what);
}

struct free_context {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using context_ptr = std::unique_ptr<EVP_CIPHER_CTX, free_context>;

// Fetching a cipher by name costs more than sealing a field: once per process.
const EVP_CIPHER* aes_256_gcm()
{
    static EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return cipher;
}

const unsigned char* raw(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

// One direction of the cipher with the key that it was last used with.
class keyed_cipher {
public:
    explicit keyed_cipher(bool encrypt) : context_(EVP_CIPHER_CTX_new()), encrypt_(encrypt)
    {
        must(context_ != nullptr, "no cipher context");
        must(EVP_CipherInit_ex(context_.get(), aes_256_gcm(), nullptr, nullptr, nullptr, encrypt_), "cipher");
    }
    ~keyed_cipher() { OPENSSL_cleanse(key_.data(), key_.size()); }
    keyed_cipher(const keyed_cipher&) = delete;

    EVP_CIPHER_CTX* start(const data_key& key, const unsigned char* nonce, std::string_view place)
    {
        const bool same = has_key_ && CRYPTO_memcmp(key.bytes().data(), key_.data(), key_.size()) == 0;
        const unsigned char* expand = same ? nullptr : key.bytes().data();
        must(EVP_CipherInit_ex(context_.get(), nullptr, nullptr, expand, nonce, encrypt_), "cipher start");
        key_ = key.bytes();
        has_key_ = true;
        int written = 0;
        must(EVP_CipherUpdate(context_.get(), nullptr, &written, &seal_version, 1), "version");
        if (!place.empty()) {
            const auto size = static_cast<int>(place.size());
            must(EVP_CipherUpdate(context_.get(), nullptr, &written, raw(place), size), "place");
        }
        return context_.get();
    }

private:
    context_ptr context_;
    int encrypt_;
    std::array<std::uint8_t, 32> key_{};
    bool has_key_ = false;
};

// Random bytes in portions: a call of the system's generator for every field would cost more than the cipher.
class nonce_pool {
public:
    void take(unsigned char* out)
    {
        const unsigned now = forks.load(std::memory_order_relaxed);
        if (left_ < nonce_size || now != forks_) {
            must(RAND_bytes(pool_.data(), static_cast<int>(pool_.size())), "random source");
            left_ = pool_.size();
            forks_ = now;
        }
        left_ -= nonce_size;
        std::memcpy(out, pool_.data() + left_, nonce_size);
    }

private:
    std::array<unsigned char, 256 * nonce_size> pool_{};
    std::size_t left_ = 0;
    unsigned forks_ = 0;
};

}  // namespace

void seal_to(std::string& out, const data_key& key, std::string_view place, std::string_view clear)
{
    thread_local keyed_cipher cipher(true);
    thread_local nonce_pool nonces;

    const std::size_t start = out.size();
    out.resize(start + seal_overhead + clear.size());
    auto* sealed = reinterpret_cast<unsigned char*>(out.data()) + start;
    sealed[0] = seal_version;
    nonces.take(sealed + 1);

    EVP_CIPHER_CTX* context = cipher.start(key, sealed + 1, place);
    unsigned char* body = sealed + 1 + nonce_size;
    int written = 0;
    must(EVP_CipherUpdate(context, body, &written, raw(clear), static_cast<int>(clear.size())), "seal");
    int last = 0;
    must(EVP_CipherFinal_ex(context, body + written, &last), "seal end");
    must(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, tag_size, body + clear.size()), "tag");
}

std::string seal(const data_key& key, std::string_view place, std::string_view clear)
{
    std::string out;
    out.reserve(clear.size() + seal_overhead);
    seal_to(out, key, place, clear);
    return out;
}

bot::result<std::string> open(const data_key& key, std::string_view place, std::string_view sealed)
{
    if (sealed.size() < seal_overhead || static_cast<unsigned char>(sealed[0]) != seal_version)
        return bot::errc::bad_key;
    thread_local keyed_cipher cipher(false);

    const std::size_t size = sealed.size() - seal_overhead;
    const unsigned char* body = raw(sealed) + 1 + nonce_size;
    EVP_CIPHER_CTX* context = cipher.start(key, raw(sealed) + 1, place);
    std::string clear(size, '\0');
    auto* out = reinterpret_cast<unsigned char*>(clear.data());
    int written = 0;
    must(EVP_CipherUpdate(context, out, &written, body, static_cast<int>(size)), "open");
    std::array<unsigned char, tag_size> tag;
    std::memcpy(tag.data(), body + size, tag_size);
    must(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, tag_size, tag.data()), "tag");
    int last = 0;
    if (EVP_CipherFinal_ex(context, out + written, &last) != 1) {
        OPENSSL_cleanse(clear.data(), clear.size());
        return bot::errc::bad_key;
    }
    return clear;
}

}  // namespace storage
