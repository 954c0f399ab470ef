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

struct api_message {
    int code;
    std::string_view text;
};

constexpr std::array messages{
    api_message{-1, "system error"},
    api_message{40001, "invalid credential, access_token is invalid or not latest"},
    api_message{40002, "invalid grant_type"},
    api_message{40003, "invalid openid"},
    api_message{40004, "invalid media type"},
    api_message{40007, "invalid media_id"},
    api_message{40008, "invalid message type"},
    api_message{40013, "invalid appid"},
    api_message{40016, "invalid button size"},
    api_message{40018, "invalid button name size"},
    api_message{40019, "invalid button key size"},
    api_message{40033, "invalid charset, please check your request, if include \\uxxxx will create fail"},
    api_message{40037, "invalid template_id"},
    api_message{40125, "invalid appsecret"},
    api_message{41001, "access_token missing"},
    api_message{41002, "appid missing"},
    api_message{41004, "appsecret missing"},
    api_message{41005, "media data missing"},
    api_message{42001, "access_token expired"},
    api_message{43001, "require GET method"},
    api_message{43002, "require POST method"},
    api_message{43004, "require subscribe"},
    api_message{43101, "user refuse to accept the msg"},
    api_message{44004, "empty content"},
    api_message{45001, "media size out of limit"},
    api_message{45002, "content size out of limit"},
    api_message{45008, "article size out of limit"},
    api_message{45009, "reach max api daily quota limit"},
    api_message{45011, "api minute-quota reach limit, must slower, retry next minute"},
    api_message{45015, "response out of time limit or subscription is canceled"},
    api_message{45047, "out of response count limit"},
    api_message{45065, "clientmsgid exist"},
    api_message{45072, "command err"},
    api_message{45080, "need interaction"},
    api_message{45081, "already typing"},
    api_message{46003, "menu no exist"},
    api_message{47001, "data format error"},
    api_message{47003, "argument invalid"},
    api_message{48001, "api unauthorized"},
};

std::string_view message_of(int code)
{
    const auto* const found = std::find_if(messages.begin(), messages.end(), [code](const api_message& one) {
        return one.code == code;
    });
    return found == messages.end() ? "error" : found->text;
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
