#include "bot/wechat/base64.hpp"

#include <array>
#include <cstdint>

namespace bot::wechat {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// Two characters for each 12 bits: half the look-ups of a 64-entry table.
constexpr auto pairs = [] {
    std::array<std::array<char, 2>, 4096> table{};
    for (std::size_t bits = 0; bits < table.size(); ++bits)
        table[bits] = {alphabet[bits >> 6], alphabet[bits & 63]};
    return table;
}();

constexpr std::uint32_t invalid = 0x8000'0000;

constexpr auto values = [] {
    std::array<std::uint32_t, 256> table{};
    table.fill(invalid);
    for (std::uint32_t value = 0; value < alphabet.size(); ++value)
        table[static_cast<unsigned char>(alphabet[value])] = value;
    return table;
}();

std::uint32_t value_of(char c) { return values[static_cast<unsigned char>(c)]; }

}  // namespace

void append_base64(std::string& out, std::span<const unsigned char> bytes)
{
    const std::size_t begin = out.size();
    out.resize(begin + base64_length(bytes.size()), '=');
    char* to = out.data() + begin;
    std::size_t at = 0;
    for (; at + 3 <= bytes.size(); at += 3) {
        const unsigned group = bytes[at] << 16 | bytes[at + 1] << 8 | bytes[at + 2];
        const auto& high = pairs[group >> 12];
        const auto& low = pairs[group & 0xFFF];
        *to++ = high[0];
        *to++ = high[1];
        *to++ = low[0];
        *to++ = low[1];
    }
    if (at == bytes.size())
        return;
    const bool two_left = bytes.size() - at == 2;
    const unsigned group = bytes[at] << 16 | (two_left ? bytes[at + 1] << 8 : 0);
    to[0] = alphabet[group >> 18];
    to[1] = alphabet[group >> 12 & 63];
    if (two_left)
        to[2] = alphabet[group >> 6 & 63];
}

std::optional<std::size_t> decode_base64(std::string_view text, unsigned char* out)
{
    if (text.size() % 4 != 0)
        return std::nullopt;
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=')
        ++padding;
    const unsigned char* begin = out;
    std::uint32_t seen = 0;
    const std::size_t whole = text.size() - (padding != 0 ? 4 : 0);
    for (std::size_t at = 0; at < whole; at += 4) {
        const std::uint32_t a = value_of(text[at]), b = value_of(text[at + 1]);
        const std::uint32_t c = value_of(text[at + 2]), d = value_of(text[at + 3]);
        seen |= a | b | c | d;
        const std::uint32_t group = a << 18 | b << 12 | c << 6 | d;
        out[0] = static_cast<unsigned char>(group >> 16);
        out[1] = static_cast<unsigned char>(group >> 8);
        out[2] = static_cast<unsigned char>(group);
        out += 3;
    }
    if (padding != 0) {
        const std::uint32_t a = value_of(text[whole]), b = value_of(text[whole + 1]);
        const std::uint32_t c = padding == 1 ? value_of(text[whole + 2]) : 0;
        seen |= a | b | c;
        const std::uint32_t group = a << 18 | b << 12 | c << 6;
        *out++ = static_cast<unsigned char>(group >> 16);
        if (padding == 1)
            *out++ = static_cast<unsigned char>(group >> 8);
    }
    if ((seen & invalid) != 0)
        return std::nullopt;
    return static_cast<std::size_t>(out - begin);
}

}  // namespace bot::wechat
