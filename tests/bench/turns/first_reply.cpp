#include "tests/bench/turns/first_reply.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <stdexcept>
#include <system_error>

extern char** environ;

namespace load {

namespace {

constexpr nanoseconds second = 1'000'000'000;

void pause_for(nanoseconds time)
{
    const timespec t{time / second, time % second};
    nanosleep(&t, nullptr);
}

// The started server; ended with this object.
class child {
public:
    explicit child(const std::vector<std::string>& command)
    {
        std::vector<char*> words;
        for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
        words.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        // What it prints is of no use here; what it complains of is.
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        const int failed = posix_spawnp(&pid_, words[0], &actions, nullptr, words.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        if (failed != 0)
            throw std::system_error(failed, std::generic_category(), "cannot start " + command.front());
    }
    ~child()
    {
        if (gone()) return;
        kill(pid_, SIGTERM);
        for (int i = 0; i < 1000 && !gone(); ++i) pause_for(second / 100);
        if (!gone()) {
            kill(pid_, SIGKILL);
            waitpid(pid_, nullptr, 0);
        }
    }
    child(const child&) = delete;

    pid_t pid() const { return pid_; }
    bool gone() { return gone_ = gone_ || waitpid(pid_, nullptr, WNOHANG) != 0; }

private:
    pid_t pid_ = -1;
    bool gone_ = false;
};

int connect_once(const endpoint& to)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, reinterpret_cast<const sockaddr*>(&to.address), sizeof to.address) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

// One request on a connection of its own. False when no whole answer came.
bool ask(const endpoint& to, const std::string& request, std::string& in, http_answer& answer)
{
    int fd = connect_once(to);
    if (fd < 0) return false;
    in.clear();
    char part[16 * 1024];
    ssize_t got = send(fd, request.data(), request.size(), MSG_NOSIGNAL);
    while (got > 0 && (answer = parse_answer(in)).found == http_answer::progress::needs_more) {
        pollfd waiting{fd, POLLIN, 0};
        got = ::poll(&waiting, 1, 5000) == 1 ? recv(fd, part, sizeof part, 0) : 0;
        if (got > 0) in.append(part, static_cast<std::size_t>(got));
    }
    close(fd);
    return answer.found == http_answer::progress::complete;
}

}  // namespace

start_outcome start_and_ask(const plan& p, const std::vector<std::string>& command)
{
    citizens people(p.talk);
    const auto who = people.add();
    const auto& to = p.to.front();
    std::string request, in;
    people.write_request(who, to.host, to.path, request);

    start_outcome out;
    const auto from = now();
    child server(command);
    http_answer answer;
    // 503 is a start that is not finished; any other answer is final.
    while (!ask(to, request, in, answer) || answer.status == 503) {
        if (server.gone() || now() - from > 30 * second)
            throw std::runtime_error("the server ended, or did not answer within 30 s");
        pause_for(second / 4000);
    }
    const auto body = std::string_view(in).substr(answer.head, answer.body);
    out.sound = answer.status == 200 && people.judge(who, body, out.example) == verdict::good;
    out.first_reply = static_cast<double>(now() - from) * 1e-6;
    out.cpu = read_cpu({server.pid()}).watched.front();
    pause_for(second);
    out.idle = read_memory(server.pid());
    return out;
}

}  // namespace load
