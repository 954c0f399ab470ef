#pragma once
// The XML or JSON around a ciphertext, in both directions, and what must be true of an account to use it.

#include "bot/wechat/account.hpp"
#include "bot/wechat/envelope.hpp"
#include "bot/wechat/field_tree.hpp"
#include "bot/wechat/push_format.hpp"
#include "bot/wechat/signature.hpp"

#include <string>
#include <string_view>

namespace bot::wechat {

// Throws std::invalid_argument, naming the setting, for an account that cannot work.
void check_account(const account& configured);

// The ciphertext and the receiver of a push or reply; absent when there is none. WeCom's JSON writes the names in lower
// case.
field_tree::node encrypt_field(const field_tree& body);
field_tree::node receiver_field(const field_tree& body);

struct reply_to_seal {
    std::string_view clear;
    std::string_view token;
    std::string timestamp;  // Unix seconds
    std::string_view nonce;
};

// The encrypted passive reply (protocol §3.1).
std::string sealed_reply(
    const reply_to_seal& reply, push_format format, envelope& key, random_prefixes& prefixes, signer& hasher
);

}  // namespace bot::wechat
