#include "tests/unit/net/loopback.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>

#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <stdexcept>

namespace bot::test {
namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

loopback_server::loopback_server(net::server_options options)
{
    gate_.expires_at(asio::steady_timer::time_point::max());
    if (options.listen == net::server_options().listen) options.listen = "127.0.0.1:0";
    auto handler = [this](net::http_request request) { return answer(std::move(request)); };
    server_ = std::make_unique<net::server>(io_, std::move(options), handler, metrics_);
    thread_ = std::thread([this] { io_.run(); });
}

loopback_server::~loopback_server()
{
    asio::post(io_, [this] {
        server_.reset();
        work_.reset();
    });
    release();
    thread_.join();
}

double loopback_server::refused(std::string_view reason)
{
    return metrics_.counter("hejie_http_refused_total", "", {{"reason", reason}}).value();
}

std::vector<std::string> loopback_server::seen()
{
    const std::scoped_lock hold(mutex_);
    return seen_;
}

bool loopback_server::handler_entered(std::string_view path)
{
    const std::string wanted(path);
    return eventually([&] { return std::ranges::count(seen(), wanted) > 0; });
}

void loopback_server::release()
{
    asio::post(io_, [this] { gate_.expires_at(asio::steady_timer::time_point::min()); });
}

asio::awaitable<void> loopback_server::wait_for_release()
{
    // Moving the gate's time cancels the wait; being cut off cancels it too, and then the next wait throws.
    while (gate_.expiry() == asio::steady_timer::time_point::max()) {
        boost::system::error_code moved;
        co_await gate_.async_wait(asio::redirect_error(asio::use_awaitable, moved));
    }
}

asio::awaitable<net::http_response> loopback_server::answer(net::http_request request)
{
    {
        const std::scoped_lock hold(mutex_);
        seen_.push_back(request.path);
    }
    net::http_response response;
    response.content_type = "text/plain";
    response.route = "test";
    if (request.path == "/throw") throw std::runtime_error("the handler broke");
    if (request.path == "/unwritable") response.headers.emplace_back("X-Split", "a\r\nSet-Cookie: b");
    if (request.path == "/wait") co_await wait_for_release();
    if (request.path == "/empty")
        response.status = 204;
    else if (request.path == "/large")
        response.body.assign(8 * 1024 * 1024, 'x');
    else if (request.path == "/headers")
        for (const auto& [name, value] : request.headers) response.body += name + '=' + value + '\n';
    else
        response.body = request.method + '\n' + request.path + '\n' + request.query + '\n' + request.body;
    co_return response;
}

std::future<void> loopback_server::stop(std::chrono::milliseconds grace)
{
    return asio::co_spawn(io_, server_->stop(grace), asio::use_future);
}

bool loopback_server::eventually(std::function<bool()> condition)
{
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        tick_.expires_after(1ms);
        tick_.wait();
    }
    return true;
}

std::string raw_response::header(std::string_view name) const
{
    const auto at = head.find("\r\n" + std::string(name) + ": ");
    if (at == std::string::npos) return {};
    const auto from = at + name.size() + 4;
    return head.substr(from, head.find("\r\n", from) - from);
}

raw_client::raw_client(std::uint16_t port, const char* from)
{
    socket_.open(tcp::v4());
    socket_.bind({asio::ip::make_address(from), 0});
    const timeval limit{20, 0};
    ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    socket_.connect({asio::ip::make_address("127.0.0.1"), port});
    socket_.set_option(tcp::no_delay(true));
}

void raw_client::send(std::string_view bytes)
{
    boost::system::error_code refused;  // a server that closes early is seen when reading
    asio::write(socket_, asio::buffer(bytes), refused);
}

bool raw_client::fill()
{
    char room[64 * 1024];
    const auto n = ::recv(socket_.native_handle(), room, sizeof room, 0);
    if (n > 0)
        unread_.append(room, static_cast<std::size_t>(n));
    else
        ended_ = n == 0 || errno == ECONNRESET;
    return n > 0;
}

std::optional<raw_response> raw_client::read(bool head_only)
{
    std::size_t end = 0;
    while ((end = unread_.find("\r\n\r\n")) == std::string::npos)
        if (!fill()) return std::nullopt;
    raw_response response;
    response.head = unread_.substr(0, end + 2);
    response.status = std::stoi(response.head.substr(9, 3));
    unread_.erase(0, end + 4);
    const std::string length = response.header("Content-Length");
    const std::size_t size = head_only || length.empty() ? 0 : std::stoul(length);
    while (unread_.size() < size)
        if (!fill()) return std::nullopt;
    response.body = unread_.substr(0, size);
    unread_.erase(0, size);
    return response;
}

std::optional<std::string> raw_client::read_to_end()
{
    while (fill()) {
    }
    if (!ended_) return std::nullopt;
    return std::exchange(unread_, {});
}

bool raw_client::closed_by_server()
{
    const auto rest = read_to_end();
    return rest && rest->empty();
}

}  // namespace bot::test
