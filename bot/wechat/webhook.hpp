#pragma once
// The inbound side of one WeChat Official Account: verification, decryption, parsing, and the passive reply.
// No I/O: bytes in, values out. The mode is decided by our configuration, never by the request (protocol §2.1).
// One webhook object is used by one thread at a time (it reuses cipher contexts and buffers).

#include "bot/base/clock.hpp"
#include "bot/base/error.hpp"
#include "bot/wechat/account.hpp"
#include "bot/wechat/inbound.hpp"
#include "bot/wechat/passive_reply.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace bot::wechat {

// What must be remembered of a request to answer it: which key opened it, and its format.
struct reply_envelope {
    bool encrypted = false;
    bool json = false;
    bool previous_key = false;    // answer with the key that opened the request (protocol §3)
    bool previous_token = false;
    std::string nonce;            // of the request; the reply carries it again
};

struct received {
    inbound message;
    reply_envelope envelope;
    // Same for every delivery of this message, different for any other of this account (protocol §6.2).
    std::string delivery;
};

class webhook {
public:
    // Throws std::invalid_argument for a malformed account (token, 43-character key, original id).
    explicit webhook(account configured);
    ~webhook();
    webhook(webhook&&) noexcept;

    // GET: gives the echostr to answer with. Errors: bad_signature, stale, bad_message.
    bot::result<std::string> verify(std::string_view query, bot::instant now);

    // POST. query: the raw query string. Errors: bad_signature, bad_envelope, wrong_receiver, refused_mode,
    // bad_message, stale. Signatures are compared in constant time and before anything is decrypted.
    bot::result<received> receive(std::string_view query, std::string_view body, bot::instant now);

    // The body of the HTTP answer. The clear reply is a function of (message, reply, at) alone, so that every delivery
    // of a message gets the same bytes after decryption; only the envelope's random prefix differs.
    // at: the turn's time. Never longer than the platform takes: text is cut at a character boundary (2048 bytes).
    std::string answer(const received& request, const passive_reply& reply, bot::instant at);

    const account& configured() const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace bot::wechat
