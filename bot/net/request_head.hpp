#pragma once
// The gate in front of the HTTP parser. Between a proxy and this server a request must have one meaning only,
// so whatever two readers of RFC 9112 could understand in two ways is refused here, with the reason's name.

#include "bot/net/refusal.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace bot::net {

// Finds the end of a request's head in bytes that arrive in pieces.
class head_finder {
public:
    struct found {
        std::size_t length = 0;  // of the head with its empty line; 0: more bytes are needed
        std::optional<refusal> refused;
    };

    // bytes: all that has arrived of this request, from its first byte; may only grow from call to call.
    found look(std::string_view bytes);

private:
    std::size_t looked_at_ = 0;
    std::size_t line_start_ = 0;
};

struct head_facts {
    std::string_view method;
    std::string_view target;
    std::string_view host;  // empty: HTTP/1.0 without one
    bool http_1_0 = false;
    bool wants_continue = false;
};

struct checked_head {
    head_facts facts;  // views into the head
    std::optional<refusal> refused;
};

// head: a whole head, as head_finder found it.
checked_head check_head(std::string_view head);

struct request_target {
    std::string path;   // percent-decoded, begins with '/', or is "*"
    std::string query;  // raw
};

// Nothing: the target has no single meaning (bad escape, control character, escaped slash, a ".." segment, an
// authority that is not the Host). host: the Host header's value.
std::optional<request_target> split_target(std::string_view target, std::string_view host);

}  // namespace bot::net
