#pragma once
// From the fields of a push to the value.

#include "bot/wechat/field_tree.hpp"
#include "bot/wechat/inbound.hpp"

#include <optional>
#include <string_view>

namespace bot::wechat {

// nullopt when ToUserName, FromUserName, CreateTime (Unix seconds), MsgType or, in an event, Event is missing or
// cannot be read. Everything else may be missing.
std::optional<inbound> read_inbound(const field_tree& push);

// The content of an event by its name, compared without regard to case; unknown_event for a name we do not know.
inbound_content read_event(std::string_view event, const field_tree::node& push);

// The name as the protocol reference writes it, or the name itself when we do not know it.
std::string_view canonical_event(std::string_view event);

}  // namespace bot::wechat
