#include "tests/integration/server_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

extern char** environ;

namespace testing_support {
namespace {

struct pipe_ends {
    int read = -1;
    int write = -1;
};

pipe_ends make_pipe()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    return {ends[0], ends[1]};
}

// to: the child's descriptors 0, 1, 2; -1 leaves the parent's.
pid_t spawn(const std::vector<std::string>& arguments, int in, int out, int error)
{
    std::vector<char*> argv;
    std::string program = HEJIE_BINARY;
    argv.push_back(program.data());
    std::vector<std::string> copies = arguments;
    for (auto& argument : copies)
        argv.push_back(argument.data());
    argv.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    const int given[3] = {in, out, error};
    for (int fd = 0; fd < 3; ++fd)
        if (given[fd] >= 0)
            posix_spawn_file_actions_adddup2(&actions, given[fd], fd);
    pid_t pid = -1;
    const int failed = ::posix_spawn(&pid, program.c_str(), &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0)
        throw std::runtime_error("cannot start " + program);
    return pid;
}

std::string read_all(int fd)
{
    std::string all;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::read(fd, buffer, sizeof buffer)) > 0;)
        all.append(buffer, static_cast<std::size_t>(got));
    return all;
}

int exit_code_of(pid_t pid)
{
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

server_process::server_process(const std::vector<std::string>& arguments)
{
    const pipe_ends ends = make_pipe();
    output_ = ends.read;
    pid_ = spawn(arguments, -1, -1, ends.write);
    ::close(ends.write);
    read_until_listening();
    drain_ = std::thread([fd = output_] { read_all(fd); });
}

server_process::~server_process()
{
    kill();
}

void server_process::read_until_listening()
{
    constexpr std::string_view mark = "\"event\":\"server.listening\"";
    constexpr std::string_view field = "\"port\":";
    std::string seen;
    char buffer[1024];
    for (;;) {
        const ssize_t got = ::read(output_, buffer, sizeof buffer);
        if (got <= 0)
            throw std::runtime_error("the server ended before it listened: " + seen);
        seen.append(buffer, static_cast<std::size_t>(got));
        const auto event = seen.find(mark);
        if (event == std::string::npos || seen.find('\n', event) == std::string::npos)
            continue;
        port_ = static_cast<std::uint16_t>(std::stoi(seen.substr(seen.find(field, event) + field.size())));
        return;
    }
}

int server_process::wait()
{
    if (pid_ < 0)
        return 0;
    const int code = exit_code_of(pid_);
    pid_ = -1;
    if (drain_.joinable())
        drain_.join();
    ::close(output_);
    return code;
}

void server_process::kill()
{
    if (pid_ > 0)
        ::kill(pid_, SIGKILL);
    wait();
}

int server_process::stop()
{
    ::kill(pid_, SIGTERM);
    return wait();
}

finished run_hejie(const std::vector<std::string>& arguments, const std::string& input)
{
    const pipe_ends in = make_pipe();
    const pipe_ends out = make_pipe();
    const pid_t pid = spawn(arguments, in.read, out.write, -1);
    ::close(in.read);
    ::close(out.write);
    std::thread feed([&] {
        for (std::size_t at = 0; at < input.size();) {
            const ssize_t wrote = ::write(in.write, input.data() + at, input.size() - at);
            if (wrote <= 0)
                break;
            at += static_cast<std::size_t>(wrote);
        }
        ::close(in.write);
    });
    finished result;
    result.output = read_all(out.read);
    feed.join();
    ::close(out.read);
    result.exit_code = exit_code_of(pid);
    return result;
}

}  // namespace testing_support
