#include "bot/wechat/webhook.hpp"

#include "bot/wechat/delivery.hpp"
#include "bot/wechat/envelope.hpp"
#include "bot/wechat/envelope_text.hpp"
#include "bot/wechat/inbound_reader.hpp"
#include "bot/wechat/numbers.hpp"
#include "bot/wechat/push_format.hpp"
#include "bot/wechat/query.hpp"
#include "bot/wechat/replay_memory.hpp"
#include "bot/wechat/reply_body.hpp"
#include "bot/wechat/signature.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <vector>

namespace bot::wechat {
namespace {

constexpr std::size_t longest_echo = 256;
constexpr std::size_t remembered_signatures = 65'536;

// It returns in our reply and is signed as printed there: nothing that a format would have to escape.
bool plain_nonce(std::string_view nonce)
{
    constexpr std::size_t longest = 128;
    const auto allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("+/=_.~-").find(c) != std::string_view::npos;
    };
    return !nonce.empty() && nonce.size() <= longest && std::all_of(nonce.begin(), nonce.end(), allowed);
}

// What the address line of a request says.
struct address_line {
    std::string_view signature, timestamp, nonce, encrypt_type, message_signature;

    explicit address_line(const query_parameters& query)
        : signature(query.get("signature")),
          timestamp(query.get("timestamp")),
          nonce(query.get("nonce")),
          encrypt_type(query.get("encrypt_type")),
          message_signature(query.get("msg_signature"))
    {
    }
};

}  // namespace

struct webhook::impl {
    explicit impl(account given) : configured(std::move(given))
    {
        check_account(configured);
        tokens = {configured.token};
        if (!configured.previous_token.empty())
            tokens.push_back(configured.previous_token);
        for (const auto& key : {configured.aes_key, configured.previous_aes_key})
            if (!key.empty())
                keys.emplace_back(key, configured.app_id);
    }

    std::optional<std::size_t> token_signing(std::string_view given, const address_line& line);
    std::optional<std::size_t> token_signing(
        std::string_view given, const address_line& line, std::string_view encrypt, std::optional<std::size_t> only
    );
    bot::result<void> check_age(const address_line& line, bot::instant now) const;
    bool retry_or_new(const address_line& line, std::string_view body, bot::instant now);

    bot::result<received> receive(const address_line& line, std::string_view body, bot::instant now);
    bot::result<received> receive_clear(
        const address_line& line, std::size_t token, push_format format, std::string_view body, bot::instant now
    );
    bot::result<received> receive_encrypted(
        const address_line& line, std::optional<std::size_t> token, push_format format, std::string_view body,
        bot::instant now
    );
    bot::result<received> finish(const field_tree& push, std::string_view clear, reply_envelope envelope);

    // The message inside, and whether the previous key opened it.
    bot::result<std::pair<std::string_view, bool>> open(std::string_view encrypt);

    account configured;
    std::vector<std::string> tokens;  // the current one first
    std::vector<envelope> keys;       // the current one first
    signer hasher;
    random_prefixes prefixes;
    field_tree outer, inner;
    replay_memory seen{remembered_signatures};
};

std::optional<std::size_t> webhook::impl::token_signing(std::string_view given, const address_line& line)
{
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if (hasher.matches(given, {tokens[i], line.timestamp, line.nonce}))
            return i;
    return std::nullopt;
}

std::optional<std::size_t> webhook::impl::token_signing(
    std::string_view given, const address_line& line, std::string_view encrypt, std::optional<std::size_t> only
)
{
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if (i == only.value_or(i) && hasher.matches(given, {tokens[i], line.timestamp, line.nonce, encrypt}))
            return i;
    return std::nullopt;
}

bot::result<void> webhook::impl::check_age(const address_line& line, bot::instant now) const
{
    const auto at = read_number<std::int64_t>(line.timestamp);
    if (!at || *at < 0 || !plain_nonce(line.nonce))
        return errc::bad_message;
    const auto now_seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    const auto age = now_seconds > *at ? now_seconds - *at : *at - now_seconds;
    if (configured.replay_window.count() > 0 && age > configured.replay_window.count())
        return errc::stale;
    return {};
}

bool webhook::impl::retry_or_new(const address_line& line, std::string_view body, bot::instant now)
{
    // A timestamp may lie one window ahead, and stays good until one window after it.
    const auto window = configured.replay_window.count() > 0 ? configured.replay_window : std::chrono::seconds(300);
    return seen.admits(line.signature, fingerprint_of(body), now, 2 * window);
}

