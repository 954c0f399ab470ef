#pragma once
// The platform's API as the server calls it: paths, checks and answers of protocol §8, without HTTP. Inside
// this room.

#include "bot/simulator/platform_state.hpp"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace bot::simulator {

struct api_request {
    std::string method;
    std::string path;
    std::string query;
    std::string body;
    std::optional<simulator::media> upload;  // the part "media" of a multipart body
};

struct api_answer {
    int status = 200;
    std::string content_type = "application/json; encoding=utf-8";
    std::string body;
    std::string disposition;  // Content-Disposition; empty: none
    bool drop = false;        // break the connection instead of answering
};

// Applies the faults arranged, checks the token, and answers. Never throws for what a caller sends.
api_answer answer_api(platform_state& platform, const api_request& request);

// {"errcode":…,"errmsg":"… rid: …"}, as the platform words it.
api_answer errcode_answer(int code);
api_answer json_answer(const boost::json::object& body);

// The calls by path; the lock is held. Bodies that are no JSON object never reach them.
using api_call_handler = api_answer (*)(platform_state&, const api_request&, const boost::json::object& body);

api_answer get_token(platform_state&, const api_request&, const boost::json::object&);
api_answer get_stable_token(platform_state&, const api_request&, const boost::json::object&);
api_answer send_custom(platform_state&, const api_request&, const boost::json::object&);
api_answer show_typing(platform_state&, const api_request&, const boost::json::object&);
api_answer send_template(platform_state&, const api_request&, const boost::json::object&);
api_answer send_subscribed(platform_state&, const api_request&, const boost::json::object&);
api_answer get_media(platform_state&, const api_request&, const boost::json::object&);
api_answer upload_media(platform_state&, const api_request&, const boost::json::object&);
api_answer show_picture(platform_state&, const api_request&, const boost::json::object&);
api_answer create_menu(platform_state&, const api_request&, const boost::json::object&);
api_answer get_menu(platform_state&, const api_request&, const boost::json::object&);
api_answer delete_menu(platform_state&, const api_request&, const boost::json::object&);
api_answer create_qrcode(platform_state&, const api_request&, const boost::json::object&);
api_answer get_user(platform_state&, const api_request&, const boost::json::object&);
api_answer check_callback(platform_state&, const api_request&, const boost::json::object&);
api_answer get_callback_ip(platform_state&, const api_request&, const boost::json::object&);

// The text at a key of an object; empty when it is missing or no text.
std::string text_at(const boost::json::object& in, std::string_view key);

// The platform does not undo \uXXXX escapes of characters that need none: it shows them as they were sent.
// True when the JSON text holds one.
bool has_needless_escape(std::string_view json);

}  // namespace bot::simulator
