#include "bot/wechat/jssdk.hpp"

#include "bot/wechat/signature.hpp"

namespace bot::wechat {

std::string jssdk_signature(
    std::string_view ticket, std::string_view nonce, std::string_view timestamp, std::string_view url
)
{
    std::string text = "jsapi_ticket=";
    text.append(ticket).append("&noncestr=").append(nonce);
    text.append("&timestamp=").append(timestamp).append("&url=").append(url.substr(0, url.find('#')));
    return std::string(signer().hash(text).text());
}

}  // namespace bot::wechat
