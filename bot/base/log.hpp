#pragma once
// Structured log: one JSON object a line on standard error: {"at":"2026-…Z","level":"info","event":"…",…fields}.
// Events are fixed words; fields never hold a citizen's text, name, number or open id. Whoever wants to say which
// citizen logs the numeric citizen id.

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <variant>

namespace bot::log {

enum class level { debug, info, warn, error };

using value = std::variant<std::string_view, std::int64_t, double, bool>;
using fields = std::initializer_list<std::pair<std::string_view, value>>;

// Lines below the threshold are not formatted. Default: info. Safe from any thread.
void set_level(level threshold);

void write(level at, std::string_view event, fields with);

inline void debug(std::string_view event, fields with = {}) { write(level::debug, event, with); }
inline void info(std::string_view event, fields with = {}) { write(level::info, event, with); }
inline void warn(std::string_view event, fields with = {}) { write(level::warn, event, with); }
inline void error(std::string_view event, fields with = {}) { write(level::error, event, with); }

}  // namespace bot::log
