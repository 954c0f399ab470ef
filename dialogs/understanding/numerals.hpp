#pragma once
// Numbers as they are written in Chinese: Arabic, Chinese, and both mixed ("1.2万", "三万五", "3千5", "壹万贰仟").

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dialogs {

constexpr std::int64_t numeral_scale = 1'000'000;

struct numeral {
    std::int64_t scaled = 0;   // value × numeral_scale
    std::size_t begin = 0;     // in code points
    std::size_t end = 0;
    bool has_unit = false;     // 十 and above, or k/w
    bool arabic = false;       // begins with an Arabic digit
    bool vague = false;        // "三五百", "十几万": a number was said, but not which

    std::optional<std::int64_t> whole() const
    {
        return scaled % numeral_scale == 0 ? std::optional{scaled / numeral_scale} : std::nullopt;
    }
};

// 0..9 for 〇零一二两…九, 幺, 壹贰…玖; -1 for anything else.
int chinese_digit(char32_t point);

// The number that begins at `at` of a normalised text; nullopt when none does or it has more than twelve digits.
std::optional<numeral> numeral_at(std::u32string_view text, std::size_t at);

}  // namespace dialogs
