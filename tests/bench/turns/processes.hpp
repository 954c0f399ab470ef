#pragma once
// What a run cost: CPU time of the watched processes, of this one and of all others, and memory.

#include <sys/types.h>

#include <cstdint>
#include <vector>

namespace load {

struct cpu_reading {
    std::vector<double> watched;  // user and system seconds, in the order of the pids
    double own = 0;
    double machine = 0;   // seconds that all processors were busy, stolen time not counted
    std::int64_t at = 0;  // CLOCK_MONOTONIC
};

// A process that is gone reads as 0.
cpu_reading read_cpu(const std::vector<pid_t>& watched);

struct memory {
    double resident = 0;      // MiB
    double proportional = 0;  // MiB, shared pages divided among their users
};
memory read_memory(pid_t of);

}  // namespace load
