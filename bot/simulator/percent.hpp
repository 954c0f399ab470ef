#pragma once
// Percent-encoding of query values, as the platform's own links and calls carry it.

#include <string>
#include <string_view>

namespace bot::simulator {

// '+' stays '+'; a broken sequence is left as it is.
std::string percent_decoded(std::string_view text);

// The decoded value of the first parameter of that name; empty when absent.
std::string query_value(std::string_view query, std::string_view name);

}  // namespace bot::simulator