bot::result<received> webhook::impl::receive(const address_line& line, std::string_view body, bot::instant now)
{
    std::optional<std::size_t> token;
    const bool signature_needed = configured.configured_mode == mode::plain;
    if (signature_needed || !line.signature.empty()) {
        token = token_signing(line.signature, line);
        if (!token)
            return errc::bad_signature;
    }
    const auto format = read_push(body, outer);
    if (!format)
        return errc::bad_message;

    const bool ciphertext = static_cast<bool>(encrypt_field(outer));
    const bool claimed = line.encrypt_type == "aes";
    if (configured.configured_mode == mode::plain) {
        if (ciphertext || claimed)
            return errc::refused_mode;
        return receive_clear(line, *token, *format, body, now);
    }
    if (ciphertext)
        return receive_encrypted(line, token, *format, body, now);
    if (claimed)
        return errc::bad_envelope;
    if (configured.configured_mode != mode::compatible || !configured.allow_plain)
        return errc::refused_mode;
    if (!token)
        return errc::bad_signature;
    return receive_clear(line, *token, *format, body, now);
}

bot::result<received> webhook::impl::receive_clear(
    const address_line& line, std::size_t token, push_format format, std::string_view body, bot::instant now
)
{
    if (const auto age = check_age(line, now); !age)
        return age.error();
    if (!retry_or_new(line, body, now))
        return errc::bad_signature;
    reply_envelope reply;
    reply.json = format == push_format::json;
    reply.previous_token = token != 0;
    reply.nonce = line.nonce;
    return finish(outer, body, std::move(reply));
}

bot::result<received> webhook::impl::receive_encrypted(
    const address_line& line, std::optional<std::size_t> token, push_format format, std::string_view body,
    bot::instant now
)
{
    const auto encrypt = encrypt_field(outer).text();
    const auto signing = token_signing(line.message_signature, line, encrypt, token);
    if (!signing)
        return errc::bad_signature;
    if (const auto age = check_age(line, now); !age)
        return age.error();
    // Where clear requests are taken too, a captured address line must not carry a clear body of someone else's.
    if (configured.allow_plain && token && !retry_or_new(line, body, now))
        return errc::bad_signature;
    if (receiver_field(outer).text() != configured.original_id)
        return errc::wrong_receiver;

    const auto opened = open(encrypt);
    if (!opened)
        return opened.error();
    const auto [clear, previous_key] = *opened;
    if (!read_push(clear, inner))
        return errc::bad_message;
    reply_envelope reply;
    reply.encrypted = true;
    reply.json = format == push_format::json;
    reply.previous_key = previous_key;
    reply.previous_token = *signing != 0;
    reply.nonce = line.nonce;
    return finish(inner, clear, std::move(reply));
}

bot::result<std::pair<std::string_view, bool>> webhook::impl::open(std::string_view encrypt)
{
    auto failure = errc::bad_envelope;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto clear = keys[i].open(encrypt);
        if (clear)
            return std::pair(*clear, i != 0);
        if (clear.error() == errc::wrong_receiver)
            failure = errc::wrong_receiver;
    }
    return failure;
}

bot::result<received> webhook::impl::finish(
    const field_tree& push, std::string_view clear, reply_envelope envelope
)
{
    auto message = read_inbound(push);
    if (!message)
        return errc::bad_message;
    if (message->to != configured.original_id)
        return errc::wrong_receiver;
    auto delivery = delivery_key(configured.app_id, *message, clear);
    return received{std::move(*message), std::move(envelope), std::move(delivery)};
}

webhook::webhook(account configured) : impl_(std::make_unique<impl>(std::move(configured))) {}
webhook::~webhook() = default;
webhook::webhook(webhook&&) noexcept = default;

const account& webhook::configured() const { return impl_->configured; }

bot::result<std::string> webhook::verify(std::string_view query, bot::instant now)
{
    const auto parameters = query_parameters::parse(query);
    if (!parameters)
        return parameters.error();
    const address_line line(*parameters);
    if (!impl_->token_signing(line.signature, line))
        return errc::bad_signature;
    if (const auto age = impl_->check_age(line, now); !age)
        return age.error();
    const auto echo = parameters->get("echostr");
    if (echo.empty() || echo.size() > longest_echo)
        return errc::bad_message;
    return std::string(echo);
}

bot::result<received> webhook::receive(std::string_view query, std::string_view body, bot::instant now)
{
    const auto parameters = query_parameters::parse(query);
    if (!parameters)
        return parameters.error();
    return impl_->receive(address_line(*parameters), body, now);
}

std::string webhook::answer(const received& request, const passive_reply& reply, bot::instant at)
{
    const auto& envelope = request.envelope;
    const auto format = envelope.json ? push_format::json : push_format::xml;
    auto clear = clear_reply(request.message, reply, at, format);
    if (!clear)
        return std::string(nothing_said);
    if (!envelope.encrypted)
        return std::move(*clear);
    const auto& token = impl_->tokens.at(envelope.previous_token ? 1 : 0);
    auto& key = impl_->keys.at(envelope.previous_key ? 1 : 0);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    return sealed_reply(
        {.clear = *clear, .token = token, .timestamp = std::to_string(seconds), .nonce = envelope.nonce}, format, key,
        impl_->prefixes, impl_->hasher
    );
}

}  // namespace bot::wechat
