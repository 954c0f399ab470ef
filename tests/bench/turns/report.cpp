#include "tests/bench/turns/report.hpp"

#include <cstdio>
#include <numeric>

namespace load {

namespace {

template <class... Args>
void print(std::string& out, const char* format, Args... args)
{
    char row[512];
    std::snprintf(row, sizeof row, format, args...);
    out += row;
}

double per_second(std::uint64_t count, double seconds)
{
    return seconds > 0 ? static_cast<double>(count) / seconds : 0;
}
double per_reply(double seconds, const outcome& o)
{
    return o.replies > 0 ? seconds * 1e6 / static_cast<double>(o.replies) : 0;
}
double watched_cpu(const outcome& o)
{
    return std::accumulate(o.cpu_watched.begin(), o.cpu_watched.end(), 0.0);
}
double others_cores(const outcome& o)
{
    return o.seconds > 0 ? o.cpu_others / o.seconds : 0;
}
using ull = unsigned long long;

std::string quoted(const std::string& text)
{
    std::string out = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (static_cast<unsigned char>(c) < 0x20)
            print(out, "\\u%04x", c);
        else
            out += c;
    }
    return out + '"';
}

void failures(std::string& out, const outcome& o, const char* format)
{
    const std::pair<const char*, std::uint64_t> rows[] = {
        {"server_errors", o.server_errors},
        {"other_status", o.other_status},
        {"closed", o.closed},
        {"timed_out", o.timed_out},
        {"broken_answers", o.broken},
        {"connect_failed", o.connect_failed},
        {"retried", o.retried},
        {"abandoned", o.abandoned},
        {"unsent", o.unsent},
        {"unanswered", o.unanswered},
    };
    for (auto [name, count] : rows) print(out, format, name, static_cast<ull>(count));
    for (std::size_t v = 1; v < o.verdicts.size(); ++v)
        print(out, format, name_of(static_cast<verdict>(v)), static_cast<ull>(o.verdicts[v]));
}

}  // namespace

std::string as_text(const plan& p, const outcome& o)
{
    std::string out;
    print(
        out,
        "%s, %s, %zu connections, %zu citizens",
        p.talk.as.safe ? "safe mode" : "plain mode",
        p.rate > 0 ? "open loop" : "closed loop",
        o.connections,
        o.citizens
    );
    if (p.copies > 1) print(out, ", %u copies of each message", p.copies);
    print(
        out,
        "\n  %.0f messages/s (%.0f replies/s) over %.2f s, %llu conversations ended\n",
        per_second(o.messages, o.seconds),
        per_second(o.replies, o.seconds),
        o.seconds,
        static_cast<ull>(o.conversations)
    );
    if (p.rate > 0)
        print(
            out,
            "  due %.0f/s, answered within 4.5 s %.0f/s\n",
            per_second(o.due, o.seconds),
            per_second(o.in_time, o.seconds)
        );
    print(
        out,
        "  latency ms%s: p50 %.2f  p90 %.2f  p99 %.2f  p99.9 %.2f  max %.2f\n",
        p.rate > 0 ? " from the intended time" : "",
        o.percentile(50),
        o.percentile(90),
        o.percentile(99),
        o.percentile(99.9),
        o.percentile(100)
    );
    for (std::size_t i = 0; i < o.cpu_watched.size(); ++i)
        print(
            out,
            "  process %d: %.1f us CPU a reply, RSS %.1f MiB\n",
            static_cast<int>(p.watched[i]),
            per_reply(o.cpu_watched[i], o),
            o.memory_watched[i].resident
        );
    print(
        out,
        "  this generator: %.1f us CPU a reply; other processes: %.2f cores\n",
        per_reply(o.cpu_own, o),
        others_cores(o)
    );
    print(out, "  wrong replies: %llu;", static_cast<ull>(o.wrong()));
    failures(out, o, " %s %llu");
    out += '\n';
    if (!o.example.empty()) out += "  an example of a wrong reply: " + o.example + '\n';
    return out;
}

std::string as_json(const plan& p, const outcome& o)
{
    std::string out = "{";
    print(
        out,
        "\"mode\":\"%s\",\"loop\":\"%s\",\"connections\":%zu,\"citizens\":%zu,\"copies\":%u,\"rate\":%.1f,",
        p.talk.as.safe ? "safe" : "plain",
        p.rate > 0 ? "open" : "closed",
        o.connections,
        o.citizens,
        p.copies,
        p.rate
    );
    print(
        out,
        "\"seconds\":%.4f,\"replies\":%llu,\"messages\":%llu,\"due\":%llu,\"in_time\":%llu,\"conversations\":"
        "%llu,",
        o.seconds,
        static_cast<ull>(o.replies),
        static_cast<ull>(o.messages),
        static_cast<ull>(o.due),
        static_cast<ull>(o.in_time),
        static_cast<ull>(o.conversations)
    );
    print(
        out,
        "\"replies_per_s\":%.1f,\"messages_per_s\":%.1f,\"in_time_per_s\":%.1f,",
        per_second(o.replies, o.seconds),
        per_second(o.messages, o.seconds),
        per_second(o.in_time, o.seconds)
    );
    print(
        out,
        "\"p50_ms\":%.3f,\"p90_ms\":%.3f,\"p99_ms\":%.3f,\"p999_ms\":%.3f,\"max_ms\":%.3f,",
        o.percentile(50),
        o.percentile(90),
        o.percentile(99),
        o.percentile(99.9),
        o.percentile(100)
    );
    out += "\"processes\":[";
    for (std::size_t i = 0; i < o.cpu_watched.size(); ++i)
        print(
            out,
            "%s{\"pid\":%d,\"cpu_us\":%.2f,\"rss_mib\":%.1f,\"pss_mib\":%.1f}",
            i ? "," : "",
            static_cast<int>(p.watched[i]),
            per_reply(o.cpu_watched[i], o),
            o.memory_watched[i].resident,
            o.memory_watched[i].proportional
        );
    print(
        out,
        "],\"cpu_us\":%.2f,\"own_cpu_us\":%.2f,\"others_cores\":%.3f,",
        per_reply(watched_cpu(o), o),
        per_reply(o.cpu_own, o),
        others_cores(o)
    );
    failures(out, o, "\"%s\":%llu,");
    print(out, "\"wrong\":%llu,", static_cast<ull>(o.wrong()));
    return out + "\"example\":" + quoted(o.example) + "}";
}

}  // namespace load
