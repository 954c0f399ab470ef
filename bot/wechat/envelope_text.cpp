#include "bot/wechat/envelope_text.hpp"

#include "bot/wechat/base64.hpp"
#include "bot/wechat/xml_text.hpp"

#include <algorithm>
#include <stdexcept>

namespace bot::wechat {
namespace {

bool letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool all_of(std::string_view text, auto accepts) { return std::all_of(text.begin(), text.end(), accepts); }

void check_token(std::string_view token, const char* setting)
{
    if (token.size() < 3 || token.size() > 32 || !all_of(token, letter_or_digit))
        throw std::invalid_argument(std::string(setting) + " must be 3 to 32 letters and digits");
}

void check_key(const std::string& key, const std::string& app_id, const char* setting)
{
    try {
        envelope(key, app_id);
    } catch (const std::invalid_argument&) {
        throw std::invalid_argument(std::string(setting) + " must be the 43 characters of the EncodingAESKey");
    }
}

field_tree::node either(const field_tree& body, std::string_view name, std::string_view other)
{
    const auto found = body.top().child(name);
    return found ? found : body.top().child(other);
}

}  // namespace

void check_account(const account& configured)
{
    const auto id_character = [](char c) { return letter_or_digit(c) || c == '_' || c == '-'; };
    const std::string_view original = configured.original_id;
    if (!original.starts_with("gh_") || original.size() < 4 || original.size() > 64 || !all_of(original, id_character))
        throw std::invalid_argument("original_id must be the account's original id (gh_…)");
    if (configured.app_id.empty() || configured.app_id.size() > 64 || !all_of(configured.app_id, id_character))
        throw std::invalid_argument("app_id must be the account's AppID (wx…)");
    check_token(configured.token, "token");
    if (!configured.previous_token.empty())
        check_token(configured.previous_token, "previous_token");
    if (!configured.aes_key.empty() || configured.configured_mode != mode::plain)
        check_key(configured.aes_key, configured.app_id, "aes_key");
    if (configured.previous_aes_key.empty())
        return;
    check_key(configured.previous_aes_key, configured.app_id, "previous_aes_key");
    if (configured.aes_key.empty())
        throw std::invalid_argument("previous_aes_key is set, but aes_key is not");
}

field_tree::node encrypt_field(const field_tree& body) { return either(body, "Encrypt", "encrypt"); }
field_tree::node receiver_field(const field_tree& body) { return either(body, "ToUserName", "tousername"); }

std::string sealed_reply(
    const reply_to_seal& reply, push_format format, envelope& key, random_prefixes& prefixes, signer& hasher
)
{
    const bool json = format == push_format::json;
    std::string body;
    body.reserve(base64_length(reply.clear.size() + 96) + 224);
    body += json ? R"({"Encrypt":")" : "<xml><Encrypt><![CDATA[";
    const std::size_t begin = body.size();
    key.seal(reply.clear, prefixes.next(), body);
    const auto encrypt = std::string_view(body).substr(begin);
    const auto signature = hasher.sign({reply.token, reply.timestamp, reply.nonce, encrypt});
    if (json) {
        body.append(R"(","MsgSignature":")").append(signature.text());
        body.append(R"(","TimeStamp":)").append(reply.timestamp);
        body.append(R"(,"Nonce":")").append(reply.nonce).append(R"("})");
    } else {
        body += "]]></Encrypt>";
        append_cdata(body, "MsgSignature", signature.text());
        append_plain(body, "TimeStamp", reply.timestamp);
        append_cdata(body, "Nonce", reply.nonce);
        body += "</xml>";
    }
    return body;
}

}  // namespace bot::wechat
