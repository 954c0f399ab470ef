#pragma once
// A push as the platform writes it, from its value: for the platform simulator, the load generator and tests.

#include "bot/wechat/inbound.hpp"

#include <string>

namespace bot::wechat {

// The clear XML of what a person can send: text, image, voice, video, shortvideo, location, link, subscribe,
// unsubscribe, SCAN, CLICK. MsgType and Event follow from the content; msg_id_text wins over msg_id.
// Throws std::invalid_argument for any other content: the platform alone makes those.
std::string to_xml(const inbound& message);

}  // namespace bot::wechat
