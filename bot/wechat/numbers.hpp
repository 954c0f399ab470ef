#pragma once
// Numbers inside a push: the whole text must be the number, spaces around it are ignored.

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <type_traits>

namespace bot::wechat {

// nullopt for anything else, for what does not fit T, and for what is not finite.
template <class T>
std::optional<T> read_number(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const auto begin = text.find_first_not_of(space);
    if (begin == text.npos)
        return std::nullopt;
    const auto end = text.find_last_not_of(space) + 1;
    T value{};
    const auto read = std::from_chars(text.data() + begin, text.data() + end, value);
    if (read.ec != std::errc() || read.ptr != text.data() + end)
        return std::nullopt;
    if constexpr (std::is_floating_point_v<T>)
        if (!std::isfinite(value))
            return std::nullopt;
    return value;
}

}  // namespace bot::wechat
