#pragma once
// What the stored forms (state, said, replies) are written and read with. Only for the .cpp files of this folder:
// Boost.JSON is a heavy include.

#include "bot/base/clock.hpp"
#include "dialogs/turn.hpp"

#include <boost/json.hpp>

#include <charconv>
#include <stdexcept>
#include <string>
#include <string_view>

namespace dialogs::stored {

namespace json = boost::json;

inline void put(std::string& out, std::string_view text)
{
    constexpr char hex[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

inline void put(std::string& out, std::int64_t number)
{
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

inline std::int64_t ms(bot::instant at) { return at.time_since_epoch().count(); }
inline bot::instant instant_of(std::int64_t ms) { return bot::instant(std::chrono::milliseconds(ms)); }

// Writes the members of one object, commas between them.
class object_writer {
public:
    explicit object_writer(std::string& out) : out_(out) { out_ += '{'; }
    void close() { out_ += '}'; }
    std::string& key(std::string_view name)
    {
        if (!first_)
            out_ += ',';
        first_ = false;
        put(out_, name);
        out_ += ':';
        return out_;
    }
    void text(std::string_view name, std::string_view value)
    {
        if (!value.empty())
            put(key(name), value);
    }
    void number(std::string_view name, std::int64_t value) { put(key(name), value); }

private:
    std::string& out_;
    bool first_ = true;
};

// Reading: what is absent is default, what has another type than we write is refused.
inline std::string text_of(const json::value& v) { return std::string(v.as_string()); }

inline const json::value* member(const json::object& o, std::string_view key) { return o.if_contains(key); }

inline std::string text_or_empty(const json::object& o, std::string_view key)
{
    const auto* v = member(o, key);
    return v ? text_of(*v) : std::string{};
}

// As serialise wrote them (said_json.cpp).
std::vector<reply> replies_of(const json::value& v);

// Every way in which Boost.JSON refuses becomes the one exception of the port.
template <class F>
auto reading(std::string_view bytes, F&& read)
{
    try {
        json::parse_options lenient;
        lenient.allow_invalid_utf8 = true;  // the bytes are what a citizen sent
        unsigned char buffer[4096];
        json::monotonic_resource memory(buffer);
        boost::system::error_code failed;
        const auto value = json::parse({bytes.data(), bytes.size()}, failed, &memory, lenient);
        if (failed)
            throw std::invalid_argument("not what serialise wrote: " + failed.message());
        return read(value);
    } catch (const std::invalid_argument&) {
        throw;
    } catch (const std::exception& e) {
        throw std::invalid_argument(std::string("not what serialise wrote: ") + e.what());
    }
}

}  // namespace dialogs::stored
