#pragma once
// A response as the bytes of HTTP/1.1.

#include "bot/net/http_types.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace bot::net {

struct response_frame {
    std::string_view request_id;
    std::string_view date;    // as HTTP writes it
    bool keep_alive = false;  // false: the connection ends after this response
    bool head_only = false;   // the request was HEAD
    bool http_1_0 = false;
};

// Whether the response can be written at all: a status of three digits, header names that are tokens, values
// without line ends. Handlers pass fixed values, so false is a bug.
bool is_writable(const http_response& response);

// Whether a response to this status carries a body (RFC 9110 §6.4.1).
bool has_body(int status, bool head_only);

// Appends status line and header with the empty line; not the body.
void append_head(std::string& out, const http_response& response, const response_frame& frame);

// "Mon, 23 Nov 2026 16:00:00 GMT"
std::string http_date(std::chrono::sys_seconds at);

}  // namespace bot::net
