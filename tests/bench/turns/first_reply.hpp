#pragma once
// How long a server takes from its start to its first sound reply, and what it weighs idle.

#include "tests/bench/turns/load.hpp"

#include <string>
#include <vector>

namespace load {

struct start_outcome {
    double first_reply = 0;  // milliseconds from before the fork to the judged reply
    double cpu = 0;          // seconds of the process until then
    memory idle;             // one second after the reply
    bool sound = false;
    std::string example;
};

// Starts the command, asks until it answers, measures, and ends it with SIGTERM (SIGKILL when it does not
// go). Throws std::runtime_error when it has not answered within 30 s or ends by itself.
start_outcome start_and_ask(const plan& p, const std::vector<std::string>& command);

}  // namespace load
