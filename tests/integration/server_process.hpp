#pragma once
// The real binary as a child process: started with a configuration of its own, killed or asked to stop.

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace testing_support {

class server_process {
public:
    // arguments: after `hejie`. Waits until the server says where it listens. Throws std::runtime_error with what the
    // process wrote when it ends before that.
    explicit server_process(const std::vector<std::string>& arguments);
    // Kills what still runs.
    ~server_process();
    server_process(const server_process&) = delete;

    std::uint16_t port() const { return port_; }
    pid_t pid() const { return pid_; }

    void kill();  // SIGKILL; returns when the process is gone
    int stop();   // SIGTERM; returns the exit code

private:
    int wait();
    void read_until_listening();

    pid_t pid_ = -1;
    int output_ = -1;
    std::uint16_t port_ = 0;
    std::thread drain_;
};

// Runs the binary to its end with `input` on its standard input; gives its standard output.
struct finished {
    int exit_code = 0;
    std::string output;
};
finished run_hejie(const std::vector<std::string>& arguments, const std::string& input = "");

}  // namespace testing_support
