#include "dialogs/engine/readers_date_text.hpp"

#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/numerals.hpp"

#include <array>

namespace dialogs {

bool is_number_start(char32_t point)
{
    return is_digit(point) || chinese_digit(point) >= 0 || point == U'十';
}

std::size_t date_text::skip_link(std::size_t at) const
{
    while (is_one(at, U" 的")) ++at;
    return at;
}

std::optional<said_integer> date_text::integer_at(std::size_t at) const
{
    if (is_digit(peek(at))) {
        said_integer out{0, 0, at};
        for (; is_digit(peek(out.end)); ++out.end, ++out.digits)
            if (out.digits < 8) out.value = out.value * 10 + static_cast<int>(peek(out.end) - U'0');
        return out.digits <= 8 ? std::optional{out} : std::nullopt;
    }
    const auto number = is_number_start(peek(at)) ? numeral_at(text_, at) : std::nullopt;
    if (!number || number->vague || !number->whole() || *number->whole() > 9999) return std::nullopt;
    const int digits = number->has_unit ? 0 : static_cast<int>(number->end - number->begin);
    return said_integer{static_cast<int>(*number->whole()), digits, number->end};
}

bool date_text::is_lunar() const
{
    for (const view word : {U"农历", U"阴历", U"旧历", U"正月", U"腊月", U"冬月", U"除夕", U"闰月"})
        if (text_.find(word) != view::npos) return true;
    for (auto at = text_.find(U'初'); at != view::npos; at = text_.find(U'初', at + 1))
        if (chinese_digit(peek(at + 1)) > 0 && !follows(at, U"最") && !follows(at, U"当") &&
            !follows(at, U"起"))
            return true;
    return text_.find(U"初十") != view::npos;
}

bool date_text::is_ago(std::size_t at) const
{
    static constexpr auto words = std::to_array<view>({U"前", U"以前", U"之前", U"多前", U"多以前"});
    return std::any_of(words.begin(), words.end(), [here = rest(at)](view word) {
        return here.starts_with(word);
    });
}

}  // namespace dialogs
