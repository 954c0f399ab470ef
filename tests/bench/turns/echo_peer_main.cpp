// bench_echo_peer PORT [plain]: answers bench_turns --echo, to see what the generator itself costs.

#include "tests/bench/turns/echo_peer.hpp"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

std::atomic<bool> stop = false;

}  // namespace

int main(int argc, char** argv)
{
    load::account as;
    as.safe = argc < 3 || std::strcmp(argv[2], "plain") != 0;
    load::echo_peer peer(as, static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0));
    std::signal(SIGTERM, [](int) { stop = true; });
    std::signal(SIGINT, [](int) { stop = true; });
    std::printf("%u\n", peer.port());
    std::fflush(stdout);
    peer.run(stop);
}
