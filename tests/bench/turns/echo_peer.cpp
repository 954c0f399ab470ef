#include "tests/bench/turns/echo_peer.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <string>
#include <system_error>
#include <unordered_map>

namespace load {

namespace {

void must(bool ok, const char* what)
{
    if (!ok) throw std::system_error(errno, std::generic_category(), what);
}

// The length of the first whole request in `in`, 0 when it is not all there.
std::size_t request_size(std::string_view in)
{
    constexpr std::string_view field = "\r\nContent-Length: ";
    auto head = in.find("\r\n\r\n"), at = in.find(field);
    std::size_t body = 0;
    if (head == in.npos || at == in.npos || at > head) return 0;
    std::from_chars(in.data() + at + field.size(), in.data() + head, body);
    return in.size() >= head + 4 + body ? head + 4 + body : 0;
}

std::string_view value_of(std::string_view request, std::string_view parameter)
{
    auto at = request.find(parameter);
    auto value = request.substr(at + parameter.size());
    return at == request.npos ? std::string_view{} : value.substr(0, value.find_first_of("& "));
}

}  // namespace

struct echo_peer::impl {
    account as;
    codec envelope, foreign;
    int listening = -1, epoll = -1;
    fault shown = fault::none;
    std::uint64_t every = 0, served = 0;
    std::unordered_map<int, std::string> input;
    std::string clear, sealed, field, answer;

    explicit impl(const account& a) : as(a), envelope(a), foreign(with_other_key(a)) {}

    static account with_other_key(account a)
    {
        a.aes_key.assign(43, 'A');
        return a;
    }

    void accept_all();
    void serve(int fd);
    bool reply(int fd, std::string_view request);
    void compose_clear(std::string_view message, fault f);
    void compose_answer(std::string_view request, fault f);
    void drop(int fd)
    {
        input.erase(fd);
        close(fd);
    }
};

echo_peer::echo_peer(account as, std::uint16_t port) : impl_(std::make_unique<impl>(as))
{
    auto& i = *impl_;
    i.listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int on = 1;
    setsockopt(i.listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    must(bind(i.listening, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0, "bind");
    must(listen(i.listening, 4096) == 0, "listen");
    i.epoll = epoll_create1(EPOLL_CLOEXEC);
    epoll_event e{EPOLLIN, {.fd = i.listening}};
    must(epoll_ctl(i.epoll, EPOLL_CTL_ADD, i.listening, &e) == 0, "epoll_ctl");
}

echo_peer::~echo_peer()
{
    for (const auto& [fd, in] : impl_->input) close(fd);
    close(impl_->listening);
    close(impl_->epoll);
}

std::uint16_t echo_peer::port() const
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    must(getsockname(impl_->listening, reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
    return ntohs(address.sin_port);
}

void echo_peer::misbehave(fault as, std::uint64_t every)
{
    impl_->shown = as;
    impl_->every = every;
}

void echo_peer::run(const std::atomic<bool>& stop)
{
    epoll_event events[256];
    while (!stop) {
        const int ready = epoll_wait(impl_->epoll, events, 256, 20);
        for (int i = 0; i < ready; ++i) {
            if (events[i].data.fd == impl_->listening)
                impl_->accept_all();
            else
                impl_->serve(events[i].data.fd);
        }
    }
}

void echo_peer::impl::accept_all()
{
    for (int fd; (fd = accept4(listening, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        epoll_event e{EPOLLIN, {.fd = fd}};
        must(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e) == 0, "epoll_ctl");
        input[fd];
    }
}

void echo_peer::impl::serve(int fd)
{
    char part[32 * 1024];
    const auto got = recv(fd, part, sizeof part, 0);
    if (got <= 0) return drop(fd);
    auto& in = input[fd];
    in.append(part, static_cast<std::size_t>(got));
    for (auto size = request_size(in); size != 0; size = request_size(in)) {
        if (!reply(fd, std::string_view(in).substr(0, size))) return drop(fd);
        in.erase(0, size);
    }
}

bool echo_peer::impl::reply(int fd, std::string_view request)
{
    const fault f = every != 0 && ++served % every == 0 ? shown : fault::none;
    answer = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
    if (f == fault::hang_up) return false;
    if (f == fault::no_answer) return true;
    if (f == fault::not_found)
        answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    else if (f == fault::success)
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nsuccess";
    else if (f != fault::server_error)
        compose_answer(request, f);
    return send(fd, answer.data(), answer.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(answer.size());
}

// Depends on the message alone, so that every copy of it gets the same words.
void echo_peer::impl::compose_clear(std::string_view message, fault f)
{
    std::string from, to, created, said;
    element(message, "<FromUserName>", from);
    element(message, "<ToUserName>", to);
    element(message, "<CreateTime>", created);
    if (!element(message, "<Content>", said) && !element(message, "<MediaId>", said) &&
        !element(message, "<Label>", said))
        if (!element(message, "<EventKey>", said) || said.empty()) element(message, "<Event>", said);
    if (f == fault::names_not_swapped) from.swap(to);
    if (f == fault::empty_content) said.clear();
    if (f == fault::other_content || f == fault::random_content)
        said = f == fault::other_content ? "?" : said + std::to_string(served);
    clear = "<xml><ToUserName><![CDATA[" + from + "]]></ToUserName><FromUserName><![CDATA[" + to;
    clear += "]]></FromUserName><CreateTime>" + created + "</CreateTime><MsgType><![CDATA[text]]></MsgType>";
    clear += "<Content><![CDATA[" + said + "]]></Content></xml>";
}

void echo_peer::impl::compose_answer(std::string_view request, fault f)
{
    constexpr std::string_view prefix = "0123456789abcdef";
    std::string message(request.substr(request.find("\r\n\r\n") + 4)), body;
    const char* reason = "";
    if (as.safe) {
        element(request, "<Encrypt>", field);
        message = envelope.open(field, reason);
    }
    compose_clear(message, f);
    body = clear;
    if (as.safe) {
        sealed.clear();
        (f == fault::other_key ? foreign : envelope).seal(clear, prefix, sealed);
        const std::string stamp(value_of(request, "timestamp=")), nonce(value_of(request, "nonce="));
        const std::string token = f == fault::bad_signature ? "?" : as.token;
        std::string_view parts[] = {token, stamp, nonce, sealed};
        const auto digest = envelope.sign(parts);
        body = "<xml><Encrypt><![CDATA[" + sealed + "]]></Encrypt><MsgSignature><![CDATA[";
        body.append(digest.data(), digest.size()).append("]]></MsgSignature><TimeStamp>").append(stamp);
        body.append("</TimeStamp><Nonce><![CDATA[").append(nonce).append("]]></Nonce></xml>");
    }
    answer = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: " + std::to_string(body.size()) +
             "\r\n\r\n" + body;
}

}  // namespace load
