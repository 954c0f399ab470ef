#pragma once
// One connection of the HTTP server, and what all connections of one server share. Everything here runs on
// the one thread of the io_context: no locks.

#include "bot/net/http_types.hpp"
#include "bot/net/server.hpp"
#include "bot/net/traffic.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace boost::asio::ssl {
class context;
}

namespace bot::net {

// The concrete executor spares an indirect call at each operation.
using tcp_socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

class session;

// Outlives the server when sessions do: each session holds it.
struct site {
    site(server_options with, http_handler by, metrics& registry);

    std::string next_request_id();
    // The present moment as the Date header writes it.
    std::string_view date();

    server_options options;
    http_handler handler;
    traffic counts;
    std::list<session*> sessions;
    std::unordered_map<std::string, std::size_t> per_address;
    bool stopping = false;  // no request is begun any more
    bool cut_off = false;   // the grace period is over: what fails now fails because of us

private:
    std::uint64_t id_state_;
    std::chrono::sys_seconds date_at_{};
    std::string date_text_;
};

class session {
public:
    session(std::shared_ptr<site> home, std::string peer);
    virtual ~session();
    session(const session&) = delete;

    virtual boost::asio::awaitable<void> run() = 0;

    // Ends what takes longer than its limit; called for every session a few times a second, so that no
    // request needs a timer of its own.
    void enforce_deadline(std::chrono::steady_clock::time_point now);
    // Ends the session when it only waits for the next request.
    void stop_if_idle();
    // Closes the connection under whatever is going on.
    virtual void close() = 0;

protected:
    using time_point = std::chrono::steady_clock::time_point;
    enum class phase { opening, idle, header, body, handling, writing, closing };

    void enter(phase next, time_point now, std::chrono::milliseconds limit);
    void enter_handling();
    // The pending operation fails with operation_aborted.
    virtual void cancel() = 0;

    // The answer to a request whose handler threw (call it while that is being handled) or gave what cannot
    // be written.
    http_response failed(std::string_view request_id) const;
    void record(const http_response& response, const std::string& request_id, time_point now) const;

    const std::shared_ptr<site> home_;
    const std::string peer_;
    phase phase_ = phase::opening;
    bool timed_out_ = false;  // the limit of the present phase has passed
    time_point received_;     // when the first bytes of the present request were read

private:
    time_point deadline_ = time_point::max();
    std::list<session*>::iterator place_;
};

std::unique_ptr<session> make_session(tcp_socket socket, std::shared_ptr<site> home, std::string peer);

// The session shares the ownership of tls.
std::unique_ptr<session> make_session(
    tcp_socket socket,
    std::shared_ptr<boost::asio::ssl::context> tls,
    std::shared_ptr<site> home,
    std::string peer
);

}  // namespace bot::net
