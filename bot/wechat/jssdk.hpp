#pragma once
// The signature that a page inside WeChat needs before it may call the JS-SDK (protocol §8.11).

#include <string>
#include <string_view>

namespace bot::wechat {

// url: of the page, as the browser shows it; what follows '#' is not signed.
std::string jssdk_signature(
    std::string_view ticket, std::string_view nonce, std::string_view timestamp, std::string_view url
);

}  // namespace bot::wechat
