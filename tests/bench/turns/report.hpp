#pragma once
// What a run gave, for people and for scripts.

#include "tests/bench/turns/load.hpp"

#include <string>

namespace load {

std::string as_text(const plan& p, const outcome& o);
std::string as_json(const plan& p, const outcome& o);  // one line

}  // namespace load
