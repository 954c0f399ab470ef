#include "bot/simulator/api.hpp"

#include "bot/simulator/percent.hpp"
#include "bot/simulator/random_text.hpp"

#include <algorithm>
#include <array>

namespace bot::simulator {
namespace {

namespace json = boost::json;

constexpr std::size_t most_calls = 1'000;

struct api_route {
    std::string_view method;
    std::string_view path;
    bool token;  // needs access_token
    api_call_handler handler;
};

constexpr std::array routes{
    api_route{"GET", "/cgi-bin/token", false, get_token},
    api_route{"POST", "/cgi-bin/stable_token", false, get_stable_token},
    api_route{"POST", "/cgi-bin/message/custom/send", true, send_custom},
    api_route{"POST", "/cgi-bin/message/custom/typing", true, show_typing},
    api_route{"POST", "/cgi-bin/message/template/send", true, send_template},
    api_route{"POST", "/cgi-bin/message/subscribe/bizsend", true, send_subscribed},
    api_route{"GET", "/cgi-bin/media/get", true, get_media},
    api_route{"POST", "/cgi-bin/media/upload", true, upload_media},
    api_route{"POST", "/cgi-bin/menu/create", true, create_menu},
    api_route{"GET", "/cgi-bin/menu/get", true, get_menu},
    api_route{"GET", "/cgi-bin/menu/delete", true, delete_menu},
    api_route{"POST", "/cgi-bin/qrcode/create", true, create_qrcode},
    api_route{"GET", "/cgi-bin/user/info", true, get_user},
    api_route{"POST", "/cgi-bin/callback/check", true, check_callback},
    api_route{"GET", "/cgi-bin/getcallbackip", true, get_callback_ip},
};

std::string_view message_of(int code)
{
    switch (code) {
        case -1:
            return "system error";
        case 40001:
            return "invalid credential, access_token is invalid or not latest";
        case 40002:
            return "invalid grant_type";
        case 40003:
            return "invalid openid";
        case 40004:
            return "invalid media type";
        case 40007:
            return "invalid media_id";
        case 40008:
            return "invalid message type";
        case 40013:
            return "invalid appid";
        case 40016:
            return "invalid button size";
        case 40018:
            return "invalid button name size";
        case 40019:
            return "invalid button key size";
        case 40033:
            return "invalid charset, please check your request, if include \\uxxxx will create fail";
        case 40037:
            return "invalid template_id";
        case 40125:
            return "invalid appsecret";
        case 41001:
            return "access_token missing";
        case 41002:
            return "appid missing";
        case 41004:
            return "appsecret missing";
        case 41005:
            return "media data missing";
        case 42001:
            return "access_token expired";
        case 43001:
            return "require GET method";
        case 43002:
            return "require POST method";
        case 43004:
            return "require subscribe";
        case 43101:
            return "user refuse to accept the msg";
        case 44004:
            return "empty content";
        case 45001:
            return "media size out of limit";
        case 45002:
            return "content size out of limit";
        case 45008:
            return "article size out of limit";
        case 45009:
            return "reach max api daily quota limit";
        case 45011:
            return "api minute-quota reach limit, must slower, retry next minute";
        case 45015:
            return "response out of time limit or subscription is canceled";
        case 45047:
            return "out of response count limit";
        case 45065:
            return "clientmsgid exist";
        case 45072:
            return "command err";
        case 45080:
            return "need interaction";
        case 45081:
            return "already typing";
        case 46003:
            return "menu no exist";
        case 47001:
            return "data format error";
        case 47003:
            return "argument invalid";
        case 48001:
            return "api unauthorized";
        default:
            return "error";
    }
}

// Takes the next fault arranged for the path.
std::optional<fault> due_fault(platform_state& platform, std::string_view path)
{
    auto& faults = platform.faults;
    const auto found = std::find_if(faults.begin(), faults.end(), [path](const fault& one) {
        return one.times != 0 && (one.path.empty() || one.path == path);
    });
    if (found == faults.end()) return std::nullopt;
    const auto due = *found;
    if (found->times > 0 && --found->times == 0) faults.erase(found);
    return due;
}

api_answer answer_route(platform_state& platform, const api_request& request, const api_route& route)
{
    if (route.token) {
        const auto token = query_value(request.query, "access_token");
        if (const int code = platform.tokens.check(token, platform.now())) return errcode_answer(code);
    }
    json::value body = json::object();
    if (!request.body.empty() && !request.upload) {
        boost::system::error_code broken;
        body = json::parse(request.body, broken);
        if (broken || !body.is_object()) return errcode_answer(47001);
    }
    return route.handler(platform, request, body.as_object());
}

api_answer answer_path(platform_state& platform, const api_request& request)
{
    if (request.path.starts_with("/picture/")) return show_picture(platform, request, {});
    bool known = false;
    for (const auto& route : routes) {
        if (route.path != request.path) continue;
        known = true;
        if (route.method == request.method) return answer_route(platform, request, route);
    }
    if (known) return errcode_answer(request.method == "GET" ? 43002 : 43001);
    return {.status = 404, .content_type = "text/html", .body = "<html><body>404 Not Found</body></html>"};
}

std::optional<api_answer> instead(const fault& due)
{
    switch (due.what) {
        case fault::kind::status:
            return api_answer{
                .status = due.code, .content_type = "text/html", .body = "<html><body>gateway</body></html>"
            };
        case fault::kind::errcode:
            return errcode_answer(due.code);
        case fault::kind::drop_before:
            return api_answer{.drop = true};
        default:
            return std::nullopt;
    }
}

}  // namespace

api_answer json_answer(const json::object& body)
{
    return {.body = json::serialize(body)};
}

api_answer errcode_answer(int code)
{
    if (code == 0) return json_answer({{"errcode", 0}, {"errmsg", "ok"}});
    const auto rid = random_digits(8) + "-" + random_digits(8) + "-" + random_digits(8);
    return json_answer({{"errcode", code}, {"errmsg", std::string(message_of(code)) + " rid: " + rid}});
}

std::string text_at(const json::object& in, std::string_view key)
{
    const auto* found = in.if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

bool has_needless_escape(std::string_view text)
{
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
        if (text[at] != '\\') continue;
        // Control characters have no other way to be written.
        if (text[at + 1] == 'u' && text.substr(at + 2, 2) != "00") return true;
        if (text[at + 1] == 'u' && text.substr(at + 4, 1) >= "2") return true;
        ++at;
    }
    return false;
}

api_answer answer_api(platform_state& platform, const api_request& request)
{
    std::unique_lock lock(platform.guard);
    const auto due = due_fault(platform, request.path);
    if (due && due->what == fault::kind::slow)
        platform.stop_asked.wait_for(lock, due->delay, [&] { return platform.stopping; });
    auto replaced = due ? instead(*due) : std::nullopt;
    auto answer = replaced ? std::move(*replaced) : answer_path(platform, request);
    if (due && due->what == fault::kind::drop_after) answer.drop = true;
    platform.calls.push_back(
        {platform.now(), request.method, request.path, request.query, request.body, answer.status, answer.body
        }
    );
    if (platform.calls.size() > most_calls) platform.calls.pop_front();
    return answer;
}

}  // namespace bot::simulator
