#include "bot/wechat/push_format.hpp"

#include <boost/json.hpp>

#include <array>
#include <charconv>
#include <cmath>

namespace bot::wechat {
namespace {

namespace json = boost::json;

// Some of the platform's samples have a blank inside the quotes of a key.
std::string_view trimmed(std::string_view key)
{
    constexpr std::string_view space = " \t\r\n";
    const auto begin = key.find_first_not_of(space);
    return begin == key.npos ? std::string_view() : key.substr(begin, key.find_last_not_of(space) - begin + 1);
}

class json_reader {
public:
    explicit json_reader(field_tree& out) : out_(out) {}

    bool field(std::string_view name, const json::value& value)
    {
        if (const auto* list = value.if_array()) {
            for (const auto& entry : *list)
                if (!field(name, entry))
                    return false;
            return true;
        }
        if (out_.depth() == field_tree::largest_depth || !out_.open(name))
            return false;
        if (!contents(value))
            return false;
        out_.close();
        return true;
    }

private:
    bool contents(const json::value& value)
    {
        switch (value.kind()) {
            case json::kind::object: return members(value.get_object());
            case json::kind::string: return text(value.get_string());
            case json::kind::int64: return number(value.get_int64());
            case json::kind::uint64: return number(value.get_uint64());
            case json::kind::double_: return fraction(value.get_double());
            case json::kind::bool_: return text(value.get_bool() ? "true" : "false");
            default: return true;  // null is as good as absent
        }
    }

    bool members(const json::object& object)
    {
        for (const auto& [key, value] : object)
            if (!field(trimmed(key), value))
                return false;
        return true;
    }

    // A NUL can only come as \u0000; nothing after us expects one.
    bool text(std::string_view value)
    {
        for (auto nul = value.find('\0'); nul != value.npos; nul = value.find('\0')) {
            out_.append_text(value.substr(0, nul));
            value.remove_prefix(nul + 1);
        }
        out_.append_text(value);
        return true;
    }

    template <class T>
    bool number(T value)
    {
        std::array<char, 32> digits;
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        out_.append_text({digits.data(), static_cast<std::size_t>(end - digits.data())});
        return true;
    }

    // The parser makes a double of an integer beyond 64 bits; such an id would have lost digits.
    bool fraction(double value)
    {
        constexpr double exact = 9007199254740992;  // 2^53
        return std::abs(value) < exact && number(value);
    }

    field_tree& out_;
};

}  // namespace

bool read_json(std::string_view body, field_tree& out)
{
    std::array<unsigned char, 8 * 1024> first_block;
    json::monotonic_resource memory(first_block.data(), first_block.size());
    json::parse_options options;
    options.max_depth = field_tree::largest_depth;
    json::error_code failed;
    const json::value whole = json::parse({body.data(), body.size()}, failed, &memory, options);
    return !failed && whole.is_object() && json_reader(out).field("xml", whole);
}

}  // namespace bot::wechat
