#include "dialogs/knowledge/article_number.hpp"

#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/numerals.hpp"

#include <string>

namespace dialogs {

namespace {

constexpr std::int64_t highest_number = 9999;

struct bare_number {
    std::uint32_t value = 0;
    std::size_t end = 0;
    bool arabic = false;
};

bool is_at(std::u32string_view text, std::size_t at, char32_t point)
{
    return at < text.size() && text[at] == point;
}

std::optional<bare_number> number_at(std::u32string_view text, std::size_t at)
{
    if (at >= text.size())
        return std::nullopt;
    const auto found = numeral_at(text, at);
    if (!found || found->begin != at || found->vague || !found->whole())
        return std::nullopt;
    const auto value = *found->whole();
    if (value < 1 || value > highest_number)
        return std::nullopt;
    return bare_number{static_cast<std::uint32_t>(value), found->end, found->arabic};
}

// Where `point` is, after a space or at once; nothing when it is not there. A space is a break in a searchable text.
std::optional<std::size_t> past(std::u32string_view text, std::size_t at, char32_t point)
{
    if (is_at(text, at, 0) || is_at(text, at, U' '))
        ++at;
    return is_at(text, at, point) ? std::optional{at + 1} : std::nullopt;
}

// "第二款", "第(三)项", searchable or not: the paragraph and the item are read over.
std::size_t past_paragraphs(std::u32string_view text, std::size_t at)
{
    for (;;) {
        std::size_t next = at + (is_at(text, at, U'第') ? 1 : 0);
        const bool bracket = is_at(text, next, U'(') || is_at(text, next, 0);
        const auto number = number_at(text, next + (bracket ? 1 : 0));
        if (!number)
            return at;
        next = number->end;
        if (is_at(text, next, U')') || (bracket && is_at(text, next, 0)))
            ++next;
        if (!is_at(text, next, U'款') && !is_at(text, next, U'项'))
            return at;
        at = next + 1;
    }
}

}  // namespace

std::optional<number_in_text> article_number_at(std::u32string_view text, std::size_t at)
{
    const bool ordinal = is_at(text, at, U'第');
    const bool spaced = ordinal && (is_at(text, at + 1, 0) || is_at(text, at + 1, U' '));
    const auto number = number_at(text, at + (ordinal ? 1 : 0) + (spaced ? 1 : 0));
    if (!number)
        return std::nullopt;
    number_in_text found{{number->value, 0}, number->end, ordinal, number->arabic};
    if (const auto end = past(text, found.end, U'条')) {
        found.marked = true;
        found.end = *end;
    }
    if (is_at(text, found.end, U'之')) {
        if (const auto inserted = number_at(text, found.end + 1)) {
            found.which.inserted = inserted->value;
            found.end = inserted->end;
        }
    }
    if (is_at(text, found.end, U'条'))  // "133之1条"
        ++found.end;
    found.end = past_paragraphs(text, found.end);
    return found;
}

std::optional<article_number> parse_article_number(std::string_view text)
{
    const auto points = to_points(normalise(text));
    const auto found = article_number_at(points, 0);
    return found ? std::optional{found->which} : std::nullopt;
}

}  // namespace dialogs
