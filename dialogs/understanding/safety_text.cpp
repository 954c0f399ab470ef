#include "dialogs/understanding/safety_text.hpp"

#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <cstddef>

namespace dialogs {

namespace {

gap gap_of(char32_t point)
{
    constexpr std::u32string_view clause = U",、;:";
    constexpr std::u32string_view sentence = U"。!?";
    if (sentence.find(point) != std::u32string_view::npos)
        return gap::sentence;
    return clause.find(point) != std::u32string_view::npos ? gap::clause : gap::loose;
}

}  // namespace

folded fold(std::string_view flat, const safety_table& table, bool drop_pictures)
{
    folded out;
    out.points.reserve(flat.size() / 2);
    out.before.reserve(flat.size() / 2);
    auto between = gap::none;
    for (std::size_t at = 0; at < flat.size();) {
        const auto next = decode_at(flat, at);
        const auto face = next.point == U'[' || next.point == U'/' ? face_code_length(flat.substr(at)) : 0;
        const bool picture = face > 0 || (next.point >= 0x2190 && next.point < 0x2E80) || next.point >= 0x1F000;
        out.has_pictures = out.has_pictures || picture;
        if (picture && drop_pictures) {
            between = std::max(between, gap::loose);
            at += face > 0 ? face : next.length;
            continue;
        }
        at += next.length;
        if (next.point == U' ' || is_punctuation(next.point)) {
            between = std::max(between, gap_of(next.point));
            continue;
        }
        out.points.push_back(table.plain(next.point));
        out.before.push_back(between);
        between = gap::none;
    }
    return out;
}

}  // namespace dialogs
