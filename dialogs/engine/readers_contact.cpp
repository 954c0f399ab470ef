#include "dialogs/engine/readers.hpp"
#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/numerals.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace dialogs {

namespace {

constexpr std::size_t longest_answer = 1000;  // characters looked at

// Digits that stand together, with the separators before them counted.
struct group {
    std::string digits;
    bool joined = false;  // only separators of a number stand between it and the group before
};

bool is_separator(char32_t point)
{
    constexpr std::u32string_view separators = U" -()./—–·+";
    return separators.find(point) != std::u32string_view::npos;
}

// `last_letter`: an x that ends an identity number counts as a digit.
std::vector<group> digit_groups(std::string_view text, bool last_letter)
{
    std::vector<group> groups;
    int apart = 3;  // separators since the last group
    bool open = false;
    const auto flat = normalise(first_characters(text, longest_answer));
    for (const char32_t point : to_points(flat)) {
        const int chinese = last_letter ? -1 : chinese_digit(point);
        if (is_digit(point) || chinese >= 0 || (last_letter && point == U'x' && open)) {
            if (!open)
                groups.push_back({"", apart <= 2});
            const char digit = point == U'x' ? 'X' : static_cast<char>('0' + (chinese >= 0 ? chinese : static_cast<int>(point - U'0')));
            groups.back().digits.push_back(digit);
            open = true;
            apart = 0;
        } else {
            apart = is_separator(point) ? apart + 1 : 3;
            open = false;
        }
    }
    return groups;
}

bool is_mobile(std::string_view digits)
{
    return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

// Area code and seven or eight digits: 010 and 02x have three digits and eight behind, the others four.
bool is_landline(std::string_view digits)
{
    if (digits.size() < 11 || digits[0] != '0' || digits[1] == '0')
        return false;
    const bool short_area = digits[1] == '1' || digits[1] == '2';
    const std::size_t area = short_area ? 3 : 4;
    if (digits[1] == '1' && digits[2] != '0')
        return false;
    const auto own = digits.size() - area;
    return (own == 8 || (own == 7 && !short_area)) && digits[area] >= '2';
}

std::string without_country(std::string digits)
{
    for (const std::string_view prefix : {"0086", "86"})
        if (digits.starts_with(prefix) && is_mobile(std::string_view{digits}.substr(prefix.size())))
            return digits.substr(prefix.size());
    return digits;
}

// Calls accept with the digits of every run of joined groups, longest run of each start last.
template <class Accept>
std::optional<std::string> first_number(const std::vector<group>& groups, std::size_t longest, Accept accept)
{
    for (std::size_t start = 0; start < groups.size(); ++start) {
        std::string digits;
        for (std::size_t i = start; i < groups.size() && (i == start || groups[i].joined); ++i) {
            digits += groups[i].digits;
            if (digits.size() > longest)
                break;
            if (auto number = accept(digits))
                return number;
        }
    }
    return std::nullopt;
}

bool has_right_checksum(std::string_view id)
{
    constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    constexpr std::string_view check = "10X98765432";
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
        sum += weights.at(i) * (id[i] - '0');
    return check[static_cast<std::size_t>(sum % 11)] == id.back();
}

bool has_birth_date(std::string_view id)
{
    const auto number = [id](std::size_t at, std::size_t length) {
        unsigned value = 0;
        for (const char digit : id.substr(at, length))
            value = value * 10 + static_cast<unsigned>(digit - '0');
        return value;
    };
    const cases::date born{
        std::chrono::year{static_cast<int>(number(6, 4))}, std::chrono::month{number(10, 2)},
        std::chrono::day{number(12, 2)}};
    return born.ok() && number(6, 4) >= 1900;
}

}  // namespace

std::optional<std::string> read_phone(std::string_view text)
{
    constexpr std::size_t longest = 15;  // 0086 and a mobile number
    return first_number(digit_groups(text, false), longest, [](const std::string& digits) {
        auto number = without_country(digits);
        return is_mobile(number) || is_landline(number) ? std::optional{std::move(number)} : std::nullopt;
    });
}

std::optional<std::string> read_identity_number(std::string_view text)
{
    constexpr std::size_t length = 18;
    return first_number(digit_groups(text, true), length, [](const std::string& digits) -> std::optional<std::string> {
        if (digits.size() != length || digits[0] == '0' || digits.find('X') < length - 1)
            return std::nullopt;
        return has_right_checksum(digits) && has_birth_date(digits) ? std::optional{digits} : std::nullopt;
    });
}

}  // namespace dialogs
