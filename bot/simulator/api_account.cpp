// Tokens, the account's menu, QR codes, users, callback addresses (protocol §8.1, §8.6, §8.8, §8.9, §8.14).

#include "bot/simulator/api.hpp"
#include "bot/simulator/percent.hpp"

namespace bot::simulator {
namespace {

namespace json = boost::json;

// The errcode of credentials.
int wrong_credentials(const platform_state& platform, const std::string& app_id, const std::string& secret)
{
    if (app_id.empty()) return 41002;
    if (secret.empty()) return 41004;
    if (app_id != platform.options.account.app_id) return 40013;
    return secret == platform.options.account.app_secret ? 0 : 40125;
}

api_answer token_answer(const issued_token& token)
{
    return json_answer({{"access_token", token.value}, {"expires_in", token.expires_in.count()}});
}

// Sizes in bytes (protocol §8.6).
int wrong_buttons(const json::object& of, std::string_view list, std::size_t most, std::size_t name_bytes)
{
    const auto* buttons = of.if_contains(list);
    if (buttons == nullptr || !buttons->is_array() || buttons->as_array().empty() ||
        buttons->as_array().size() > most)
        return 40016;
    for (const auto& one : buttons->as_array()) {
        if (!one.is_object()) return 47001;
        const auto& button = one.as_object();
        const auto name = text_at(button, "name");
        if (name.empty() || name.size() > name_bytes) return 40018;
        if (button.contains("sub_button") && list == "button") {
            if (const int code = wrong_buttons(button, "sub_button", 5, 60)) return code;
            continue;
        }
        const auto key = text_at(button, "key");
        if (text_at(button, "type") == "click" && (key.empty() || key.size() > 128)) return 40019;
    }
    return 0;
}

}  // namespace

api_answer get_token(platform_state& platform, const api_request& request, const json::object&)
{
    if (query_value(request.query, "grant_type") != "client_credential") return errcode_answer(40002);
    if (const int code = wrong_credentials(
            platform, query_value(request.query, "appid"), query_value(request.query, "secret")
        ))
        return errcode_answer(code);
    return token_answer(platform.tokens.classic(platform.now()));
}

api_answer get_stable_token(platform_state& platform, const api_request&, const json::object& body)
{
    if (text_at(body, "grant_type") != "client_credential") return errcode_answer(40002);
    if (const int code = wrong_credentials(platform, text_at(body, "appid"), text_at(body, "secret")))
        return errcode_answer(code);
    const auto* force = body.if_contains("force_refresh");
    const bool forced = force != nullptr && force->is_bool() && force->as_bool();
    return token_answer(platform.tokens.stable(platform.now(), forced));
}

api_answer create_menu(platform_state& platform, const api_request& request, const json::object& body)
{
    if (has_needless_escape(request.body)) return errcode_answer(40033);
    if (const int code = wrong_buttons(body, "button", 3, 16)) return errcode_answer(code);
    platform.menu = request.body;
    return errcode_answer(0);
}

api_answer get_menu(platform_state& platform, const api_request&, const json::object&)
{
    if (platform.menu.empty()) return errcode_answer(46003);
    return json_answer({{"menu", json::parse(platform.menu)}});
}

api_answer delete_menu(platform_state& platform, const api_request&, const json::object&)
{
    platform.menu.clear();
    return errcode_answer(0);
}

api_answer create_qrcode(platform_state& platform, const api_request&, const json::object& body)
{
    boost::system::error_code missing;
    const json::value whole(body);
    const auto* text = whole.find_pointer("/action_info/scene/scene_str", missing);
    const auto* number = whole.find_pointer("/action_info/scene/scene_id", missing);
    std::string scene;
    if (text != nullptr && text->is_string())
        scene = std::string(text->as_string());
    else if (number != nullptr && number->is_int64())
        scene = std::to_string(number->as_int64());
    if (scene.empty() || scene.size() > 64) return errcode_answer(47001);
    const auto ticket = platform.ticket_for(scene);
    json::object answer{{"ticket", ticket}, {"url", "http://weixin.qq.com/q/" + ticket.substr(0, 22)}};
    if (text_at(body, "action_name").find("LIMIT") == std::string::npos) {
        const auto* seconds = body.if_contains("expire_seconds");
        answer["expire_seconds"] = seconds != nullptr && seconds->is_int64() ? seconds->as_int64() : 60;
    }
    return json_answer(answer);
}

api_answer get_user(platform_state& platform, const api_request& request, const json::object&)
{
    const auto open_id = query_value(request.query, "openid");
    const auto found = platform.lives.find(open_id);
    if (found == platform.lives.end()) return errcode_answer(40003);
    const auto& life = found->second;
    if (!life.following) return json_answer({{"subscribe", 0}, {"openid", open_id}});
    const auto since = std::chrono::floor<std::chrono::seconds>(life.since).time_since_epoch().count();
    return json_answer(
        {{"subscribe", 1},
         {"openid", open_id},
         {"language", "zh_CN"},
         {"subscribe_time", since},
         {"remark", ""},
         {"groupid", 0},
         {"tagid_list", json::array()},
         {"subscribe_scene", life.scene.empty() ? "ADD_SCENE_SEARCH" : "ADD_SCENE_QR_CODE"},
         {"qr_scene", 0},
         {"qr_scene_str", life.scene}}
    );
}

api_answer check_callback(platform_state&, const api_request&, const json::object& body)
{
    if (text_at(body, "action").empty()) return errcode_answer(47001);
    const json::object dns{{"ip", "127.0.0.1"}, {"real_operator", "DEFAULT"}};
    const json::object ping{
        {"ip", "127.0.0.1"}, {"from_operator", "DEFAULT"}, {"package_loss", "0%"}, {"time", "0.1ms"}
    };
    return json_answer({{"dns", json::array{dns}}, {"ping", json::array{ping}}});
}

api_answer get_callback_ip(platform_state&, const api_request&, const json::object&)
{
    return json_answer({{"ip_list", json::array{"127.0.0.1"}}});
}

}  // namespace bot::simulator
