#include "bot/wechat/platform_side.hpp"

#include "bot/wechat/envelope.hpp"
#include "bot/wechat/envelope_text.hpp"
#include "bot/wechat/numbers.hpp"
#include "bot/wechat/push_format.hpp"
#include "bot/wechat/query.hpp"
#include "bot/wechat/reply_body.hpp"
#include "bot/wechat/signature.hpp"
#include "bot/wechat/xml_text.hpp"

#include <optional>

namespace bot::wechat {
namespace {

std::string seconds_of(bot::instant at)
{
    return std::to_string(std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
}

void add_parameter(std::string& query, std::string_view name, std::string_view value)
{
    if (!query.empty())
        query += '&';
    query.append(name).append("=");
    append_percent_encoded(query, value);
}

bool is_json(std::string_view clear)
{
    const auto first = clear.find_first_not_of(" \t\r\n");
    return first != clear.npos && clear[first] == '{';
}

}  // namespace

struct platform_side::impl {
    explicit impl(account given) : configured(std::move(given))
    {
        check_account(configured);
        if (!configured.aes_key.empty())
            key.emplace(configured.aes_key, configured.app_id);
    }

    std::string signed_query(bot::instant now, std::string_view nonce);
    // around: what stands beside the ciphertext, "<xml>…" or "{…," without its end.
    std::string with_ciphertext(std::string around, bool json, std::string_view encrypt) const;
    std::string envelope_around(std::string_view clear, bool json) const;
    bot::result<std::string> clear_body(std::string_view body);

    account configured;
    std::optional<envelope> key;
    signer hasher;
    random_prefixes prefixes;
    field_tree outer, inner;
};

std::string platform_side::impl::signed_query(bot::instant now, std::string_view nonce)
{
    const auto timestamp = seconds_of(now);
    std::string query;
    query.reserve(256);
    add_parameter(query, "signature", hasher.sign({configured.token, timestamp, nonce}).text());
    add_parameter(query, "timestamp", timestamp);
    add_parameter(query, "nonce", nonce);
    return query;
}

std::string platform_side::impl::envelope_around(std::string_view clear, bool json) const
{
    if (configured.configured_mode == mode::compatible) {
        const auto end = clear.rfind(json ? "}" : "</xml>");
        std::string around(clear.substr(0, end));
        if (json)
            around += ',';
        return around;
    }
    if (json)
        return R"({"ToUserName":")" + configured.original_id + R"(",)";
    std::string around = "<xml>";
    append_cdata(around, "ToUserName", configured.original_id);
    return around;
}

std::string platform_side::impl::with_ciphertext(std::string around, bool json, std::string_view encrypt) const
{
    if (json)
        return around.append(R"("Encrypt":")").append(encrypt).append(R"("})");
    return around.append("<Encrypt><![CDATA[").append(encrypt).append("]]></Encrypt></xml>");
}

bot::result<std::string> platform_side::impl::clear_body(std::string_view body)
{
    if (!read_push(body, outer))
        return errc::bad_message;
    const auto encrypt = encrypt_field(outer).text();
    if (!encrypt_field(outer)) {
        if (configured.configured_mode == mode::safe)
            return errc::refused_mode;
        return std::string(body);
    }
    if (configured.configured_mode == mode::plain)
        return errc::refused_mode;
    const auto top = outer.top();
    if (!hasher.matches(
            top.text("MsgSignature"), {configured.token, top.text("TimeStamp"), top.text("Nonce"), encrypt}
        ))
        return errc::bad_signature;
    const auto clear = key->open(encrypt);
    if (!clear)
        return clear.error();
    return std::string(*clear);
}

platform_side::platform_side(account configured) : impl_(std::make_unique<impl>(std::move(configured))) {}
platform_side::~platform_side() = default;
platform_side::platform_side(platform_side&&) noexcept = default;

std::string platform_side::verification(std::string_view echo, bot::instant now, std::string_view nonce)
{
    auto query = impl_->signed_query(now, nonce);
    add_parameter(query, "echostr", echo);
    return query;
}

push_request platform_side::push(
    std::string_view clear, std::string_view open_id, bot::instant now, std::string_view nonce
)
{
    push_request request;
    request.query = impl_->signed_query(now, nonce);
    add_parameter(request.query, "openid", open_id);
    if (impl_->configured.configured_mode == mode::plain) {
        request.body = clear;
        return request;
    }
    std::string encrypt;
    impl_->key->seal(clear, impl_->prefixes.next(), encrypt);
    const auto signature = impl_->hasher.sign({impl_->configured.token, seconds_of(now), nonce, encrypt});
    add_parameter(request.query, "encrypt_type", "aes");
    add_parameter(request.query, "msg_signature", signature.text());
    const bool json = is_json(clear);
    request.body = impl_->with_ciphertext(impl_->envelope_around(clear, json), json, encrypt);
    return request;
}

bot::result<opened_reply> platform_side::open(std::string_view body)
{
    opened_reply opened;
    opened.clear = body;
    if (body.empty() || body == nothing_said)
        return opened;
    auto clear = impl_->clear_body(body);
    if (!clear)
        return clear.error();
    if (!read_push(*clear, impl_->inner))
        return errc::bad_message;
    const auto top = impl_->inner.top();
    const auto created = read_number<std::int64_t>(top.text("CreateTime"));
    auto reply = read_reply(impl_->inner);
    constexpr std::int64_t first_millisecond = 100'000'000'000;  // as seconds: the year 5138
    if (!created || *created < 0 || *created >= first_millisecond || !reply)
        return errc::bad_message;
    opened.to = top.text("ToUserName");
    opened.from = top.text("FromUserName");
    opened.create_time = std::chrono::sys_seconds(std::chrono::seconds(*created));
    opened.reply = std::move(*reply);
    opened.clear = std::move(*clear);
    return opened;
}

}  // namespace bot::wechat
