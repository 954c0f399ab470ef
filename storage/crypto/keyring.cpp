#include "storage/crypto/keyring.hpp"

#include "storage/crypto/sealing.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <atomic>
#include <cstring>
#include <stdexcept>

namespace storage {
namespace {

using bytes32 = std::array<std::uint8_t, 32>;

struct free_mac {
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using mac_ptr = std::unique_ptr<EVP_MAC_CTX, free_mac>;

void must(bool ok, const char* what)
{
    if (!ok) throw std::runtime_error(what);
}

OSSL_PARAM text_parameter(const char* name, std::string_view value)
{
    return OSSL_PARAM_construct_utf8_string(name, const_cast<char*>(value.data()), value.size());
}

OSSL_PARAM bytes_parameter(const char* name, const void* value, std::size_t size)
{
    return OSSL_PARAM_construct_octet_string(name, const_cast<void*>(value), size);
}

// HKDF-SHA-256 without salt: the master key is uniformly random already; `purpose` keeps the derived keys
// apart.
bytes32 derive(const bytes32& master, std::string_view purpose)
{
    EVP_KDF* kdf = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
    must(kdf != nullptr, "HKDF is not available");
    EVP_KDF_CTX* context = EVP_KDF_CTX_new(kdf);
    EVP_KDF_free(kdf);
    const std::array parameters{
        text_parameter(OSSL_KDF_PARAM_DIGEST, "SHA256"),
        bytes_parameter(OSSL_KDF_PARAM_KEY, master.data(), master.size()),
        bytes_parameter(OSSL_KDF_PARAM_INFO, purpose.data(), purpose.size()),
        OSSL_PARAM_construct_end(),
    };
    bytes32 out{};
    const int ok = EVP_KDF_derive(context, out.data(), out.size(), parameters.data());
    EVP_KDF_CTX_free(context);
    must(ok == 1, "HKDF failed");
    return out;
}

mac_ptr make_hmac(const bytes32& key)
{
    EVP_MAC* mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    must(mac != nullptr, "HMAC is not available");
    mac_ptr context(EVP_MAC_CTX_new(mac));
    EVP_MAC_free(mac);
    const std::array parameters{text_parameter(OSSL_MAC_PARAM_DIGEST, "SHA256"), OSSL_PARAM_construct_end()};
    must(EVP_MAC_init(context.get(), key.data(), key.size(), parameters.data()) == 1, "HMAC failed");
    return context;
}

std::string wrap_place(std::int64_t citizen)
{
    return "citizen|wrapped_key|" + std::to_string(citizen);
}

std::atomic<std::uint64_t> keyrings{0};

}  // namespace

data_key::~data_key()
{
    OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

struct keyring::impl {
    explicit impl(const bytes32& master)
        : wrapping(derive(master, "hejie wrapping key 1")),
          hashing(make_hmac(derive(master, "hejie hash key 1")))
    {
    }
    data_key wrapping;
    mac_ptr hashing;  // keyed, never fed: threads duplicate it
    const std::uint64_t serial = ++keyrings;
};

keyring::keyring(const std::array<std::uint8_t, 32>& master) : impl_(std::make_unique<impl>(master)) {}
keyring::~keyring() = default;

data_key keyring::make_data_key() const
{
    bytes32 fresh;
    must(RAND_priv_bytes(fresh.data(), static_cast<int>(fresh.size())) == 1, "no random source");
    data_key key(fresh);
    OPENSSL_cleanse(fresh.data(), fresh.size());
    return key;
}

std::string keyring::wrap(const data_key& key, std::int64_t citizen) const
{
    const auto* clear = reinterpret_cast<const char*>(key.bytes().data());
    return seal(impl_->wrapping, wrap_place(citizen), {clear, key.bytes().size()});
}

bot::result<data_key> keyring::unwrap(std::string_view wrapped, std::int64_t citizen) const
{
    auto clear = open(impl_->wrapping, wrap_place(citizen), wrapped);
    if (!clear) return clear.error();
    bytes32 bytes{};
    if (clear->size() != bytes.size()) return bot::errc::bad_key;
    std::memcpy(bytes.data(), clear->data(), bytes.size());
    OPENSSL_cleanse(clear->data(), clear->size());
    data_key key(bytes);
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return key;
}

short_hash keyring::hash(std::string_view kind, std::string_view value) const
{
    // Resetting a context that has the key is several times cheaper than making one: one per thread.
    struct slot {
        std::uint64_t serial = 0;
        mac_ptr context;
    };
    thread_local slot mine;
    if (mine.serial != impl_->serial) {
        mine.context.reset(EVP_MAC_CTX_dup(impl_->hashing.get()));
        must(mine.context != nullptr, "HMAC failed");
        mine.serial = impl_->serial;
    } else {
        must(EVP_MAC_init(mine.context.get(), nullptr, 0, nullptr) == 1, "HMAC failed");
    }

    const auto feed = [](std::string_view part) {
        const auto* bytes = reinterpret_cast<const unsigned char*>(part.data());
        must(EVP_MAC_update(mine.context.get(), bytes, part.size()) == 1, "HMAC failed");
    };
    feed(kind);
    feed(std::string_view("\0", 1));
    feed(value);
    bytes32 full{};
    std::size_t size = 0;
    must(EVP_MAC_final(mine.context.get(), full.data(), &size, full.size()) == 1, "HMAC failed");
    short_hash out;
    std::memcpy(out.data(), full.data(), out.size());
    return out;
}

}  // namespace storage
