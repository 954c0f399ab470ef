#include "bot/net/refusal.hpp"

#include <array>

namespace bot::net {
namespace {

struct row {
    std::string_view name;
    int status;
};

// In the order of the enumeration.
constexpr std::array<row, refusal_count> rows = {{
    {"syntax", 400},
    {"target", 400},
    {"host", 400},
    {"folded_header", 400},
    {"length_conflict", 400},
    {"transfer_encoding", 501},
    {"expectation", 417},
    {"method", 501},
    {"version", 505},
    {"header_size", 431},
    {"body_size", 413},
    {"header_time", 408},
    {"body_time", 408},
    {"write_time", 408},
    {"connections", 503},
    {"connections_per_address", 503},
}};

}  // namespace

std::string_view refusal_name(refusal why)
{
    return rows[static_cast<std::size_t>(why)].name;
}

int refusal_status(refusal why)
{
    return rows[static_cast<std::size_t>(why)].status;
}

}  // namespace bot::net
