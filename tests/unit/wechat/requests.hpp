#pragma once
// Signed requests of the platform, and how a test spoils them.

#include "bot/wechat/platform_side.hpp"
#include "bot/wechat/signature.hpp"
#include "bot/wechat/webhook.hpp"
#include "tests/unit/wechat/sample.hpp"

#include <string>
#include <string_view>

namespace requests {

using namespace bot::wechat;

inline const std::string text = sample::text_xml("邻居半夜装修😡");

inline push_request pushed(const account& by, std::string_view clear = text, bot::instant at = sample::now)
{
    return platform_side(by).push(clear, sample::open_id, at, "415670741");
}

inline std::string without(std::string query, std::string_view name)
{
    const auto begin = query.find(std::string(name) + "=");
    const auto end = query.find('&', begin);
    return query.erase(begin, end == query.npos ? query.npos : end - begin + 1);
}

inline std::string with(std::string query, std::string_view name, std::string_view value)
{
    return without(std::move(query), name) + "&" + std::string(name) + "=" + std::string(value);
}

inline std::string sealed_as(
    const account& by, std::string_view query, std::string_view encrypt, std::string_view nonce = "415670741"
)
{
    const auto timestamp = std::to_string(sample::now.time_since_epoch().count() / 1000);
    return with(
        std::string(query), "msg_signature", signer().sign({by.token, timestamp, nonce, encrypt}).text()
    );
}

inline std::string error_of(const bot::result<received>& got)
{
    return got ? "" : std::string(bot::error_name(got.error()));
}

}  // namespace requests
