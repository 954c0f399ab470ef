#pragma once
// UTF-8 in and out, one code point at a time, for the parts that read citizens' text. Broken bytes become U+FFFD.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dialogs {

constexpr char32_t replacement_character = 0xFFFD;

struct decoded {
    char32_t point = replacement_character;
    std::uint8_t length = 1;  // bytes taken; 1 for a broken byte
    bool valid = false;
};

// The code point that begins at `at`, which must lie inside the text.
inline decoded decode_at(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const auto follows = [&](std::size_t i) { return at + i < text.size() && (byte(i) & 0xC0U) == 0x80U; };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return {lead, 1, true};
    if (lead >= 0xC2 && lead < 0xE0 && follows(1))
        return {static_cast<char32_t>((lead & 0x1FU) << 6 | (byte(1) & 0x3FU)), 2, true};
    if (lead >= 0xE0 && lead < 0xF0 && follows(1) && follows(2)) {
        const auto point =
            static_cast<char32_t>((lead & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU));
        if (point >= 0x800 && (point < 0xD800 || point > 0xDFFF))
            return {point, 3, true};
    }
    if (lead >= 0xF0 && lead < 0xF5 && follows(1) && follows(2) && follows(3)) {
        const auto point = static_cast<char32_t>(
            (lead & 0x07U) << 18 | (byte(1) & 0x3FU) << 12 | (byte(2) & 0x3FU) << 6 | (byte(3) & 0x3FU)
        );
        if (point >= 0x10000 && point <= 0x10FFFF)
            return {point, 4, true};
    }
    return {};
}

inline void append_point(std::string& out, char32_t point)
{
    const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0U | point >> 6);
        put(0x80U | (point & 0x3FU));
    } else if (point < 0x10000) {
        put(0xE0U | point >> 12);
        put(0x80U | (point >> 6 & 0x3FU));
        put(0x80U | (point & 0x3FU));
    } else {
        put(0xF0U | point >> 18);
        put(0x80U | (point >> 12 & 0x3FU));
        put(0x80U | (point >> 6 & 0x3FU));
        put(0x80U | (point & 0x3FU));
    }
}

inline std::u32string to_points(std::string_view text)
{
    std::u32string points;
    points.reserve(text.size() / 2);
    for (std::size_t at = 0; at < text.size();) {
        const auto next = decode_at(text, at);
        points.push_back(next.point);
        at += next.length;
    }
    return points;
}

// The ideographs in everyday use, with extension A and the compatibility block.
constexpr bool is_han(char32_t point)
{
    return (point >= 0x4E00 && point <= 0x9FFF) || (point >= 0x3400 && point <= 0x4DBF) || point == 0x3007 ||
           (point >= 0xF900 && point <= 0xFAFF) || (point >= 0x20000 && point <= 0x323AF);
}

constexpr bool is_digit(char32_t point)
{
    return point >= U'0' && point <= U'9';
}

// After normalisation: ASCII letters are lower case.
constexpr bool is_ascii_word(char32_t point)
{
    return is_digit(point) || (point >= U'a' && point <= U'z') || (point >= U'A' && point <= U'Z');
}

// Punctuation of ASCII, Latin-1, the general and the CJK blocks. White space is not punctuation.
constexpr bool is_punctuation(char32_t point)
{
    if (point < 0x80)
        return point > 0x20 && point != 0x7F && !is_ascii_word(point);
    return (point >= 0xA1 && point <= 0xBF) || point == 0xD7 || point == 0xF7 ||
           (point >= 0x2010 && point <= 0x2027) || (point >= 0x2030 && point <= 0x205E) ||
           (point >= 0x3001 && point <= 0x3020 && point != 0x3005 && point != 0x3006 && point != 0x3007) ||
           point == 0x30FB || (point >= 0xFE10 && point <= 0xFE6F) || (point >= 0xFF01 && point <= 0xFF0F);
}

}  // namespace dialogs
