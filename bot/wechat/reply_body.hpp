#pragma once
// A passive reply as the platform reads it, before any encryption (protocol §6.1).

#include "bot/base/clock.hpp"
#include "bot/wechat/field_tree.hpp"
#include "bot/wechat/inbound.hpp"
#include "bot/wechat/passive_reply.hpp"
#include "bot/wechat/push_format.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bot::wechat {

// What the platform takes for "received, nothing is said"; it stays clear in every mode.
constexpr std::string_view nothing_said = "success";

// The reply to this message, with its names swapped. A function of its arguments alone.
// nullopt when nothing can be said: no_reply, an empty text, a reply that lacks its media id, news without articles.
std::optional<std::string> clear_reply(
    const inbound& to, const passive_reply& reply, bot::instant at, push_format format
);

// The reverse, as the platform does it. nullopt for a type we do not know or a text that is empty.
std::optional<passive_reply> read_reply(const field_tree& body);

// The text as far as the platform takes it: cut at a character, and before a link that would not be whole.
std::string fitting_text(std::string_view text);

}  // namespace bot::wechat
