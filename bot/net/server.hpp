#pragma once
// HTTP/1.1 server: Beast and coroutines on the caller's io_context (one thread). Keep-alive; pipelined
// requests are answered in order; limits on header, body, time per request and connections per address;
// optional TLS; a graceful stop that lets requests under way finish.

#include "bot/base/metrics.hpp"
#include "bot/net/http_types.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace bot::net {

struct server_options {
    std::string listen = "127.0.0.1:8080";         // HOST:PORT; port 0: any free one
    std::size_t max_header = 8 * 1024;             // bytes
    std::size_t max_body = 64 * 1024;              // bytes; larger: 413
    std::chrono::milliseconds header_time{5'000};  // to receive a request's header
    std::chrono::milliseconds body_time{10'000};   // to receive its body
    std::chrono::milliseconds idle_time{15'000};   // between requests of one connection
    std::chrono::milliseconds write_time{10'000};  // to take the response
    std::size_t max_connections = 10'000;
    std::size_t max_connections_per_address = 1'000;  // behind a proxy all come from one address: raise it
    std::string tls_certificate;                      // PEM file; both empty: plain HTTP
    std::string tls_key;
    bool access_log = false;  // a log line a request: id, route, status, duration; neither path nor address
};

class server {
public:
    // Listens at once. Throws boost::system::system_error when it cannot, std::runtime_error for a bad
    // certificate.
    server(boost::asio::io_context& io, server_options options, http_handler handler, metrics& counters);
    ~server();
    server(const server&) = delete;

    std::uint16_t port() const;

    // Stops accepting, lets requests under way finish for at most `grace`, then closes what is left.
    // Completes when no session is left. Call once, on the io thread.
    boost::asio::awaitable<void> stop(std::chrono::milliseconds grace);

private:
    struct impl;
    std::shared_ptr<impl> impl_;  // shared with the accepting coroutine, which may end after the server
};

}  // namespace bot::net
