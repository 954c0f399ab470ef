#include "bot/wechat/unicode.hpp"

#include <cstdint>
#include <cstring>

namespace bot::wechat {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Bytes of the valid sequence at the front, 0 when there is none.
std::size_t sequence_size(std::string_view text) noexcept
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return 1;
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size)
        return 0;
    for (std::size_t i = 1; i < size; ++i)
        if (!continues(text[i]))
            return 0;
    const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
    const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
    const bool too_large = lead == 0xF4 && byte(1) >= 0x90;
    return overlong || surrogate || too_large ? 0 : size;
}

std::uint64_t eight_bytes(const char* at) noexcept
{
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    return word;
}

constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080;

bool all_ascii(std::uint64_t word) { return (word & high_bits) == 0; }

// No byte below 0x20 either: taking 0x20 from one would set its highest bit.
bool all_printable(std::uint64_t word)
{
    return ((word | (word - 0x2020'2020'2020'2020)) & high_bits) == 0;
}

bool regional_indicator(char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }

// Characters that belong to the one before them.
bool extends(char32_t c)
{
    return c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F3FB && c <= 0x1F3FF) || c == 0x20E3 ||
           (c >= 0x0300 && c <= 0x036F) || (c >= 0xE0020 && c <= 0xE007F);
}

std::size_t start_of_character(std::string_view text, std::size_t at)
{
    while (at > 0 && at < text.size() && continues(text[at]))
        --at;
    return at;
}

char32_t before(std::string_view text, std::size_t at)
{
    return first_code_point(text.substr(start_of_character(text, at - 1))).value;
}

// An even number of indicators before this one means that a flag begins here.
bool splits_a_flag(std::string_view text, std::size_t at)
{
    std::size_t indicators = 0;
    while (at >= 4 && regional_indicator(before(text, at))) {
        ++indicators;
        at -= 4;
    }
    return indicators % 2 == 1;
}

bool boundary(std::string_view text, std::size_t at)
{
    if (at == 0 || at == text.size())
        return true;
    const char32_t next = first_code_point(text.substr(at)).value;
    if (extends(next) || before(text, at) == 0x200D)
        return false;
    return !(regional_indicator(next) && splits_a_flag(text, at));
}

}  // namespace

bool valid_utf8(std::string_view text) noexcept
{
    while (!text.empty()) {
        if (text.size() >= 8 && all_ascii(eight_bytes(text.data()))) {
            text.remove_prefix(8);
            continue;
        }
        const std::size_t size = sequence_size(text);
        if (size == 0)
            return false;
        text.remove_prefix(size);
    }
    return true;
}

code_point first_code_point(std::string_view text) noexcept
{
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    switch (sequence_size(text)) {
        case 1: return {byte(0), 1};
        case 2: return {(byte(0) & 0x1F) << 6 | (byte(1) & 0x3F), 2};
        case 3: return {(byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F), 3};
        case 4:
            return {
                (byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F), 4
            };
        default: return {replacement, 0};
    }
}

bool legal_in_xml(char32_t c) noexcept
{
    if (c < 0x20)
        return c == '\t' || c == '\n' || c == '\r';
    return (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF && c <= 0x10FFFF;
}

std::size_t legal_prefix(std::string_view text) noexcept
{
    std::size_t at = 0;
    while (at < text.size()) {
        if (text.size() - at >= 8 && all_printable(eight_bytes(text.data() + at))) {
            at += 8;
            continue;
        }
        const auto next = first_code_point(text.substr(at));
        if (next.size == 0 || !legal_in_xml(next.value))
            break;
        at += next.size;
    }
    return at;
}

void append_legal(std::string& out, std::string_view text)
{
    while (!text.empty()) {
        const std::size_t legal = legal_prefix(text);
        out.append(text.substr(0, legal));
        text.remove_prefix(legal);
        if (text.empty())
            return;
        const auto forbidden = first_code_point(text);
        if (forbidden.size == 0)
            out += "\xEF\xBF\xBD";
        text.remove_prefix(forbidden.size == 0 ? 1 : forbidden.size);
    }
}

std::string_view cut_text(std::string_view text, std::size_t max) noexcept
{
    if (text.size() <= max)
        return text;
    constexpr std::size_t farthest = 256;
    const std::size_t last = start_of_character(text, max);
    for (std::size_t at = last; last - at <= farthest; at = start_of_character(text, at - 1)) {
        if (boundary(text, at))
            return text.substr(0, at);
    }
    return text.substr(0, last);
}

}  // namespace bot::wechat
