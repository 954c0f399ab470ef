#include "tests/unit/net/certificate.hpp"
#include "tests/unit/net/loopback.hpp"

#include <gtest/gtest.h>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using bot::net::server_options;
using bot::test::certificate;
using bot::test::loopback_server;
using bot::test::raw_client;
using namespace std::chrono_literals;

server_options with(const certificate& files)
{
    server_options options;
    options.tls_certificate = files.certificate_file();
    options.tls_key = files.key_file();
    return options;
}

class tls_client {
public:
    explicit tls_client(std::uint16_t port) : port_(port)
    {
        context_.set_verify_mode(asio::ssl::verify_none);
    }

    SSL_CTX* settings() { return context_.native_handle(); }

    error_code handshake()
    {
        stream_.emplace(io_, context_);
        stream_->next_layer().connect({asio::ip::make_address("127.0.0.1"), port_});
        error_code failed;
        stream_->handshake(asio::ssl::stream_base::client, failed);
        return failed;
    }

    std::string version() { return SSL_get_version(stream_->native_handle()); }
    void send(const std::string& bytes) { asio::write(*stream_, asio::buffer(bytes)); }
    // All until the end, and whether that was a proper TLS end.
    std::pair<std::string, bool> read_to_end()
    {
        std::string text;
        error_code end;
        asio::read(*stream_, asio::dynamic_buffer(text), end);
        return {text, end == asio::error::eof};
    }

private:
    std::uint16_t port_;
    asio::io_context io_;
    asio::ssl::context context_{asio::ssl::context::tls_client};
    std::optional<asio::ssl::stream<asio::ip::tcp::socket>> stream_;
};

const std::string two_requests =
    "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
    "GET /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

TEST(Tls, ServesByVersion13And12AndEndsProperly)
{
    const certificate files;
    loopback_server server(with(files));
    for (const int version : {TLS1_3_VERSION, TLS1_2_VERSION}) {
        tls_client client(server.port());
        SSL_CTX_set_max_proto_version(client.settings(), version);
        ASSERT_FALSE(client.handshake());
        EXPECT_EQ(client.version(), version == TLS1_3_VERSION ? "TLSv1.3" : "TLSv1.2");
        client.send(two_requests);
        const auto [text, proper] = client.read_to_end();
        EXPECT_NE(text.find("POST\n/a\n\nabc"), std::string::npos) << text;
        EXPECT_TRUE(text.ends_with("GET\n/b\n\n")) << text;
        EXPECT_TRUE(proper);
    }
}

TEST(Tls, SendsALargeResponseWhole)
{
    const certificate files;
    loopback_server server(with(files));
    tls_client client(server.port());
    ASSERT_FALSE(client.handshake());
    client.send("GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const auto [text, proper] = client.read_to_end();
    EXPECT_TRUE(text.ends_with(std::string(8 * 1024 * 1024, 'x')));
    EXPECT_TRUE(proper);
}

TEST(Tls, RefusesHostileFramingToo)
{
    const certificate files;
    loopback_server server(with(files));
    tls_client client(server.port());
    ASSERT_FALSE(client.handshake());
    client.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + two_requests);
    const auto [text, proper] = client.read_to_end();
    EXPECT_TRUE(text.starts_with("HTTP/1.1 400 Bad Request\r\n")) << text;
    EXPECT_TRUE(server.seen().empty());
}

TEST(Tls, RefusesOldVersions)
{
    const certificate files;
    loopback_server server(with(files));
    tls_client client(server.port());
    SSL_CTX_set_security_level(client.settings(), 0);
    SSL_CTX_set_min_proto_version(client.settings(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(client.settings(), TLS1_1_VERSION);
    EXPECT_TRUE(client.handshake());
}

TEST(Tls, RefusesCiphersWithoutAuthenticatedEncryption)
{
    const certificate files;
    loopback_server server(with(files));
    for (const char* weak :
         {"ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA", "AES128-GCM-SHA256", "DHE-RSA-AES128-SHA"}) {
        tls_client client(server.port());
        SSL_CTX_set_max_proto_version(client.settings(), TLS1_2_VERSION);
        ASSERT_EQ(SSL_CTX_set_cipher_list(client.settings(), weak), 1) << weak;
        EXPECT_TRUE(client.handshake()) << weak;
    }
}

TEST(Tls, ClosesOnAPlainRequest)
{
    const certificate files;
    loopback_server server(with(files));
    raw_client client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(client.read_to_end());
    EXPECT_TRUE(server.seen().empty());
}

TEST(Tls, AHandshakeThatDoesNotComeIsClosed)
{
    const certificate files;
    server_options options = with(files);
    options.header_time = 50ms;
    loopback_server server(options);
    raw_client silent(server.port());
    EXPECT_TRUE(silent.closed_by_server());
}

TEST(Tls, SlowHeadersAreToldOverTls)
{
    const certificate files;
    server_options options = with(files);
    options.header_time = 200ms;
    loopback_server server(options);
    tls_client client(server.port());
    ASSERT_FALSE(client.handshake());
    client.send("GET / HT");
    const auto [text, proper] = client.read_to_end();
    EXPECT_TRUE(text.starts_with("HTTP/1.1 408 ")) << text;
}

TEST(Tls, StopFinishesARequestUnderWay)
{
    const certificate files;
    loopback_server server(with(files));
    tls_client client(server.port());
    ASSERT_FALSE(client.handshake());
    client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(server.handler_entered("/wait"));
    auto stopped = server.stop(24h);
    server.release();
    const auto [text, proper] = client.read_to_end();
    EXPECT_TRUE(text.ends_with("GET\n/wait\n\n")) << text;
    EXPECT_EQ(stopped.wait_for(20s), std::future_status::ready);
}

TEST(Tls, DoesNotStartWithFilesThatDoNotFit)
{
    const certificate files;
    const certificate other;
    boost::asio::io_context io;
    bot::metrics counters;
    std::vector<server_options> broken(5, with(files));
    broken[0].tls_key = other.key_file();
    broken[1].tls_key.clear();
    broken[2].tls_certificate.clear();
    broken[3].tls_certificate = files.certificate_file() + ".missing";
    broken[4].tls_key = files.certificate_file();
    for (std::size_t i = 0; i < broken.size(); ++i) {
        broken[i].listen = "127.0.0.1:0";
        EXPECT_THROW(bot::net::server(io, broken[i], {}, counters), std::runtime_error) << i;
    }
}

}  // namespace
