#pragma once
// The smallest sound peer: one thread, echoes each message, stores nothing. It shows what the generator
// itself costs (bench_echo_peer), and misbehaves on request, so that the tests can see each fault counted.

#include "tests/bench/turns/wire.hpp"

#include <atomic>
#include <cstdint>
#include <memory>

namespace load {

enum class fault {
    none,
    server_error,  // 503
    not_found,     // 404
    hang_up,       // closes instead of answering
    no_answer,     // reads and keeps silent
    success,       // acknowledges without words
    bad_signature,
    other_key,  // the cipher text does not open
    names_not_swapped,
    empty_content,
    other_content,   // not what was said
    random_content,  // other words in every reply
};

class echo_peer {
public:
    // Listens on 127.0.0.1 at once; port 0: any free one. Throws std::system_error.
    echo_peer(account as, std::uint16_t port);
    ~echo_peer();

    std::uint16_t port() const;

    // Every n-th answer (n > 0) shows the fault. Call before run().
    void misbehave(fault as, std::uint64_t every);

    // Serves until stop is set; looks at it every 20 ms.
    void run(const std::atomic<bool>& stop);

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace load
