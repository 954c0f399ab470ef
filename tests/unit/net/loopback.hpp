#pragma once
// A server on a thread of its own and a client that sends raw bytes, over real sockets.

#include "bot/base/metrics.hpp"
#include "bot/net/server.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace bot::test {

// Answers 200 with what it got: method, path, query and body, a line each. Some paths do something else:
//   /throw   throws             /unwritable  answers with a header that would split the response
//   /wait    answers when release() is called              /large  8 MiB
//   /empty   204                /headers     the request's headers, a line each
class loopback_server {
public:
    explicit loopback_server(net::server_options options = {});
    ~loopback_server();
    loopback_server(const loopback_server&) = delete;

    std::uint16_t port() const { return server_->port(); }
    metrics& counters() { return metrics_; }
    double refused(std::string_view reason);
    std::vector<std::string> seen();  // paths that reached the handler

    // Lets every /wait answer, also later ones.
    void release();
    // The future is ready when stop() has completed.
    std::future<void> stop(std::chrono::milliseconds grace);
    // Waits until what holds on the server's side holds. False: not within 20 seconds.
    bool eventually(std::function<bool()> condition);
    bool handler_entered(std::string_view path);

private:
    boost::asio::awaitable<net::http_response> answer(net::http_request request);
    boost::asio::awaitable<void> wait_for_release();

    boost::asio::io_context io_{1};
    boost::asio::io_context clock_;
    boost::asio::steady_timer tick_{clock_};  // of eventually(); made before a test takes all file handles
    boost::asio::steady_timer gate_{io_};
    metrics metrics_;
    std::mutex mutex_;
    std::vector<std::string> seen_;
    std::unique_ptr<net::server> server_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{io_.get_executor()};
    std::thread thread_;
};

struct raw_response {
    int status = 0;
    std::string head;  // status line and header
    std::string body;

    std::string header(std::string_view name) const;
};

// Blocking; every read gives up after 20 seconds and then counts as the end of the stream.
class raw_client {
public:
    explicit raw_client(std::uint16_t port, const char* from = "127.0.0.1");

    void send(std::string_view bytes);
    // head_only: the answer to HEAD. Nothing: the server closed first.
    std::optional<raw_response> read(bool head_only = false);
    // All until the server closes; nothing when it did not close.
    std::optional<std::string> read_to_end();
    bool closed_by_server();
    void close() { socket_.close(); }

private:
    bool fill();

    boost::asio::io_context io_;
    boost::asio::ip::tcp::socket socket_{io_};
    std::string unread_;
    bool ended_ = false;
};

}  // namespace bot::test
