#pragma once
// TLS of the HTTP server.

#include <memory>
#include <string>

namespace boost::asio::ssl {
class context;
}

namespace bot::net {

// TLS 1.2 and 1.3 with forward secrecy and authenticated encryption only. Both files empty: null. Throws
// std::runtime_error when a file is missing, unreadable, or the key does not fit the certificate.
std::shared_ptr<boost::asio::ssl::context> make_tls_context(
    const std::string& certificate_file, const std::string& key_file
);

}  // namespace bot::net
