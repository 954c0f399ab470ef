#include "bot/wechat/query.hpp"

#include <algorithm>

namespace bot::wechat {
namespace {

int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool unreserved(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

}  // namespace

void append_percent_encoded(std::string& out, std::string_view text)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    for (const char c : text) {
        if (unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
}

bool query_parameters::append_decoded(std::string_view raw)
{
    for (std::size_t at = 0; at < raw.size(); ++at) {
        char c = raw[at];
        if (c == '+') {
            c = ' ';
        } else if (c == '%') {
            const int high = at + 2 < raw.size() ? hex_value(raw[at + 1]) : -1;
            const int low = high >= 0 ? hex_value(raw[at + 2]) : -1;
            if (low < 0)
                return false;
            c = static_cast<char>(high << 4 | low);
            at += 2;
        }
        if (c == '\0')
            return false;
        text_ += c;
    }
    return true;
}

bot::result<query_parameters> query_parameters::parse(std::string_view raw)
{
    constexpr std::size_t largest = 8 * 1024;
    if (raw.size() > largest)
        return errc::bad_message;
    query_parameters made;
    made.text_.reserve(raw.size());
    while (!raw.empty()) {
        const auto pair = raw.substr(0, raw.find('&'));
        raw.remove_prefix(std::min(raw.size(), pair.size() + 1));
        if (pair.empty())
            continue;
        if (made.count_ == made.parameters_.size())
            return errc::bad_message;
        const auto equals = std::min(pair.find('='), pair.size());
        parameter read;
        read.name_at = made.text_.size();
        if (!made.append_decoded(pair.substr(0, equals)))
            return errc::bad_message;
        read.name_size = made.text_.size() - read.name_at;
        read.value_at = made.text_.size();
        if (!made.append_decoded(pair.substr(std::min(equals + 1, pair.size()))))
            return errc::bad_message;
        read.value_size = made.text_.size() - read.value_at;
        if (made.find(made.part(read.name_at, read.name_size)))
            return errc::bad_message;
        made.parameters_[made.count_++] = read;
    }
    return made;
}

std::optional<std::string_view> query_parameters::find(std::string_view name) const
{
    for (std::size_t i = 0; i < count_; ++i) {
        const auto& candidate = parameters_[i];
        if (part(candidate.name_at, candidate.name_size) == name)
            return part(candidate.value_at, candidate.value_size);
    }
    return std::nullopt;
}

std::string query_parameters::base64(std::string_view name) const
{
    std::string value(get(name));
    std::replace(value.begin(), value.end(), ' ', '+');
    return value;
}

}  // namespace bot::wechat
