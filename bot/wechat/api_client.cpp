#include "bot/wechat/api_client.hpp"

#include "bot/wechat/query.hpp"

#include <boost/json.hpp>
#include <httplib.h>

#include <cstdlib>
#include <optional>

namespace bot::wechat {
namespace {

namespace json = boost::json;

constexpr time_t connect_seconds = 3;
constexpr time_t answer_seconds = 8;

// Some answers hold the number as a text.
int number_at(const json::object& in, std::string_view key)
{
    const auto* found = in.if_contains(key);
    if (found == nullptr) return 0;
    if (found->is_int64()) return static_cast<int>(found->as_int64());
    if (found->is_string()) return std::atoi(found->as_string().c_str());
    return -1;
}

std::string text_at(const json::object& in, std::string_view key)
{
    const auto* found = in.if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

void read(const json::object& in, api_answer& into)
{
    into.reached = true;
    into.errcode = number_at(in, "errcode");
    into.errmsg = text_at(in, "errmsg");
}

}  // namespace

struct api_client::impl {
    explicit impl(const std::string& base) : http(base)
    {
        http.set_keep_alive(true);
        http.set_tcp_nodelay(true);
        http.set_connection_timeout(connect_seconds);
        http.set_read_timeout(answer_seconds);
        http.set_write_timeout(answer_seconds);
    }

    // nullopt: no answer that can be read.
    std::optional<json::object> post(const std::string& path, const json::object& body)
    {
        // Boost.JSON leaves characters above ASCII as they are; the platform would show \u escapes.
        const auto response = http.Post(path, json::serialize(body), "application/json; charset=utf-8");
        if (!response || response->status != 200) return std::nullopt;
        boost::system::error_code broken;
        auto parsed = json::parse(response->body, broken);
        if (broken || !parsed.is_object()) return std::nullopt;
        return std::move(parsed.as_object());
    }

    httplib::Client http;
};

api_client::api_client(std::string base) : impl_(std::make_unique<impl>(base)) {}
api_client::~api_client() = default;

token_answer api_client::stable_token(std::string_view app_id, std::string_view app_secret)
{
    token_answer out;
    const auto got = impl_->post(
        "/cgi-bin/stable_token",
        {{"grant_type", "client_credential"}, {"appid", app_id}, {"secret", app_secret}, {"force_refresh", false}}
    );
    if (!got) return out;
    read(*got, out);
    out.token = text_at(*got, "access_token");
    out.expires_in = std::chrono::seconds(number_at(*got, "expires_in"));
    if (out.errcode == 0 && out.token.empty()) out.reached = false;
    return out;
}

api_answer api_client::send_text(std::string_view token, std::string_view open_id, std::string_view content)
{
    std::string path = "/cgi-bin/message/custom/send?access_token=";
    append_percent_encoded(path, token);
    api_answer out;
    const json::object text{{"content", content}};
    if (const auto got = impl_->post(path, {{"touser", open_id}, {"msgtype", "text"}, {"text", text}}))
        read(*got, out);
    return out;
}

}  // namespace bot::wechat
