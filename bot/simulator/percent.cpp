#include "bot/simulator/percent.hpp"

#include <charconv>

namespace bot::simulator {

std::string percent_decoded(std::string_view text)
{
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        unsigned value = 0;
        const auto digits = text.substr(at + 1, 2);
        const bool escape =
            text[at] == '%' && digits.size() == 2 &&
            std::from_chars(digits.data(), digits.data() + 2, value, 16).ptr == digits.data() + 2;
        decoded += escape ? static_cast<char>(value) : text[at];
        at += escape ? 2 : 0;
    }
    return decoded;
}

std::string query_value(std::string_view query, std::string_view name)
{
    while (!query.empty()) {
        const auto end = query.find('&');
        const auto pair = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return percent_decoded(pair.substr(equals + 1));
    }
    return {};
}

}  // namespace bot::simulator
