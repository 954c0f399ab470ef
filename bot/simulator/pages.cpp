#include "bot/simulator/pages.hpp"

#include "bot/async/offload.hpp"
#include "bot/simulator/pages_json.hpp"
#include "bot/simulator/percent.hpp"

#include <boost/asio/thread_pool.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace bot::simulator {
namespace {

namespace json = boost::json;
using net::http_request;
using net::http_response;

constexpr std::string_view prefix = "/simulator/";
constexpr std::size_t most_people = 500;
constexpr std::size_t most_text = 4'096;  // bytes; the phone cuts before

http_response json_response(const json::value& body, int status = 200)
{
    http_response response{
        .status = status, .content_type = "application/json", .body = json::serialize(body)
    };
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

http_response failure(int status, std::string_view why)
{
    return json_response(json::object{{"error", why}}, status);
}

std::string_view content_type_of(std::string_view path)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> types{{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".woff2", "font/woff2"},
        {".json", "application/json"},
        {".webp", "image/webp"},
    }};
    for (const auto& [ending, type] : types)
        if (path.ends_with(ending)) return type;
    return "application/octet-stream";
}

http_response file_response(const embedded_file& file)
{
    http_response response{
        .content_type = std::string(content_type_of(file.path)), .body = std::string(file.content)
    };
    const bool hashed = file.path.find("/assets/") != std::string_view::npos;
    response.headers = {
        {"Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache"},
        {"Content-Security-Policy",
         "default-src 'self'; img-src 'self' blob: data:; base-uri 'none'; frame-ancestors 'none'; "
         "form-action 'self'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
    };
    return response;
}

bool open_id_like(std::string_view text)
{
    auto allowed = [](char one) {
        return (one >= '0' && one <= '9') || (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') ||
               one == '_' || one == '-';
    };
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), allowed);
}

