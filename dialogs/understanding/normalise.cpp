#include "dialogs/understanding/normalise.hpp"

#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/traditional_forms.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>

#include <array>
#include <cstddef>

namespace dialogs {

namespace {

constexpr bool is_space(char32_t point)
{
    return point == 0x20 || (point >= 0x09 && point <= 0x0D) || point == 0x85 || point == 0xA0 || point == 0x1680 ||
           (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 || point == 0x202F ||
           point == 0x205F || point == 0x3000;
}

// Not seen: zero-width characters, direction marks, variation selectors, tags, the keycap, other controls.
constexpr bool is_invisible(char32_t point)
{
    return (point < 0x20 && !is_space(point)) || (point >= 0x7F && point < 0xA0 && point != 0x85) || point == 0xAD ||
           point == 0x034F || point == 0x061C || point == 0x115F || point == 0x1160 || (point >= 0x180B && point <= 0x180F) ||
           (point >= 0x200B && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x206F) || point == 0x20E3 || point == 0x3164 ||
           (point >= 0xFE00 && point <= 0xFE0F) || point == 0xFEFF || point == 0xFFA0 ||
           (point >= 0xE0000 && point <= 0xE0FFF);
}

// NFKC leaves these as they are, so ICU need not be asked. Full-width ASCII is mapped here by arithmetic.
constexpr bool is_stable(char32_t point)
{
    return point < 0x80 || (point >= 0x4E00 && point <= 0x9FFF) || (point >= 0x3001 && point <= 0x3029) ||
           (point >= 0x2010 && point <= 0x2023 && point != 0x2011 && point != 0x2017) || (point >= 0xFF01 && point <= 0xFF5E) ||
           (point >= 0x1F300 && point <= 0x1FAFF) || (point >= 0x2600 && point <= 0x27BF) || point == 0xFFFD ||
           (point >= 0x3400 && point <= 0x4DBF) || is_space(point) || is_invisible(point);
}

constexpr char32_t half_width(char32_t point)
{
    return point >= 0xFF01 && point <= 0xFF5E ? point - 0xFEE0 : point;
}

char32_t lower(char32_t point)
{
    if (point >= U'A' && point <= U'Z')
        return point + 0x20;
    if (point < 0xC0 || is_han(point))
        return point;
    return static_cast<char32_t>(u_tolower(static_cast<UChar32>(point)));
}

// The old face codes that WeChat still sends in text, longest first where one begins another; lower case.
constexpr std::array<std::string_view, 74> face_codes{
    "/:handclap", "/:gift",  "/:love",  "/:oldtime", "/:<l>",   "/:li",    "/:circle", "/:#-0",   "/:kotow",
    "/:turn",     "/:skip",  "/:jump",  "/:hiphot",  "/:beer",  "/:basketb", "/:coffee", "/:eat", "/:pig",
    "/:rose",     "/:fade",  "/:showlove", "/:heart", "/:break", "/:cake", "/:bome",   "/:kn",    "/:footb",
    "/:ladybug",  "/:shit",  "/:moon",  "/:sun",     "/:hug",   "/:strong", "/:weak",  "/:share", "/:v",
    "/:bye",      "/:wipe",  "/:dig",   "/:skull",   "/:pd",    "/:xx",    "/:!!!",    "/::,@",   "/::-s",
    "/::-|",      "/::-o",   "/:,@-d",  "/:,@p",     "/:,@o",   "/:,@f",   "/:,@x",    "/:,@@",   "/:,@!",
    "/:p-(",      "/:x-)",   "/:b-)",   "/:&-(",     "/:8-)",   "/:--b",   "/:|-)",    "/:<@",    "/:@>",
    "/:>-|",      "/::'|",   "/::'(",   "/:8*",      "/:@x",    "/:?",     "/::8",     "/::)",    "/::(",
    "/::d",       "/::~",
};

// Length of a face code at the head of normalised text, 0 if there is none. "/::" with any sign counts, since the
// platform has a long tail of them.
std::size_t face_code(std::string_view rest)
{
    for (const auto code : face_codes)
        if (rest.starts_with(code))
            return code.size();
    if (rest.size() >= 4 && rest.starts_with("/::") && rest[3] > ' ' && rest[3] < 0x7F)
        return 4;
    return 0;
}

// "[微笑]", "[emm]": up to eight characters in brackets, no digit first (a numbered list is not a face).
std::size_t bracket_face(std::string_view rest)
{
    constexpr int longest = 8;
    std::size_t at = 1;
    for (int n = 0; at < rest.size() && n <= longest; ++n) {
        if (rest[at] == ']')
            return n > 0 ? at + 1 : 0;
        const auto next = decode_at(rest, at);
        if (!is_han(next.point) && (!is_ascii_word(next.point) || (n == 0 && is_digit(next.point))))
            return 0;
        at += next.length;
    }
    return 0;
}

std::size_t face_length(std::string_view rest)
{
    if (rest.front() == '[')
        return bracket_face(rest);
    if (rest.front() == '/' && rest.size() > 2 && rest[1] == ':')
        return face_code(rest);
    return 0;
}

void put_space(std::string& out)
{
    if (!out.empty() && out.back() != ' ')
        out.push_back(' ');
}

std::string with_faces_apart(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + 16);
    for (std::size_t at = 0; at < text.size();) {
        const auto length = face_length(text.substr(at));
        if (length == 0) {
            if (text[at] != ' ' || (!out.empty() && out.back() != ' '))
                out.push_back(text[at]);
            ++at;
            continue;
        }
        put_space(out);
        out.append(text.substr(at, length));
        out.push_back(' ');
        at += length;
    }
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

std::string clean(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    bool may_have_face = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto next = decode_at(text, at);
        at += next.length;
        if (is_space(next.point)) {
            put_space(out);
            continue;
        }
        if (is_invisible(next.point))
            continue;
        const auto point = simplified(lower(half_width(next.point)));
        may_have_face = may_have_face || point == U'[' || point == U':';
        append_point(out, point);
    }
    if (!out.empty() && out.back() == ' ')
        out.pop_back();
    return may_have_face ? with_faces_apart(out) : out;
}

bool all_stable(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const auto next = decode_at(text, at);
        if (!is_stable(next.point))
            return false;
        at += next.length;
    }
    return true;
}

// Bytes that are not UTF-8 come out as U+FFFD.
std::string compatibility_composed(std::string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfkc = icu::Normalizer2::getNFKCInstance(status);
    if (U_FAILURE(status))
        return std::string{text};
    std::string out;
    icu::StringByteSink<std::string> sink{&out};
    nfkc->normalizeUTF8(0, icu::StringPiece{text.data(), static_cast<int32_t>(text.size())}, sink, nullptr, status);
    return U_FAILURE(status) ? std::string{text} : out;
}

}  // namespace

