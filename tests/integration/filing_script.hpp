#pragma once
// The whole filing of tests/integration/filing.txt as messages.

#include "tests/integration/citizen_client.hpp"

#include <string>
#include <vector>

namespace testing_support {

std::vector<std::string> filing_lines();
// A line as the citizen's phone sends it: text, or "/picture ID".
bot::wechat::inbound message_of(citizen_client& citizen, const std::string& line);

}  // namespace testing_support
