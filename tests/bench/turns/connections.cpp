#include "tests/bench/turns/connections.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <ctime>
#include <stdexcept>
#include <system_error>

namespace load {

nanoseconds now()
{
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1'000'000'000 + t.tv_nsec;
}

endpoint parse_url(std::string_view url)
{
    constexpr std::string_view scheme = "http://";
    const std::invalid_argument bad("not of the form http://127.0.0.1:PORT/PATH: " + std::string(url));
    if (!url.starts_with(scheme)) throw bad;
    url.remove_prefix(scheme.size());
    auto slash = std::min(url.find('/'), url.size());
    endpoint to{
        std::string(url.substr(0, slash)), slash == url.size() ? "/" : std::string(url.substr(slash)), {}
    };
    auto colon = to.host.find(':');
    unsigned port = 0;
    const auto* last = to.host.data() + to.host.size();
    if (colon == to.host.npos || std::from_chars(to.host.data() + colon + 1, last, port).ptr != last ||
        port > 65535)
        throw bad;
    to.address.sin_family = AF_INET;
    to.address.sin_port = htons(static_cast<std::uint16_t>(port));
    if (inet_pton(AF_INET, to.host.substr(0, colon).c_str(), &to.address.sin_addr) != 1) throw bad;
    return to;
}

namespace {

bool same_word(std::string_view a, std::string_view lower)
{
    return std::ranges::equal(a, lower, [](char x, char y) {
        return (x >= 'A' && x <= 'Z' ? x + 32 : x) == y;
    });
}

std::string_view trimmed(std::string_view s)
{
    auto first = s.find_first_not_of(" \t");
    return first == s.npos ? std::string_view{} : s.substr(first, s.find_last_not_of(" \t") - first + 1);
}

// False when the field makes the answer unreadable for this client.
bool take_field(std::string_view row, http_answer& answer, bool& sized)
{
    auto colon = row.find(':');
    if (colon == row.npos) return false;
    auto name = row.substr(0, colon), value = trimmed(row.substr(colon + 1));
    if (same_word(name, "content-length")) {
        const auto* last = value.data() + value.size();
        sized = std::from_chars(value.data(), last, answer.body).ptr == last && answer.body < 1 << 20;
        return sized;
    }
    if (same_word(name, "connection")) answer.close = same_word(value, "close");
    return !same_word(name, "transfer-encoding");
}

}  // namespace

http_answer parse_answer(std::string_view in)
{
    http_answer answer;
    auto end = in.find("\r\n\r\n");
    if (end == in.npos) {
        if (in.size() > 64 * 1024) answer.found = http_answer::progress::broken;
        return answer;
    }
    answer.found = http_answer::progress::broken;
    if (end < 12 || !in.starts_with("HTTP/1.") ||
        std::from_chars(in.data() + 9, in.data() + 12, answer.status).ec != std::errc{})
        return answer;
    auto rows = in.substr(0, end);
    bool sized = answer.status == 204;
    for (auto at = rows.find("\r\n"); at != rows.npos;) {
        auto next = rows.find("\r\n", at + 2);
        if (!take_field(rows.substr(at + 2, next == rows.npos ? next : next - at - 2), answer, sized))
            return answer;
        at = next;
    }
    if (!sized) return answer;
    answer.head = end + 4;
    const bool whole = in.size() >= answer.head + answer.body;
    answer.found = whole ? http_answer::progress::complete : http_answer::progress::needs_more;
    return answer;
}

connections::connections(std::vector<endpoint> to, connection_events& tell)
    : to_(std::move(to)),
      tell_(tell),
      free_(to_.size()),
      input_(64 * 1024, '\0'),
      epoll_(epoll_create1(EPOLL_CLOEXEC))
{
    if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

connections::~connections()
{
    for (auto& c : all_)
        if (c.fd >= 0) ::close(c.fd);
    ::close(epoll_);
}

void connections::add(std::size_t each)
{
    for (std::uint32_t to = 0; to < to_.size(); ++to) {
        for (std::size_t i = 0; i < each; ++i) {
            all_.emplace_back().to = to;
            connect(static_cast<std::uint32_t>(all_.size() - 1));
        }
    }
}

bool connections::opening() const
{
    std::size_t open = busy_;
    for (const auto& each : free_) open += each.size();
    return open < all_.size();
}

void connections::watch(std::uint32_t handle, int operation, std::uint32_t events)
{
    epoll_event e{};
    e.events = events;
    e.data.u32 = handle;
    if (epoll_ctl(epoll_, operation, all_[handle].fd, &e) != 0)
        throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

void connections::connect(std::uint32_t handle)
{
    auto& c = all_[handle];
    c.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c.fd < 0) throw std::system_error(errno, std::generic_category(), "socket");
    int on = 1;
    setsockopt(c.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const auto& address = to_[c.to].address;
    if (::connect(c.fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
        errno != EINPROGRESS) {
        ++refused_;
        close(handle);
        return;
    }
    c.now = state::connecting;
    watch(handle, EPOLL_CTL_ADD, EPOLLOUT);
}

void connections::close(std::uint32_t handle)
{
    auto& c = all_[handle];
    if (c.fd >= 0) ::close(c.fd);
    if (c.now == state::busy) --busy_;
    if (c.now == state::idle) std::erase(free_[c.to], handle);
    c.fd = -1;
    c.now = state::closed;
    c.wants_write = false;
    c.in.clear();
}

void connections::connected(std::uint32_t handle)
{
    auto& c = all_[handle];
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(c.fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
        ++refused_;
        close(handle);  // opened again by expire(), not at once: a refusing server is not to be hammered
        return;
    }
    watch(handle, EPOLL_CTL_MOD, EPOLLIN);
    c.now = state::idle;
    free_[c.to].push_back(handle);
}

std::string& connections::begin(std::size_t to, ticket of, std::uint32_t& handle)
{
    handle = free_[to].front();
    free_[to].pop_front();
    auto& c = all_[handle];
    c.now = state::busy;
    ++busy_;
    c.of = of;
    c.out.clear();
    c.written = 0;
    return c.out;
}

void connections::send(std::uint32_t handle)
{
    all_[handle].sent_at = now();
    flush(handle);
}

// A send that fails is left to poll(), which sees the hang-up: no event may be told from inside send().
void connections::flush(std::uint32_t handle)
{
    auto& c = all_[handle];
    auto sent = ::send(c.fd, c.out.data() + c.written, c.out.size() - c.written, MSG_NOSIGNAL);
    if (sent > 0) c.written += static_cast<std::size_t>(sent);
    const bool rest = c.written < c.out.size();
    if (rest != c.wants_write) {
        watch(handle, EPOLL_CTL_MOD, rest ? EPOLLIN | EPOLLOUT : EPOLLIN);
        c.wants_write = rest;
    }
}

void connections::fail(std::uint32_t handle, failure why)
{
    auto& c = all_[handle];
    const bool told = c.now == state::busy;
    close(handle);
    connect(handle);
    if (told) tell_.failed(c.of, why);
}

void connections::read(std::uint32_t handle)
{
    auto& c = all_[handle];
    auto got = recv(c.fd, input_.data(), input_.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0 || c.now != state::busy)
        return fail(handle, got > 0 ? failure::broken_answer : failure::closed);
    std::string_view in(input_.data(), static_cast<std::size_t>(got));
    if (c.in.empty()) return take_answer(handle, in);
    c.in.append(in);
    std::string whole = std::move(c.in);
    c.in.clear();
    take_answer(handle, whole);
}

void connections::take_answer(std::uint32_t handle, std::string_view in)
{
    auto& c = all_[handle];
    const auto answer = parse_answer(in);
    if (answer.found == http_answer::progress::needs_more) {
        c.in.assign(in);
        return;
    }
    if (answer.found == http_answer::progress::broken || in.size() > answer.head + answer.body)
        return fail(handle, failure::broken_answer);
    const auto of = c.of;
    if (answer.close) {
        close(handle);
        connect(handle);
    } else {
        --busy_;
        c.now = state::idle;
        free_[c.to].push_back(handle);
    }
    tell_.answered(of, answer.status, in.substr(answer.head, answer.body));
}

void connections::poll(nanoseconds wait)
{
    epoll_event events[256];
    const timespec limit{wait / 1'000'000'000, wait % 1'000'000'000};
    int ready = epoll_pwait2(epoll_, events, 256, &limit, nullptr);
    if (ready < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "epoll_pwait2");
    for (int i = 0; i < ready; ++i) {
        const auto handle = events[i].data.u32;
        auto& c = all_[handle];
        if (c.now == state::connecting)
            connected(handle);
        else if (c.now != state::closed && (events[i].events & ~EPOLLOUT))
            read(handle);
        else if (c.now == state::busy && c.wants_write)
            flush(handle);
    }
}

void connections::expire(nanoseconds limit)
{
    const auto oldest = now() - limit;
    for (std::uint32_t handle = 0; handle < all_.size(); ++handle) {
        auto& c = all_[handle];
        if (c.now == state::busy && c.sent_at < oldest)
            fail(handle, failure::timed_out);
        else if (c.now == state::closed)
            connect(handle);
    }
}

}  // namespace load
