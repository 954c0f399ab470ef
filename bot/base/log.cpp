#include "bot/base/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>

namespace bot::log {
namespace {

std::atomic<level> threshold_now{level::info};

constexpr std::string_view name_of(level at)
{
    switch (at) {
        case level::debug:
            return "debug";
        case level::info:
            return "info";
        case level::warn:
            return "warn";
        case level::error:
            return "error";
    }
    return "error";
}

// One code point of UTF-8; length 0: the bytes are not UTF-8 (overlong, surrogate, beyond U+10FFFF, cut
// short).
struct code_point {
    char32_t value = 0;
    std::size_t length = 0;
};

code_point decode(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
    char32_t value = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {};
        value = (value << 6) | (byte(i) & 0x3FU);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
    return {value, length};
}

// What could end the line, or drive the terminal that shows it: C0 and C1 controls (ESC and CSI among them),
// line and paragraph separators, and the controls of writing direction.
bool needs_escape(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

void append_escaped(std::string& line, char32_t c)
{
    char text[8];
    std::snprintf(text, sizeof text, "\\u%04x", static_cast<unsigned>(c));
    line += text;
}

void append_string(std::string& line, std::string_view text)
{
    line += '"';
    while (!text.empty()) {
        const code_point c = decode(text);
        if (c.length == 0) {
            line += "\xEF\xBF\xBD";
            text.remove_prefix(1);
            continue;
        }
        if (c.value == '"' || c.value == '\\') {
            line += '\\';
            line += static_cast<char>(c.value);
        } else if (needs_escape(c.value)) {
            append_escaped(line, c.value);
        } else {
            line += text.substr(0, c.length);
        }
        text.remove_prefix(c.length);
    }
    line += '"';
}

template <class Number>
void append_number(std::string& line, Number n)
{
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, n).ptr;
    line.append(text, end);
}

struct append_value {
    std::string& line;

    void operator()(std::string_view text) const { append_string(line, text); }
    void operator()(std::int64_t n) const { append_number(line, n); }
    void operator()(bool b) const { line += b ? "true" : "false"; }
    void operator()(double n) const
    {
        if (std::isfinite(n))
            append_number(line, n);
        else
            line += "null";  // JSON has no word for it
    }
};

void append_time(std::string& line)
{
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{now - day};
    char text[40];
    std::snprintf(
        text,
        sizeof text,
        "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()),
        static_cast<int>(time.subseconds().count())
    );
    line += text;
}

// Written by the calling thread: what was logged before a crash is there after it.
spdlog::logger& sink()
{
    static const auto logger = [] {
        auto made =
            std::make_unique<spdlog::logger>("hejie", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%v");
        made->set_level(spdlog::level::trace);  // the threshold is ours, tested before a line is formatted
        return made;
    }();
    return *logger;
}

}  // namespace

void set_level(level threshold)
{
    threshold_now.store(threshold, std::memory_order_relaxed);
}

void write(level at, std::string_view event, fields with)
{
    if (at < threshold_now.load(std::memory_order_relaxed)) return;
    std::string line = "{\"at\":\"";
    append_time(line);
    line += "\",\"level\":\"";
    line += name_of(at);
    line += "\",\"event\":";
    append_string(line, event);
    for (const auto& [name, value] : with) {
        line += ',';
        append_string(line, name);
        line += ':';
        std::visit(append_value{line}, value);
    }
    line += '}';
    sink().log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace bot::log
