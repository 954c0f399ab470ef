#pragma once
// The text of an answer as the readers of dates walk through it, by code points.

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

namespace dialogs {

// A whole number as it stands in the text.
struct said_integer {
    int value = 0;
    int digits = 0;  // 0: written with units of ten and above
    std::size_t end = 0;
};

bool is_number_start(char32_t point);

class date_text {
public:
    using view = std::u32string_view;

    explicit date_text(view text) : text_{text} {}

    std::size_t size() const { return text_.size(); }
    view rest(std::size_t at) const { return text_.substr(std::min(at, text_.size())); }
    char32_t peek(std::size_t at) const { return at < text_.size() ? text_[at] : U'\0'; }
    bool is_one(std::size_t at, view any) const
    {
        return at < text_.size() && any.find(text_[at]) != view::npos;
    }
    bool follows(std::size_t at, view before) const { return text_.substr(0, at).ends_with(before); }

    // Behind the blanks and particles that may stand between the parts of a date.
    std::size_t skip_link(std::size_t at) const;
    // Behind 月 or 月份.
    std::size_t skip_month_word(std::size_t at) const
    {
        return rest(at).starts_with(U"月份") ? at + 2 : at + 1;
    }

    std::optional<said_integer> integer_at(std::size_t at) const;
    // Whether a word for "ago" stands here.
    bool is_ago(std::size_t at) const;
    // Lunar dates are not converted; guessing the solar date would be wrong by a month.
    bool is_lunar() const;

private:
    view text_;
};

}  // namespace dialogs
