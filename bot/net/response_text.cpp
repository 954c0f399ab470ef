#include "bot/net/response_text.hpp"

#include <boost/beast/http/status.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace bot::net {
namespace {

bool is_name(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_';
    });
}

bool is_value(std::string_view value)
{
    return std::ranges::none_of(value, [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; });
}

void append_number(std::string& out, std::size_t n)
{
    char text[24];
    out.append(text, std::to_chars(text, text + sizeof text, n).ptr);
}

void append_field(std::string& out, std::string_view name, std::string_view value)
{
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

std::string_view reason_of(int status)
{
    const auto text = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
    return {text.data(), text.size()};
}

}  // namespace

bool is_writable(const http_response& response)
{
    const auto fine = [](const auto& field) { return is_name(field.first) && is_value(field.second); };
    return response.status >= 200 && response.status <= 599 && is_value(response.content_type) &&
           std::ranges::all_of(response.headers, fine);
}

bool has_body(int status, bool head_only)
{
    return !head_only && status != 204 && status != 304;
}

void append_head(std::string& out, const http_response& response, const response_frame& frame)
{
    out += "HTTP/1.1 ";
    append_number(out, static_cast<std::size_t>(response.status));
    out += ' ';
    out += reason_of(response.status);
    out += "\r\n";
    append_field(out, "Date", frame.date);
    if (!response.content_type.empty()) append_field(out, "Content-Type", response.content_type);
    if (response.status != 204 && response.status != 304) {
        out += "Content-Length: ";
        append_number(out, response.body.size());
        out += "\r\n";
    }
    append_field(out, "X-Request-Id", frame.request_id);
    for (const auto& [name, value] : response.headers) append_field(out, name, value);
    if (!frame.keep_alive)
        out += "Connection: close\r\n";
    else if (frame.http_1_0)
        out += "Connection: keep-alive\r\n";
    out += "\r\n";
}

std::string http_date(std::chrono::sys_seconds at)
{
    static constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{at - day};
    char text[64];
    std::snprintf(
        text,
        sizeof text,
        "%s, %02u %s %04d %02d:%02d:%02d GMT",
        days[std::chrono::weekday{day}.c_encoding()],
        static_cast<unsigned>(date.day()),
        months[static_cast<unsigned>(date.month()) - 1],
        static_cast<int>(date.year()),
        static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count())
    );
    return text;
}

}  // namespace bot::net
