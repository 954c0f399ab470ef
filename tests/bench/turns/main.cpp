// bench_turns: whole signed and encrypted WeChat conversations against a running server, every reply checked.
// Options: --help, and tests/bench/README.md.

#include "tests/bench/turns/first_reply.hpp"
#include "tests/bench/turns/load.hpp"
#include "tests/bench/turns/report.hpp"

#include <sys/prctl.h>

#include <charconv>
#include <cstdio>
#include <cstring>
#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr const char* help =
    "bench_turns [options]                  load a running server and report\n"
    "bench_turns [options] --start COMMAND… start a server, time its first reply, weigh it idle, end it\n"
    "  --url URL[,URL]     http://127.0.0.1:8080/wechat/main; a comma-separated second one is another "
    "replica\n"
    "  --mode safe|plain   as the server is configured (safe)\n"
    "  --app-id --token --aes-key --original-id   the account\n"
    "  --script FILE       the conversation; without: a few plain sentences\n"
    "  --echo              the peer echoes: content must equal what was said\n"
    "  --connections N     64; --max-connections N  open loop: more are opened up to N when none is free\n"
    "  --citizens N        at once; default one a connection, in open loop 1024\n"
    "  --warmup S --duration S | --messages N     1 and 5 seconds\n"
    "  --rate R [--poisson]  open loop at R messages a second, latency from the intended time\n"
    "  --patience S        open loop: a message overdue by more is given up unsent (5)\n"
    "  --dup N             N copies of each message at once; all must be answered with the same bytes\n"
    "  --retry             deliver again 1 s after a failure, three times at most\n"
    "  --pid A,B           report CPU a reply and memory of these processes\n"
    "  --json              one line of JSON instead of text\n"
    "Ends with 0, or 1 when a reply was wrong, 2 for bad options, 3 when it could not run.\n";

struct bad_option : std::runtime_error {
    using runtime_error::runtime_error;
};

struct request {
    load::plan plan;
    std::vector<std::string> start;
    bool json = false, help = false;
};

template <class Number>
Number number(std::string_view text)
{
    Number n{};
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc{} || end != text.data() + text.size() || n < 0)
        throw bad_option("not a number: " + std::string(text));
    return n;
}

template <class Take>
void each_of(std::string_view list, Take take)
{
    while (!list.empty()) {
        auto comma = std::min(list.find(','), list.size());
        take(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
}

bool take_switch(std::string_view name, request& r)
{
    const std::pair<std::string_view, bool*> switches[] = {
        {"--echo", &r.plan.talk.echo},
        {"--poisson", &r.plan.poisson},
        {"--retry", &r.plan.retry},
        {"--json", &r.json},
        {"--help", &r.help},
    };
    for (auto [known, on] : switches)
        if (name == known) return *on = true;
    return false;
}

bool take_mode(std::string_view value)
{
    if (value != "safe" && value != "plain") throw bad_option("--mode is safe or plain");
    return value == "safe";
}

void take_value(std::string_view name, std::string_view value, request& r)
{
    auto& p = r.plan;
    auto& as = p.talk.as;
    const std::pair<std::string_view, std::function<void()>> values[] = {
        {"--url", [&] { each_of(value, [&](auto url) { p.to.push_back(load::parse_url(url)); }); }},
        {"--mode", [&] { as.safe = take_mode(value); }},
        {"--app-id", [&] { as.app_id = value; }},
        {"--token", [&] { as.token = value; }},
        {"--aes-key", [&] { as.aes_key = value; }},
        {"--original-id", [&] { as.original_id = value; }},
        {"--script", [&] { p.talk.says = load::read_script(std::string(value)); }},
        {"--connections", [&] { p.connections = number<std::size_t>(value); }},
        {"--max-connections", [&] { p.max_connections = number<std::size_t>(value); }},
        {"--citizens", [&] { p.citizens = number<std::size_t>(value); }},
        {"--warmup", [&] { p.warmup = number<double>(value); }},
        {"--duration", [&] { p.duration = number<double>(value); }},
        {"--messages", [&] { p.messages = number<std::uint64_t>(value); }},
        {"--rate", [&] { p.rate = number<double>(value); }},
        {"--patience", [&] { p.patience = number<double>(value); }},
        {"--dup", [&] { p.copies = number<unsigned>(value); }},
        {"--pid", [&] { each_of(value, [&](auto pid) { p.watched.push_back(number<pid_t>(pid)); }); }},
    };
    for (const auto& [known, take] : values)
        if (name == known) return take();
    throw bad_option("unknown option " + std::string(name));
}

request parse(int argc, char** argv)
{
    request r;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (name == "--start") {
            r.start.assign(argv + i + 1, argv + argc);
            break;
        }
        if (take_switch(name, r)) continue;
        if (i + 1 == argc) throw bad_option(std::string(name) + ": unknown, or its value is missing");
        take_value(name, argv[++i], r);
    }
    if (r.plan.to.empty()) r.plan.to.push_back(load::parse_url("http://127.0.0.1:8080/wechat/main"));
    if (r.plan.talk.says.empty()) r.plan.talk.says = load::small_talk();
    return r;
}

int time_start(const request& r)
{
    const auto o = load::start_and_ask(r.plan, r.start);
    const char* format =
        r.json ? "{\"first_reply_ms\":%.2f,\"cpu_ms\":%.0f,\"rss_mib\":%.1f,\"pss_mib\":%.1f,\"sound\":%d}\n"
               : "first reply after %.2f ms (CPU %.0f ms), idle RSS %.1f MiB, PSS %.1f MiB, sound %d\n";
    std::printf(format, o.first_reply, o.cpu * 1e3, o.idle.resident, o.idle.proportional, o.sound ? 1 : 0);
    if (!o.sound) std::fprintf(stderr, "%s\n", o.example.c_str());
    return o.sound ? 0 : 1;
}

int load_server(const request& r)
{
    load::load_run run(r.plan);
    const auto o = run.run();
    std::puts(r.json ? load::as_json(r.plan, o).c_str() : load::as_text(r.plan, o).c_str());
    return o.wrong() == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv)
try {
    const auto r = parse(argc, argv);
    if (r.help) {
        std::fputs(help, stdout);
        return 0;
    }
    // The default slack of 50 us would blur the arrival times of the open loop.
    prctl(PR_SET_TIMERSLACK, 1UL);
    return r.start.empty() ? load_server(r) : time_start(r);
} catch (const bad_option& e) {
    std::fprintf(stderr, "bench_turns: %s\n%s", e.what(), help);
    return 2;
} catch (const std::invalid_argument& e) {
    std::fprintf(stderr, "bench_turns: %s\n", e.what());
    return 2;
} catch (const std::exception& e) {
    std::fprintf(stderr, "bench_turns: %s\n", e.what());
    return 3;
}
