#include "tests/bench/turns/wire.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace load {

namespace {

constexpr std::size_t block = 32;  // the platform pads to 32, not to the cipher's 16
constexpr std::size_t head = 20;   // 16 bytes of prefix and the length

struct freed {
    void operator()(EVP_MD* p) const { EVP_MD_free(p); }
    void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
    void operator()(EVP_CIPHER* p) const { EVP_CIPHER_free(p); }
    void operator()(EVP_CIPHER_CTX* p) const { EVP_CIPHER_CTX_free(p); }
};
template <class T>
using owned = std::unique_ptr<T, freed>;

void must(int ok)
{
    if (ok != 1) throw std::runtime_error("OpenSSL refused a cipher or digest call");
}

unsigned char* bytes(std::string& s)
{
    return reinterpret_cast<unsigned char*>(s.data());
}
const unsigned char* bytes(std::string_view s)
{
    return reinterpret_cast<const unsigned char*>(s.data());
}

// EVP_DecodeBlock gives whole groups of three: what the '=' stand for is taken off again. False: not base64.
bool decode(std::string_view base64, std::string& out)
{
    out.resize(base64.size() / 4 * 3);
    if (base64.empty() || base64.size() % 4 != 0) return false;
    int got = EVP_DecodeBlock(bytes(out), bytes(base64), static_cast<int>(base64.size()));
    if (got < 0) return false;
    std::size_t padding = base64.ends_with("==") ? 2 : base64.ends_with('=') ? 1 : 0;
    out.resize(static_cast<std::size_t>(got) - padding);
    return true;
}

}  // namespace

struct codec::impl {
    std::string app_id, key;
    owned<EVP_MD> sha1{EVP_MD_fetch(nullptr, "SHA1", nullptr)};
    owned<EVP_MD_CTX> digest{EVP_MD_CTX_new()};
    owned<EVP_CIPHER> aes{EVP_CIPHER_fetch(nullptr, "AES-256-CBC", nullptr)};
    owned<EVP_CIPHER_CTX> sealing{EVP_CIPHER_CTX_new()};
    owned<EVP_CIPHER_CTX> opening{EVP_CIPHER_CTX_new()};
    std::string clear, cipher;
};

codec::codec(const account& as) : impl_(std::make_unique<impl>())
{
    auto& i = *impl_;
    i.app_id = as.app_id;
    must(EVP_DigestInit_ex2(i.digest.get(), i.sha1.get(), nullptr));
    if (!as.safe) return;
    if (as.aes_key.size() != 43 || !decode(as.aes_key + "=", i.key) || i.key.size() != 32)
        throw std::invalid_argument("the AES key must be 43 characters of base64");
    must(EVP_EncryptInit_ex2(i.sealing.get(), i.aes.get(), bytes(i.key), bytes(i.key), nullptr));
    must(EVP_DecryptInit_ex2(i.opening.get(), i.aes.get(), bytes(i.key), bytes(i.key), nullptr));
    EVP_CIPHER_CTX_set_padding(i.sealing.get(), 0);
    EVP_CIPHER_CTX_set_padding(i.opening.get(), 0);
}

codec::~codec() = default;

hex_digest codec::sign(std::span<std::string_view> parts)
{
    std::ranges::sort(parts);
    auto* digest = impl_->digest.get();
    must(EVP_DigestInit_ex2(digest, nullptr, nullptr));
    for (auto part : parts) EVP_DigestUpdate(digest, part.data(), part.size());
    unsigned char raw[EVP_MAX_MD_SIZE];
    must(EVP_DigestFinal_ex(digest, raw, nullptr));
    hex_digest hex;
    for (std::size_t i = 0; i < 20; ++i) {
        hex[2 * i] = "0123456789abcdef"[raw[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[raw[i] & 15];
    }
    return hex;
}

void codec::seal(std::string_view clear, std::string_view prefix, std::string& out)
{
    auto& text = impl_->clear;
    const auto size = static_cast<std::uint32_t>(clear.size());
    const char length[4] = {
        static_cast<char>(size >> 24),
        static_cast<char>(size >> 16),
        static_cast<char>(size >> 8),
        static_cast<char>(size)
    };
    text.assign(prefix.substr(0, 16));
    text.append(length, 4).append(clear).append(impl_->app_id);
    const auto pad = block - text.size() % block;
    text.append(pad, static_cast<char>(pad));

    auto& cipher = impl_->cipher;
    cipher.resize(text.size() + block);
    int done = 0;
    must(EVP_EncryptInit_ex2(impl_->sealing.get(), nullptr, nullptr, bytes(impl_->key), nullptr));
    must(EVP_EncryptUpdate(
        impl_->sealing.get(), bytes(cipher), &done, bytes(text), static_cast<int>(text.size())
    ));

    const auto at = out.size();
    out.resize(at + text.size() / 3 * 4 + 8);
    int written = EVP_EncodeBlock(bytes(out) + at, bytes(cipher), done);
    out.resize(at + static_cast<std::size_t>(written));
}

std::string_view codec::open(std::string_view base64, const char*& reason)
{
    auto& cipher = impl_->cipher;
    reason = "the cipher text is not base64 of whole blocks";
    if (!decode(base64, cipher) || cipher.size() % block != 0 || cipher.size() < 2 * block) return {};
    auto& text = impl_->clear;
    text.resize(cipher.size() + block);
    int done = 0;
    must(EVP_DecryptInit_ex2(impl_->opening.get(), nullptr, nullptr, bytes(impl_->key), nullptr));
    must(EVP_DecryptUpdate(
        impl_->opening.get(), bytes(text), &done, bytes(cipher), static_cast<int>(cipher.size())
    ));
    const auto size = static_cast<std::size_t>(done);

    reason = "the padding is wrong";
    const auto pad = static_cast<unsigned char>(text[size - 1]);
    if (pad < 1 || pad > block || text.find_first_not_of(static_cast<char>(pad), size - pad) < size)
        return {};
    std::uint64_t length = 0;
    for (std::size_t i = 16; i < head; ++i) length = length << 8 | static_cast<unsigned char>(text[i]);
    reason = "the length does not fit";
    if (head + length > size - pad) return {};
    reason = "it is for another app id";
    if (std::string_view(text).substr(head + length, size - pad - head - length) != impl_->app_id) return {};
    reason = "it is empty";
    return std::string_view(text).substr(head, length);
}

namespace {

void append_unescaped(std::string_view in, std::string& text)
{
    static constexpr std::pair<std::string_view, char> entities[] = {
        {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&#10;", '\n'}, {"&amp;", '&'}
    };
    for (std::size_t i = 0; i < in.size();) {
        auto known =
            std::ranges::find_if(entities, [&](auto& e) { return in.substr(i).starts_with(e.first); });
        const bool found = in[i] == '&' && known != std::end(entities);
        text += found ? known->second : in[i];
        i += found ? known->first.size() : 1;
    }
}

}  // namespace

bool element(std::string_view xml, std::string_view tag, std::string& text)
{
    constexpr std::string_view opening = "<![CDATA[", closing = "]]>";
    text.clear();
    auto at = xml.find(tag);
    if (at == xml.npos) return false;
    xml.remove_prefix(at + tag.size());
    while (xml.starts_with(opening)) {
        auto end = xml.find(closing);
        if (end == xml.npos) return false;
        text.append(xml.substr(opening.size(), end - opening.size()));
        xml.remove_prefix(end + closing.size());
    }
    auto end = xml.find('<');
    if (end == xml.npos) return false;
    append_unescaped(xml.substr(0, end), text);
    return true;
}

}  // namespace load
