#include "bot/net/server.hpp"

#include "bot/async/task_group.hpp"
#include "bot/base/log.hpp"
#include "bot/net/session.hpp"
#include "bot/net/tls.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <charconv>

namespace bot::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using tcp_acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;

constexpr std::chrono::milliseconds longest_sweep{250};
constexpr int accepted_at_once = 64;
constexpr std::chrono::milliseconds accept_pause{100};  // after a failure such as "too many open files"

[[noreturn]] void bad_listen(const std::string& listen)
{
    throw boost::system::system_error(asio::error::invalid_argument, "listen address " + listen);
}

tcp::endpoint endpoint_of(asio::io_context& io, const std::string& listen)
{
    const auto colon = listen.rfind(':');
    if (colon == listen.npos || colon == 0) bad_listen(listen);
    std::uint16_t port = 0;
    const char* end = listen.data() + listen.size();
    const auto read = std::from_chars(listen.data() + colon + 1, end, port);
    if (read.ec != std::errc() || read.ptr != end) bad_listen(listen);
    std::string host = listen.substr(0, colon);
    if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    error_code not_numeric;
    const auto address = asio::ip::make_address(host, not_numeric);
    if (!not_numeric) return {address, port};
    tcp::resolver resolver(io);
    return {resolver.resolve(host, "").begin()->endpoint().address(), port};
}

std::string peer_name(const tcp::endpoint& peer)
{
    const auto address = peer.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    return address.to_string();
}

asio::awaitable<void> keep_running(std::unique_ptr<session> running)
{
    co_await running->run();
}

}  // namespace

struct server::impl {
    impl(asio::io_context& io, server_options options, http_handler handler, metrics& counters)
        : tls(make_tls_context(options.tls_certificate, options.tls_key)),
          home(std::make_shared<site>(std::move(options), std::move(handler), counters)),
          acceptor(io),
          pause(io),
          sweep_timer(io),
          sessions(io.get_executor()),
          own_tasks(io.get_executor())
    {
        const auto& limits = home->options;
        const auto shortest =
            std::min({limits.header_time, limits.body_time, limits.idle_time, limits.write_time});
        sweep_interval = std::clamp(shortest / 4, std::chrono::milliseconds(5), longest_sweep);
        const tcp::endpoint at = endpoint_of(io, limits.listen);
        acceptor.open(at.protocol());
        acceptor.set_option(tcp::acceptor::reuse_address(true));
        acceptor.bind(at);
        acceptor.non_blocking(true);
        acceptor.listen(asio::socket_base::max_listen_connections);
    }

    static asio::awaitable<void> accept_all(std::shared_ptr<impl> self);
    static asio::awaitable<void> sweep(std::shared_ptr<impl> self);
    void admit(tcp_socket socket);
    void admit_waiting();
    void stop_accepting();

    std::shared_ptr<asio::ssl::context> tls;  // null: plain HTTP
    std::shared_ptr<site> home;
    tcp_acceptor acceptor;
    asio::steady_timer pause;
    asio::steady_timer sweep_timer;
    std::chrono::milliseconds sweep_interval{};
    task_group sessions;
    task_group own_tasks;
};

void server::impl::admit(tcp_socket socket)
{
    const auto& limits = home->options;
    error_code gone;
    const tcp::endpoint from = socket.remote_endpoint(gone);
    if (gone) return;
    if (home->sessions.size() >= limits.max_connections) return home->counts.refused(refusal::connections);
    std::string peer = peer_name(from);
    const auto count = home->per_address.find(peer);
    if (count != home->per_address.end() && count->second >= limits.max_connections_per_address)
        return home->counts.refused(refusal::connections_per_address);
    socket.set_option(tcp::no_delay(true), gone);
    auto made = tls ? make_session(std::move(socket), tls, home, std::move(peer))
                    : make_session(std::move(socket), home, std::move(peer));
    sessions.spawn("http_session", keep_running(std::move(made)));
}

// Many at a time: a busy server comes here seldom, and who waits in the kernel's queue too long must try again.
void server::impl::admit_waiting()
{
    for (int n = 0; n < accepted_at_once; ++n) {
        error_code none;
        tcp_socket socket(acceptor.get_executor());
        acceptor.accept(socket, none);
        if (none) return;  // the next asynchronous accept meets whatever it is
        admit(std::move(socket));
    }
}

asio::awaitable<void> server::impl::accept_all(std::shared_ptr<impl> self)
{
    bool failing = false;  // a row of failures is logged once and counted each time
    while (self->acceptor.is_open()) {
        error_code failed;
        tcp_socket socket(self->acceptor.get_executor());
        co_await self->acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, failed));
        if (!self->acceptor.is_open()) break;
        if (!failed) {
            self->admit(std::move(socket));
            self->admit_waiting();
            failing = false;
            continue;
        }
        self->home->counts.accept_errors.add();
        if (!failing) log::warn("http_accept_failed", {{"what", std::string_view(failed.message())}});
        failing = true;
        self->pause.expires_after(accept_pause);
        co_await self->pause.async_wait(asio::redirect_error(asio::use_awaitable, failed));
    }
}

// The one timer for all limits of all sessions.
asio::awaitable<void> server::impl::sweep(std::shared_ptr<impl> self)
{
    for (;;) {
        self->sweep_timer.expires_after(self->sweep_interval);
        co_await self->sweep_timer.async_wait(asio::use_awaitable);
        const auto now = std::chrono::steady_clock::now();
        for (session* each : self->home->sessions) each->enforce_deadline(now);
    }
}

void server::impl::stop_accepting()
{
    error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
}

server::server(asio::io_context& io, server_options options, http_handler handler, metrics& counters)
    : impl_(std::make_shared<impl>(io, std::move(options), std::move(handler), counters))
{
    impl_->own_tasks.spawn("http_accept", impl::accept_all(impl_));
    impl_->own_tasks.spawn("http_sweep", impl::sweep(impl_));
}

server::~server()
{
    impl_->stop_accepting();
    impl_->home->stopping = impl_->home->cut_off = true;
    for (session* each : impl_->home->sessions) each->close();
    impl_->sessions.cancel_all();
    impl_->own_tasks.cancel_all();
}

std::uint16_t server::port() const
{
    return impl_->acceptor.local_endpoint().port();
}

asio::awaitable<void> server::stop(std::chrono::milliseconds grace)
{
    const auto self = impl_;
    self->stop_accepting();
    self->home->stopping = true;
    for (session* each : self->home->sessions) each->stop_if_idle();
    const bool finished = co_await self->sessions.drain(grace);
    if (!finished) {
        self->home->cut_off = true;
        log::warn("http_sessions_cut", {{"sessions", static_cast<std::int64_t>(self->sessions.size())}});
        for (session* each : self->home->sessions) each->close();
        self->sessions.cancel_all();
        co_await self->sessions.drain(std::chrono::hours(24));
    }
    self->own_tasks.cancel_all();
    co_await self->own_tasks.drain(std::chrono::hours(24));
}

}  // namespace bot::net
