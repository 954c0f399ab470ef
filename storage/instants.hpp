#pragma once
// Times in rows: milliseconds since the epoch.

#include "bot/base/clock.hpp"
#include "storage/sql/connection.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace storage {

inline std::int64_t ms(bot::instant at)
{
    return at.time_since_epoch().count();
}

inline bot::instant instant_of(std::int64_t ms)
{
    return bot::instant(std::chrono::milliseconds(ms));
}

inline std::optional<bot::instant> optional_instant(sql::statement& q, int column)
{
    if (q.is_null(column)) return std::nullopt;
    return instant_of(q.integer(column));
}

}  // namespace storage
