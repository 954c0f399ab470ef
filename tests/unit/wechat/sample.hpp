#pragma once
// The account and the moments that these tests share.

#include "bot/base/clock.hpp"
#include "bot/wechat/account.hpp"
#include "bot/wechat/field_tree.hpp"
#include "bot/wechat/inbound_reader.hpp"
#include "bot/wechat/push_format.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sample {

inline constexpr std::string_view original_id = "gh_0a1b2c3d4e5f";
inline constexpr std::string_view open_id = "oDemo0000000000000000000001";
inline constexpr bot::instant now{std::chrono::seconds(1'733'000'002)};
inline constexpr std::string_view other_key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";

inline bot::wechat::account account(bot::wechat::mode mode = bot::wechat::mode::safe)
{
    bot::wechat::account made;
    made.name = "main";
    made.original_id = original_id;
    made.app_id = "wxb11529c136998cb6";
    made.app_secret = "secret";
    made.token = "pamtest";
    made.aes_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    made.configured_mode = mode;
    return made;
}

// A push of the given inner elements after the two names and CreateTime.
inline std::string xml(std::string_view inner)
{
    return "<xml><ToUserName><![CDATA[gh_0a1b2c3d4e5f]]></ToUserName><FromUserName>"
           "<![CDATA[oDemo0000000000000000000001]]></FromUserName><CreateTime>1733000001</CreateTime>" +
           std::string(inner) + "</xml>";
}

inline std::string text_xml(std::string_view content)
{
    return xml(
        "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[" + std::string(content) +
        "]]></Content><MsgId>24800000000000001</MsgId>"
    );
}

inline std::string event_xml(std::string_view event, std::string_view inner)
{
    return xml(
        "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[" + std::string(event) + "]]></Event>" +
        std::string(inner)
    );
}

// A push in JSON, of the members after the two names and CreateTime.
inline std::string json(std::string_view inner)
{
    return R"({"ToUserName":"gh_0a1b2c3d4e5f","FromUserName":"oDemo0000000000000000000001","CreateTime":1733000001,)" +
           std::string(inner) + "}";
}

inline std::optional<bot::wechat::inbound> read(std::string_view push)
{
    bot::wechat::field_tree fields;
    if (!bot::wechat::read_push(push, fields))
        return std::nullopt;
    return bot::wechat::read_inbound(fields);
}

}  // namespace sample
