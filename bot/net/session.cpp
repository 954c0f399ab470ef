// The one file that reads and writes HTTP streams. A request is taken apart in two steps: request_head.hpp
// refuses what has no single meaning, then Beast's parser reads it.

#include "bot/net/session.hpp"

#include "bot/net/request_head.hpp"
#include "bot/net/request_parser.hpp"
#include "bot/net/response_text.hpp"

#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <vector>

namespace bot::net {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using std::chrono::steady_clock;

constexpr std::size_t first_buffer = 4 * 1024;  // bytes; most webhook requests fit
constexpr std::size_t joined_body = 16 * 1024;  // a body up to here is copied behind its header: one write
constexpr std::size_t discard_limit = 1024 * 1024;  // of what a refused client goes on sending
constexpr std::chrono::milliseconds closing_time{1'000};
constexpr std::string_view no_body;

refusal refusal_of(error_code parse_error)
{
    if (parse_error == http::error::body_limit) return refusal::body_size;
    if (parse_error == http::error::header_limit) return refusal::header_size;
    return refusal::syntax;
}

// The stream, and for TLS the context that it must not outlive.
struct plain_stream {
    static constexpr bool encrypted = false;
    tcp_socket stream;
    tcp_socket& socket() { return stream; }
};

struct tls_stream {
    static constexpr bool encrypted = true;
    std::shared_ptr<asio::ssl::context> context;
    asio::ssl::stream<tcp_socket> stream;
    tcp_socket& socket() { return stream.next_layer(); }
};

template <class Transport>
class connection final : public session {
public:
    connection(Transport transport, std::shared_ptr<site> home, std::string peer)
        : session(std::move(home), std::move(peer)), transport_(std::move(transport)), input_(first_buffer)
    {
    }

    asio::awaitable<void> run() override;
    void close() override
    {
        error_code ignored;
        transport_.socket().close(ignored);
    }

private:
    void cancel() override
    {
        error_code ignored;
        transport_.socket().cancel(ignored);
    }

    asio::awaitable<bool> open();
    asio::awaitable<bool> serve_one();
    asio::awaitable<bool> read_head();
    asio::awaitable<bool> read_body(request_parser& parser, bool wants_continue);
    asio::awaitable<bool> fill();
    asio::awaitable<bool> refuse();
    asio::awaitable<bool> send(std::string_view body);
    asio::awaitable<void> finish();

    bool parse_head(http_request& request, request_parser& parser, head_facts& facts);
    std::size_t write_now(std::string_view body);
    std::string_view unread() const { return {input_.data() + begin_, end_ - begin_}; }
    void consume(std::size_t n);

    Transport transport_;
    std::vector<char> input_;  // what was read and not yet taken: [begin_, end_)
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::string output_;
    std::size_t head_length_ = 0;
    time_point last_read_;
    bool first_request_ = true;
    std::optional<refusal> refused_;
};

template <class Transport>
asio::awaitable<void> connection<Transport>::run()
{
    last_read_ = steady_clock::now();
    bool more = co_await open();
    while (more) more = co_await serve_one();
    if (refused_) more = co_await refuse();
    co_await finish();
}

template <class Transport>
asio::awaitable<bool> connection<Transport>::open()
{
    error_code failed;
    if constexpr (Transport::encrypted) {
        enter(phase::opening, last_read_, home_->options.header_time);
        co_await transport_.stream.async_handshake(
            asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, failed)
        );
    } else {
        transport_.socket().non_blocking(true, failed);  // for write_now
    }
    co_return !failed && !timed_out_;
}

// False: nothing more to serve; refused_ says whether an answer is owed.
template <class Transport>
asio::awaitable<bool> connection<Transport>::serve_one()
{
    const bool arrived = co_await read_head();
    if (!arrived) co_return false;
    http_request request;
    request_parser parser(request);
    head_facts facts;
    if (!parse_head(request, parser, facts)) co_return false;
    if (!parser.is_done()) {
        const bool complete = co_await read_body(parser, facts.wants_continue);
        if (!complete) co_return false;
    }

    const std::string request_id = request.request_id;
    const bool head_only = request.method == "HEAD";
    http_response response;
    bool threw = false;
    enter_handling();
    try {
        response = co_await home_->handler(std::move(request));
    } catch (...) {
        threw = true;
        if (home_->cut_off) co_return false;
        response = failed(request_id);
    }
    if (!threw && !is_writable(response)) response = failed(request_id);

    const bool keep_alive = parser.keep_alive() && !home_->stopping;
    const bool with_body = has_body(response.status, head_only);
    output_.clear();
    append_head(output_, response, {request_id, home_->date(), keep_alive, head_only, facts.http_1_0});
    const std::string_view body = with_body ? std::string_view(response.body) : std::string_view();
    const bool sent = co_await send(body);
    last_read_ = std::max(last_read_, steady_clock::now());
    record(response, request_id, last_read_);
    co_return sent&& keep_alive;
}

template <class Transport>
asio::awaitable<bool> connection<Transport>::read_head()
{
    const auto& limits = home_->options;
    // A new connection has said nothing yet, and gets no more time for it than for a header.
    const auto waiting = first_request_ ? limits.header_time : limits.idle_time;
    enter(phase::idle, last_read_, waiting);
    first_request_ = false;
    head_finder finder;
    for (;;) {
        if (phase_ == phase::idle && begin_ != end_) {
            received_ = last_read_;
            enter(phase::header, last_read_, limits.header_time);
        }
        const auto found = finder.look(unread());
        if (found.refused)
            refused_ = found.refused;
        else if (std::max(found.length, found.length == 0 ? unread().size() : 0) > limits.max_header)
            refused_ = refusal::header_size;
        head_length_ = found.length;
        if (refused_ || head_length_ > 0) co_return !refused_;
        const bool more = co_await fill();
        if (!more) {
            if (timed_out_ && phase_ == phase::header) refused_ = refusal::header_time;
            co_return false;
        }
    }
}

template <class Transport>
bool connection<Transport>::parse_head(http_request& request, request_parser& parser, head_facts& facts)
{
    const std::string_view head = unread().substr(0, head_length_);
    auto checked = check_head(head);
    refused_ = checked.refused;
    if (refused_) return false;
    facts = checked.facts;
    auto target = split_target(facts.target, facts.host);
    if (!target) {
        refused_ = refusal::target;
        return false;
    }
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    request.peer = peer_;
    request.request_id = home_->next_request_id();
    request.received = received_;
    parser.header_limit(std::numeric_limits<std::uint32_t>::max());  // counted by read_head
    parser.body_limit(home_->options.max_body);
    error_code bad;
    const std::size_t taken = parser.put(asio::buffer(head.data(), head.size()), bad);
    // Two readers of the same bytes must agree on where the head ends.
    if (bad || taken != head.size()) {
        refused_ = refusal_of(bad);
        return false;
    }
    consume(taken);
    return true;
}

template <class Transport>
asio::awaitable<bool> connection<Transport>::read_body(request_parser& parser, bool wants_continue)
{
    if (wants_continue && begin_ == end_) {
        output_ = "HTTP/1.1 100 Continue\r\n\r\n";
        const bool sent = co_await send(no_body);
        if (!sent) co_return false;
    }
    enter(phase::body, last_read_, home_->options.body_time);
    parser.eager(true);
    for (;;) {
        if (begin_ != end_) {
            error_code bad;
            consume(parser.put(asio::buffer(input_.data() + begin_, end_ - begin_), bad));
            if (bad && bad != http::error::need_more) {
                refused_ = refusal_of(bad);
                co_return false;
            }
            if (parser.is_done()) co_return true;
        }
        const bool more = co_await fill();
        if (!more) {
            if (timed_out_) refused_ = refusal::body_time;
            co_return false;
        }
    }
}

// Reads more behind what is there. False: the peer is gone, the time is over, or what should end has no end.
template <class Transport>
asio::awaitable<bool> connection<Transport>::fill()
{
    if (end_ == input_.size() && begin_ > 0) {
        std::copy(input_.begin() + static_cast<std::ptrdiff_t>(begin_), input_.end(), input_.begin());
        end_ -= begin_;
        begin_ = 0;
    }
    if (end_ == input_.size()) {
        // Only a header, or the header and trailers of a chunk, must stand in one piece.
        const std::size_t most = home_->options.max_header + first_buffer;
        if (end_ >= most) {
            refused_ = refusal::header_size;
            co_return false;
        }
        input_.resize(std::min(most, 2 * end_));
    }
    const auto room = asio::buffer(input_.data() + end_, input_.size() - end_);
    error_code failed;
    const std::size_t n =
        co_await transport_.stream.async_read_some(room, asio::redirect_error(asio::use_awaitable, failed));
    if (failed || timed_out_) co_return false;
    end_ += n;
    last_read_ = steady_clock::now();
    co_return true;
}

template <class Transport>
void connection<Transport>::consume(std::size_t n)
{
    begin_ += n;
    if (begin_ == end_) begin_ = end_ = 0;
}

template <class Transport>
asio::awaitable<bool> connection<Transport>::refuse()
{
    home_->counts.refused(*refused_);
    const std::string request_id = home_->next_request_id();
    http_response response;
    response.status = refusal_status(*refused_);
    response.route = "refused";
    output_.clear();
    append_head(output_, response, {request_id, home_->date()});
    const bool sent = co_await send(no_body);
    if (home_->options.access_log) record(response, request_id, steady_clock::now());
    co_return sent;
}

// What the socket takes without waiting: nearly always everything. Encrypted streams have no such way.
template <class Transport>
std::size_t connection<Transport>::write_now(std::string_view body)
{
    if constexpr (Transport::encrypted) {
        return 0;
    } else {
        error_code would_block;
        const std::array<asio::const_buffer, 2> whole = {asio::buffer(output_), asio::buffer(body)};
        return transport_.stream.write_some(whole, would_block);
    }
}

// Writes output_ and then the body.
template <class Transport>
asio::awaitable<bool> connection<Transport>::send(std::string_view body)
{
    if (body.size() <= joined_body) {
        output_ += body;
        body = {};
    }
    std::size_t done = write_now(body);
    if (done == output_.size() + body.size()) co_return true;
    enter(phase::writing, steady_clock::now(), home_->options.write_time);
    const std::string_view head = std::string_view(output_).substr(std::min(done, output_.size()));
    body.remove_prefix(done - (output_.size() - head.size()));
    const std::array<asio::const_buffer, 2> rest = {asio::buffer(head), asio::buffer(body)};
    error_code failed;
    co_await asio::async_write(transport_.stream, rest, asio::redirect_error(asio::use_awaitable, failed));
    if (failed && timed_out_) home_->counts.refused(refusal::write_time);
    co_return !failed;
}

// Closing on unread bytes makes the kernel reset the connection, and the client may never see the answer. So:
// say that nothing more comes, then drop what still arrives, for a while.
template <class Transport>
asio::awaitable<void> connection<Transport>::finish()
{
    error_code failed;
    enter(phase::closing, steady_clock::now(), closing_time);
    if constexpr (Transport::encrypted) {
        co_await transport_.stream.async_shutdown(asio::redirect_error(asio::use_awaitable, failed));
    } else {
        transport_.socket().shutdown(tcp_socket::shutdown_send, failed);
        std::size_t dropped = 0;
        const auto room = asio::buffer(input_);
        while (refused_ && !failed && !timed_out_ && dropped < discard_limit)
            dropped += co_await transport_.stream.async_read_some(
                room, asio::redirect_error(asio::use_awaitable, failed)
            );
    }
    close();
}

}  // namespace

std::unique_ptr<session> make_session(tcp_socket socket, std::shared_ptr<site> home, std::string peer)
{
    plain_stream transport{std::move(socket)};
    return std::make_unique<connection<plain_stream>>(std::move(transport), std::move(home), std::move(peer));
}

std::unique_ptr<session> make_session(
    tcp_socket socket, std::shared_ptr<asio::ssl::context> tls, std::shared_ptr<site> home, std::string peer
)
{
    asio::ssl::stream<tcp_socket> stream(std::move(socket), *tls);
    tls_stream transport{std::move(tls), std::move(stream)};
    return std::make_unique<connection<tls_stream>>(std::move(transport), std::move(home), std::move(peer));
}

}  // namespace bot::net
