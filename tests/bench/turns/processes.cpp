#include "tests/bench/turns/processes.hpp"

#include "tests/bench/turns/connections.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace load {

namespace {

double ticks_per_second()
{
    return static_cast<double>(sysconf(_SC_CLK_TCK));
}

double process_seconds(pid_t of)
{
    std::ifstream in("/proc/" + std::to_string(of) + "/stat");
    std::string all;
    std::getline(in, all);
    // The name, in brackets, can hold anything: the fields are counted from behind it.
    auto after_name = all.rfind(')');
    if (after_name == all.npos) return 0;
    std::istringstream fields(all.substr(after_name + 1));
    std::string skipped;
    for (int i = 3; i < 14; ++i) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / ticks_per_second();
}

double machine_seconds()
{
    std::ifstream in("/proc/stat");
    std::string name;
    double user = 0, nice = 0, system = 0, idle = 0, waiting = 0, interrupts = 0, soft = 0;
    in >> name >> user >> nice >> system >> idle >> waiting >> interrupts >> soft;
    return (user + nice + system + interrupts + soft) / ticks_per_second();
}

double seconds(const timeval& t)
{
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
}

}  // namespace

cpu_reading read_cpu(const std::vector<pid_t>& watched)
{
    cpu_reading r;
    for (auto pid : watched) r.watched.push_back(process_seconds(pid));
    rusage own{};
    getrusage(RUSAGE_SELF, &own);
    r.own = seconds(own.ru_utime) + seconds(own.ru_stime);
    r.machine = machine_seconds();
    r.at = now();
    return r;
}

memory read_memory(pid_t of)
{
    memory m;
    std::ifstream in("/proc/" + std::to_string(of) + "/smaps_rollup");
    for (std::string row; std::getline(in, row);) {
        std::istringstream fields(row);
        std::string name;
        double kib = 0;
        fields >> name >> kib;
        if (name == "Rss:") m.resident = kib / 1024;
        if (name == "Pss:") m.proportional = kib / 1024;
    }
    return m;
}

}  // namespace load
