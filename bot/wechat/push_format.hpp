#pragma once
// Reads the bytes of a push, XML or JSON, into a tree of fields.

#include "bot/wechat/field_tree.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace bot::wechat {

enum class push_format { xml, json };

// Larger bodies are refused (protocol §2.1).
constexpr std::size_t largest_push = 64 * 1024;

// The format is told by the first byte that is no space, '<' or '{'. nullopt, with the tree in no particular state,
// for what cannot be read or should not be: too large, invalid UTF-8, DOCTYPE, nested more than eight deep, an integer
// beyond 64 bits.
std::optional<push_format> read_push(std::string_view body, field_tree& out);

// The two readers; they expect valid UTF-8. False: refused.
bool read_xml(std::string_view body, field_tree& out);
bool read_json(std::string_view body, field_tree& out);

}  // namespace bot::wechat
