#pragma once
// The text that names a delivery (protocol §6.2).

#include "bot/wechat/inbound.hpp"

#include <string>
#include <string_view>

namespace bot::wechat {

// Message: appid|From|MsgId|CreateTime, since the same MsgId has been seen for two people.
// Event, or a message without MsgId: appid|From|CreateTime|Event or type|EventKey|hash of the clear body, since one
// person's events may share a second.
// Nothing of the address line goes in: a retry may be signed anew.
std::string delivery_key(std::string_view app_id, const inbound& message, std::string_view clear_body);

}  // namespace bot::wechat
