#include "bot/wechat/push_format.hpp"

#include "bot/wechat/unicode.hpp"

namespace bot::wechat {

std::optional<push_format> read_push(std::string_view body, field_tree& out)
{
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    out.clear();
    if (body.size() > largest_push)
        return std::nullopt;
    if (body.starts_with(byte_order_mark))
        body.remove_prefix(byte_order_mark.size());
    const auto first = body.find_first_not_of(" \t\r\n");
    if (first == body.npos || body.find('\0') != body.npos || !valid_utf8(body))
        return std::nullopt;
    if (body[first] == '<' && read_xml(body, out))
        return push_format::xml;
    if (body[first] == '{' && read_json(body, out))
        return push_format::json;
    return std::nullopt;
}

}  // namespace bot::wechat
