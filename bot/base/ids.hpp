#pragma once
// Keys of rows: 63-bit, chosen by us, time-ordered (41 bits of milliseconds since 2024-01-01 UTC, 22 random bits),
// so that new rows land together at the end of a table on every engine.

#include "bot/base/clock.hpp"

#include <compare>
#include <cstdint>

namespace bot {

struct citizen_id {
    std::int64_t value = 0;
    auto operator<=>(const citizen_id&) const = default;
};

struct case_id {
    std::int64_t value = 0;
    auto operator<=>(const case_id&) const = default;
};

// Of any other row that a turn makes: a complaint, an appointment, a delivery.
struct record_id {
    std::int64_t value = 0;
    auto operator<=>(const record_id&) const = default;
};

// random: only the low 22 bits are used. The same inputs give the same id.
constexpr std::int64_t time_ordered_id(instant at, std::uint64_t random)
{
    constexpr std::int64_t epoch_ms = 1'704'067'200'000;  // 2024-01-01T00:00Z
    const std::int64_t ms = at.time_since_epoch().count() - epoch_ms;
    return ((ms & 0x1FF'FFFF'FFFF) << 22) | static_cast<std::int64_t>(random & 0x3F'FFFF);
}

}  // namespace bot
