#include "bot/app/platform_check.hpp"

#include <boost/json.hpp>
#include <httplib.h>

namespace bot::app {

platform_answer ask_platform(const wechat::account& account)
{
    httplib::Client client(account.api_base);
    client.set_connection_timeout(3);
    client.set_read_timeout(2);
    const boost::json::object body{
        {"grant_type", "client_credential"}, {"appid", account.app_id}, {"secret", account.app_secret}};
    const auto response = client.Post("/cgi-bin/stable_token", boost::json::serialize(body), "application/json");
    platform_answer answer;
    if (!response || response->status != 200)
        return answer;
    boost::system::error_code broken;
    const auto parsed = boost::json::parse(response->body, broken);
    if (broken || !parsed.is_object())
        return answer;
    answer.reached = true;
    if (const auto* code = parsed.as_object().if_contains("errcode"); code != nullptr && code->is_int64())
        answer.errcode = static_cast<int>(code->as_int64());
    if (const auto* text = parsed.as_object().if_contains("errmsg"); text != nullptr && text->is_string())
        answer.errmsg = std::string(text->as_string());
    return answer;
}

std::string advice(const platform_answer& answer)
{
    if (!answer.reached)
        return "no answer: check api_base, DNS, and the way out to the network";
    switch (answer.errcode) {
        case 0: return "";
        case 40001:
        case 40125: return "app_secret is wrong";
        case 40013: return "app_id is wrong";
        case 40164: return "this machine's address is not in the account's IP whitelist: " + answer.errmsg;
        case 40243: return "app_secret is frozen: thaw it in the account's console";
        case 45009: return "the daily quota of token calls is used up";
        case 89503: return "the administrator has to confirm the call";
        case 89506:
        case 89507: return "the administrator has refused this machine's address";
        default: return "errcode " + std::to_string(answer.errcode) + ": " + answer.errmsg;
    }
}

}  // namespace bot::app
