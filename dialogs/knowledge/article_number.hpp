#pragma once
// Numbers of articles as laws and people write them: "第三十八条", "38条", "第一百三十三条之二", "38", "三、".

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dialogs {

struct article_number {
    std::uint32_t number = 0;
    std::uint32_t inserted = 0;  // the 2 of "第一百三十三条之二"; 0 for a plain article

    auto operator<=>(const article_number&) const = default;
};

struct number_in_text {
    article_number which;
    std::size_t end = 0;        // past what belongs to it, paragraph and item ("第二款第(三)项") included
    bool marked = false;        // 第 stood before it or 条 behind it
    bool arabic = false;
};

// The number of an article that begins at `at` of a normalised or searchable text.
std::optional<number_in_text> article_number_at(std::u32string_view text, std::size_t at);

// A whole text that is an article's number, or begins with one.
std::optional<article_number> parse_article_number(std::string_view text);

}  // namespace dialogs
