#pragma once
// The simulator's values as the page reads them (web/simulator/src/wire.ts). Inside this room only.

#include "bot/simulator/fake_platform.hpp"

#include <boost/json.hpp>

namespace bot::simulator {

boost::json::object account_json(const fake_platform& platform);
boost::json::object person_json(const person& one);
boost::json::object history_json(const person& one, std::uint64_t after);
boost::json::object exchange_json(const exchange& one);

}  // namespace bot::simulator
