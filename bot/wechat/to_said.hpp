#pragma once
// From WeChat's names to the channel-neutral value that the dialogues understand.

#include "bot/wechat/inbound.hpp"
#include "dialogs/turn.hpp"

namespace bot::wechat {

// What needs no answer (receipts, page views, the position report) and what we do not know becomes dialogs::noticed.
// Its kind is the event's name as the protocol reference writes it, or the unknown name as it came.
dialogs::said to_said(const inbound& message);

}  // namespace bot::wechat
