#pragma once
// A request and its response as plain values, so that handlers never include Beast.

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bot::net {

struct http_request {
    std::string method;  // "GET", "POST", "HEAD"
    std::string path;    // percent-decoded, without the query
    std::string query;   // raw, without '?'
    std::string body;
    std::string peer;        // address of the client, for limits only: never logged with content
    std::string request_id;  // ours, also in the log and in X-Request-Id
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::chrono::steady_clock::time_point received;            // when its first bytes were read

    std::string_view header(std::string_view name) const
    {
        for (const auto& [key, value] : headers)
            if (key == name) return value;
        return {};
    }
};

struct http_response {
    int status = 200;
    std::string content_type;  // empty: no Content-Type header
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    // Name for logs and metrics, from a fixed set ("webhook", "healthz"), never the path.
    std::string_view route;
};

using http_handler = std::function<boost::asio::awaitable<http_response>(http_request)>;

}  // namespace bot::net
