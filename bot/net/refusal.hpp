#pragma once
// Why the server refuses a request or a connection before any handler sees it. The names are label values of
// hejie_http_refused_total.

#include <string_view>

namespace bot::net {

enum class refusal {
    syntax,             // not HTTP/1.1 as RFC 9112 writes it
    target,             // a path that cannot be decoded, or leaves its root
    host,               // not exactly one Host, or one that contradicts the target
    folded_header,      // a header continued on the next line
    length_conflict,    // more than one length, or Content-Length beside Transfer-Encoding
    transfer_encoding,  // a coding other than exactly "chunked"
    expectation,        // an Expect other than 100-continue
    method,             // one that no part of this server knows
    version,            // not HTTP/1.0 or 1.1
    header_size,
    body_size,
    header_time,
    body_time,
    write_time,               // the client did not take its response; nothing is answered
    connections,              // accepted and closed at once
    connections_per_address,  // the same
};

constexpr int refusal_count = 16;

std::string_view refusal_name(refusal why);
int refusal_status(refusal why);

}  // namespace bot::net
