#pragma once
// The platform's half of the protocol: signs and encrypts pushes, opens passive replies. The platform simulator, the
// load generator and the tests speak with it; the server itself never does.
// One object is used by one thread at a time (it reuses cipher contexts and buffers).

#include "bot/base/clock.hpp"
#include "bot/base/error.hpp"
#include "bot/wechat/account.hpp"
#include "bot/wechat/passive_reply.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace bot::wechat {

struct push_request {
    std::string query;  // without '?'
    std::string body;
};

// A passive reply as the platform reads it.
struct opened_reply {
    std::string clear;  // the reply as written before encryption; "success" or empty: nothing is said
    std::string to;     // the citizen
    std::string from;   // our original id
    std::chrono::sys_seconds create_time{};
    passive_reply reply;  // no_reply when nothing is said
};

class platform_side {
public:
    // Uses the account's current token and key. Throws std::invalid_argument for a malformed account.
    explicit platform_side(account configured);
    ~platform_side();
    platform_side(platform_side&&) noexcept;

    // The query of the GET that verifies the server's address; the right answer is echo itself.
    std::string verification(std::string_view echo, bot::instant now, std::string_view nonce);

    // A POST in the account's mode: plain, compatible (the clear fields and the ciphertext) or safe.
    // clear: the push in XML or JSON; the envelope is of the same format. open_id: the sender.
    push_request push(std::string_view clear, std::string_view open_id, bot::instant now, std::string_view nonce);

    // Reads the body of our answer: checks MsgSignature, decrypts, parses. In safe mode a clear answer other than
    // "success" or nothing is refused, as the platform would.
    // Errors: bad_signature, bad_envelope, wrong_receiver, refused_mode, bad_message.
    bot::result<opened_reply> open(std::string_view body);

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace bot::wechat
