#pragma once
// Letters and digits of the platform's making: tokens, media ids, tickets. Not secrets: a simulator's.

#include <cstddef>
#include <string>

namespace bot::simulator {

std::string random_text(std::size_t length);
std::string random_digits(std::size_t length);

}  // namespace bot::simulator
