#pragma once
// Kept-alive HTTP/1.1 connections to one or more servers on one epoll descriptor, one request at a time on
// each. The least recently used free connection is taken, so that none falls idle for longer than the others.

#include <netinet/in.h>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace load {

using nanoseconds = std::int64_t;  // CLOCK_MONOTONIC

nanoseconds now();

struct endpoint {
    std::string host, path;  // "127.0.0.1:8080", "/wechat/main"
    sockaddr_in address{};
};

// "http://127.0.0.1:8080/wechat/main". Throws std::invalid_argument for anything but http, an IPv4 address
// and a port.
endpoint parse_url(std::string_view url);

// Which copy of whose message a request carries.
struct ticket {
    std::uint32_t citizen = 0;
    std::uint32_t copy = 0;
};

enum class failure { closed, timed_out, broken_answer };

class connection_events {
public:
    virtual ~connection_events() = default;
    virtual void answered(ticket of, int status, std::string_view body) = 0;
    virtual void failed(ticket of, failure why) = 0;
};

class connections {
public:
    connections(std::vector<endpoint> to, connection_events& tell);
    ~connections();
    connections(const connections&) = delete;

    // Opens `each` more connections to every endpoint; they become free when the handshake is done.
    void add(std::size_t each);

    // How many requests can be sent at once to this endpoint now.
    std::size_t free(std::size_t to) const { return free_[to].size(); }
    std::size_t size() const { return all_.size(); }
    std::uint64_t refused() const { return refused_; }  // handshakes that failed, whole run
    bool opening() const;                               // a handshake is under way

    // Takes a free connection. The request is written into its buffer, then sent.
    std::string& begin(std::size_t to, ticket of, std::uint32_t& handle);
    void send(std::uint32_t handle);

    // Waits for at most `wait` and reports what came.
    void poll(nanoseconds wait);

    // Closes connections whose request is older than `limit`, as the platform does, and opens new ones in
    // their place; also opens again those whose handshake failed.
    void expire(nanoseconds limit);

private:
    enum class state { closed, connecting, idle, busy };
    struct connection {
        int fd = -1;
        std::uint32_t to = 0;
        state now = state::closed;
        bool wants_write = false;
        ticket of;
        nanoseconds sent_at = 0;
        std::string out, in;
        std::size_t written = 0;
    };

    void connect(std::uint32_t handle);
    void close(std::uint32_t handle);
    void fail(std::uint32_t handle, failure why);
    void watch(std::uint32_t handle, int operation, std::uint32_t events);
    void flush(std::uint32_t handle);
    void connected(std::uint32_t handle);
    void read(std::uint32_t handle);
    void take_answer(std::uint32_t handle, std::string_view in);

    std::vector<endpoint> to_;
    connection_events& tell_;
    std::deque<connection> all_;
    std::vector<std::deque<std::uint32_t>> free_;
    std::string input_;
    int epoll_ = -1;
    std::uint64_t refused_ = 0;
    std::size_t busy_ = 0;
};

// The status line and the header fields that matter here. complete: body lies wholly in the input.
struct http_answer {
    enum class progress { needs_more, complete, broken } found = progress::needs_more;
    int status = 0;
    std::size_t head = 0, body = 0;  // bytes
    bool close = false;
};
http_answer parse_answer(std::string_view in);

}  // namespace load
