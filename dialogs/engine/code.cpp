#include "cases/calendar.hpp"
#include "dialogs/engine/turn_maker.hpp"

#include <algorithm>

namespace dialogs {

namespace {

// Without 0 O 1 I L, which are misread. 31 of them: a prime, so that the weighted sum finds every single wrong
// character and every swap of neighbours.
constexpr std::string_view alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
constexpr std::size_t random_length = 6;
constexpr std::size_t body_length = 2 + 6 + random_length;

unsigned value_of(char c)
{
    const auto at = alphabet.find(c);
    return static_cast<unsigned>(at == std::string_view::npos ? static_cast<unsigned char>(c) % alphabet.size() : at);
}

char check_character(std::string_view body)
{
    unsigned sum = 0;
    for (std::size_t i = 0; i < body.size(); ++i)
        sum += static_cast<unsigned>(i + 1) * value_of(body[i]);
    return alphabet[sum % alphabet.size()];
}

}  // namespace

std::uint64_t mix(std::uint64_t seed)
{
    seed += 0x9E37'79B9'7F4A'7C15u;
    seed = (seed ^ (seed >> 30)) * 0xBF58'476D'1CE4'E5B9u;
    seed = (seed ^ (seed >> 27)) * 0x94D0'49BB'1331'11EBu;
    return seed ^ (seed >> 31);
}

std::string make_code(std::string_view prefix, bot::instant at, std::uint64_t seed)
{
    const auto day = cases::china_date(at);
    const int number = (static_cast<int>(day.year()) % 100) * 10'000 +
                       static_cast<int>(static_cast<unsigned>(day.month())) * 100 +
                       static_cast<int>(static_cast<unsigned>(day.day()));
    const std::string digits = std::to_string(1'000'000 + number).substr(1);
    std::string code = std::string(prefix) + digits;
    auto bits = mix(seed);
    for (std::size_t i = 0; i < random_length; ++i) {
        code += alphabet[bits % alphabet.size()];
        bits /= alphabet.size();
    }
    code += check_character(code);
    return code;
}

code_check read_code(std::string_view prefix, std::string_view text, std::string& into)
{
    into.clear();
    for (char c : text) {
        if (c == ' ' || c == '-')
            continue;
        into += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        if (into.size() > body_length + 1)
            return code_check::none;
    }
    const bool shaped = into.size() == body_length + 1 && into.starts_with(prefix) &&
                        std::all_of(into.begin() + 2, into.begin() + 8, [](char c) { return c >= '0' && c <= '9'; });
    if (!shaped)
        return code_check::none;
    return check_character(into.substr(0, body_length)) == into.back() ? code_check::good : code_check::misspelt;
}

}  // namespace dialogs
