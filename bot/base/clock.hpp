#pragma once
// Wall-clock time as a port, so that tests and `hejie chat --at` can choose it. Waiting and time-outs use
// std::chrono::steady_clock, which does not jump.

#include <chrono>

namespace bot {

// UTC, milliseconds; what the database stores.
using instant = std::chrono::sys_time<std::chrono::milliseconds>;

class clock {
public:
    virtual ~clock() = default;
    // Safe to call from any thread.
    virtual instant now() const = 0;
};

class system_clock final : public clock {
public:
    instant now() const override
    {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

// A clock that stands where it is put.
class fixed_clock final : public clock {
public:
    explicit fixed_clock(instant at) : at_(at) {}
    instant now() const override { return at_; }
    void set(instant at) { at_ = at; }

private:
    instant at_;
};

// China Standard Time has had no daylight saving since 1991, so the local time of day is a constant shift.
constexpr std::chrono::hours china_offset{8};

}  // namespace bot