std::string normalise(std::string_view text)
{
    return all_stable(text) ? clean(text) : clean(compatibility_composed(text));
}

std::string squeeze(std::string_view text)
{
    const auto flat = normalise(text);
    std::string out;
    out.reserve(flat.size());
    std::size_t kept = 0;       // length of `out` up to the last character that is no filler
    bool after_han = false;     // what stands at `kept`
    for (std::size_t at = 0; at < flat.size();) {
        const auto face = face_length(std::string_view{flat}.substr(at));
        const auto next = decode_at(flat, at);
        const std::size_t length = face > 0 ? face : next.length;
        const bool filler = face > 0 || next.point == U' ' || is_punctuation(next.point);
        if (!filler) {
            const bool han = is_han(next.point);
            if (after_han && han)
                out.resize(kept);  // the filler stood between two Han characters
            after_han = han;
        }
        out.append(flat, at, length);
        if (!filler)
            kept = out.size();
        at += length;
    }
    return out;
}

std::size_t face_code_length(std::string_view normalised)
{
    return normalised.empty() ? 0 : face_length(normalised);
}

long count_characters(std::string_view text)
{
    long count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        const auto next = decode_at(text, at);
        if (!next.valid)
            return -1;
        at += next.length;
    }
    return count;
}

std::string_view first_characters(std::string_view text, std::size_t n)
{
    std::size_t at = 0;
    while (n-- > 0 && at < text.size())
        at += decode_at(text, at).length;
    return text.substr(0, at);
}

}  // namespace dialogs
