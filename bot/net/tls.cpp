#include "bot/net/tls.hpp"

#include <boost/asio/ssl/context.hpp>

#include <openssl/ssl.h>

#include <stdexcept>

namespace bot::net {
namespace {

namespace ssl = boost::asio::ssl;

// TLS 1.2 by key exchange and cipher; every suite of TLS 1.3 has both properties.
constexpr const char* ciphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

}  // namespace

std::shared_ptr<ssl::context> make_tls_context(
    const std::string& certificate_file, const std::string& key_file
)
{
    if (certificate_file.empty() && key_file.empty()) return nullptr;
    if (certificate_file.empty() || key_file.empty())
        throw std::runtime_error("TLS needs both a certificate file and a key file");
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    SSL_CTX* native = context->native_handle();
    SSL_CTX_set_options(
        native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE
    );
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);  // 32 KiB less for each idle connection
    if (SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_cipher_list(native, ciphers) != 1)
        throw std::runtime_error("this OpenSSL cannot do TLS 1.2 with the ciphers asked for");
    context->use_certificate_chain_file(certificate_file);
    context->use_private_key_file(key_file, ssl::context::pem);
    if (SSL_CTX_check_private_key(native) != 1)
        throw std::runtime_error("the TLS key does not belong to the certificate");
    return context;
}

}  // namespace bot::net