std::uint64_t number(std::string_view text)
{
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string text_of(const json::object& in, std::string_view key)
{
    const auto* found = in.if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

std::optional<double> degrees_of(const json::object& in, std::string_view key, double most)
{
    const auto* found = in.if_contains(key);
    boost::system::error_code wrong;
    const double value = found != nullptr ? found->to_number<double>(wrong) : 0;
    if (found == nullptr || wrong || !(value >= -most && value <= most)) return std::nullopt;
    return value;
}

// nullopt: no object, or not sent as JSON (which a foreign page cannot do without asking first).
std::optional<json::object> body_of(const http_request& request)
{
    boost::system::error_code broken;
    if (!request.header("content-type").starts_with("application/json")) return std::nullopt;
    auto parsed = json::parse(request.body, broken);
    if (broken || !parsed.is_object()) return std::nullopt;
    return std::move(parsed.as_object());
}

http_response take_picture(person& who, const http_request& request)
{
    constexpr std::array<std::string_view, 4> types{"image/jpeg", "image/png", "image/gif", "image/webp"};
    const auto type = request.header("content-type");
    if (std::find(types.begin(), types.end(), type) == types.end() || request.body.empty())
        return failure(415, "a picture is expected");
    who.send_picture(request.body, std::string(type));
    return json_response(json::object());
}

http_response take_text(person& who, std::string_view action, const json::object& body)
{
    const auto text = text_of(body, action == "say" ? "text" : action == "choose" ? "says" : "key");
    if (text.empty() || text.size() > most_text) return failure(400, "the text is empty or too long");
    if (action == "say")
        who.say(text);
    else if (action == "choose")
        who.choose(text, text_of(body, "menu_id"));
    else
        who.press(text);
    return json_response(json::object());
}

http_response act(person& who, std::string_view action, const http_request& request)
{
    if (action == "picture") return take_picture(who, request);
    const auto body = body_of(request);
    if (!body) return failure(415, "a JSON object is expected");
    if (action == "say" || action == "choose" || action == "press") return take_text(who, action, *body);
    if (action == "follow") {
        who.follow(text_of(*body, "scene"));
    } else if (action == "unfollow") {
        who.unfollow();
    } else if (action == "location") {
        const auto latitude = degrees_of(*body, "latitude", 90);
        const auto longitude = degrees_of(*body, "longitude", 180);
        if (!latitude || !longitude) return failure(400, "latitude and longitude are expected");
        who.send_location(*latitude, *longitude, text_of(*body, "label"));
    } else {
        return failure(404, "no such action");
    }
    return json_response(json::object());
}

}  // namespace

struct pages::impl {
    fake_platform& platform;
    std::span<const embedded_file> files;
    boost::asio::thread_pool pool;

    http_response answer(const http_request& request);
    http_response file(std::string_view path) const;
    http_response read(std::string_view path, const http_request& request);
    http_response write(std::string_view path, const http_request& request);
    http_response meet(const http_request& request);
    person* find(std::string_view open_id);
};

http_response pages::impl::file(std::string_view path) const
{
    const auto wanted = "simulator/" + std::string(path.empty() ? "index.html" : path);
    for (const auto& one : files)
        if (one.path == wanted) return file_response(one);
    return {.status = 404, .content_type = "text/plain", .body = "not found"};
}

person* pages::impl::find(std::string_view open_id)
{
    for (auto* one : platform.people())
        if (one->open_id() == open_id) return one;
    return nullptr;
}

http_response pages::impl::read(std::string_view path, const http_request& request)
{
    if (path == "account") return json_response(account_json(platform));
    if (path == "people") {
        json::array all;
        for (const auto* one : platform.people()) all.push_back(person_json(*one));
        return json_response(all);
    }
    if (path.starts_with("exchanges/")) {
        const auto found = platform.find_exchange(number(path.substr(10)));
        return found ? json_response(exchange_json(*found)) : failure(404, "no such exchange");
    }
    if (path.starts_with("media/")) {
        const auto found = platform.find_media(path.substr(6));
        if (!found || !found->content_type.starts_with("image/")) return failure(404, "no such picture");
        http_response response{.content_type = found->content_type, .body = found->bytes};
        response.headers = {
            {"Cache-Control", "private, max-age=86400"}, {"X-Content-Type-Options", "nosniff"}
        };
        return response;
    }
    if (path.starts_with("people/") && path.ends_with("/history")) {
        const auto* who = find(path.substr(7, path.size() - 7 - 8));
        return who ? json_response(history_json(*who, number(query_value(request.query, "after"))))
                   : failure(404, "no such person");
    }
    return failure(404, "no such path");
}

http_response pages::impl::meet(const http_request& request)
{
    const auto body = body_of(request);
    if (!body) return failure(415, "a JSON object is expected");
    const auto open_id = text_of(*body, "openid");
    const auto name = text_of(*body, "name");
    if (!open_id_like(open_id) || name.empty() || name.size() > 64)
        return failure(400, "openid and name are expected");
    if (find(open_id) == nullptr && platform.people().size() >= most_people)
        return failure(409, "too many people");
    return json_response(person_json(platform.person(open_id, name)));
}

http_response pages::impl::write(std::string_view path, const http_request& request)
{
    if (path == "people") return meet(request);
    constexpr std::string_view people = "people/";
    const auto slash = path.find('/', people.size());
    if (!path.starts_with(people) || slash == std::string_view::npos) return failure(404, "no such path");
    auto* who = find(path.substr(people.size(), slash - people.size()));
    return who ? act(*who, path.substr(slash + 1), request) : failure(404, "no such person");
}

http_response pages::impl::answer(const http_request& request)
{
    if (request.path == "/simulator") return {.status = 302, .headers = {{"Location", std::string(prefix)}}};
    auto path = std::string_view(request.path);
    if (!path.starts_with(prefix)) return {.status = 404, .content_type = "text/plain", .body = "not found"};
    path.remove_prefix(prefix.size());
    constexpr std::string_view api = "api/";
    const bool reading = request.method == "GET" || request.method == "HEAD";
    if (!path.starts_with(api)) return reading ? file(path) : failure(405, "only reading");
    path.remove_prefix(api.size());
    if (reading) return read(path, request);
    return request.method == "POST" ? write(path, request) : failure(405, "GET or POST");
}

pages::pages(fake_platform& platform, std::span<const embedded_file> files, std::size_t threads)
    : impl_(new impl{platform, files, boost::asio::thread_pool(threads)})
{
}

pages::~pages()
{
    impl_->pool.join();
}

http_response pages::answer(const http_request& request)
{
    auto response = impl_->answer(request);
    response.route = "simulator";
    return response;
}

boost::asio::awaitable<http_response> pages::operator()(http_request request)
{
    if (request.method != "POST") co_return answer(request);
    auto job = [this, request = std::move(request)] { return answer(request); };
    co_return co_await bot::offload(impl_->pool, std::move(job));
}

}  // namespace bot::simulator
