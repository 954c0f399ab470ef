// One push with its retries: sign, encrypt, send, wait, read the answer.

#include "bot/simulator/platform_state.hpp"
#include "bot/simulator/random_text.hpp"
#include "bot/wechat/platform_side.hpp"

#include <httplib.h>

#include <stdexcept>

namespace bot::simulator {
namespace {

using steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t most_exchanges = 2'000;

struct address {
    std::string host;  // with scheme and port
    std::string path;
};

address split(const std::string& url)
{
    const auto scheme = url.find("://");
    const auto host = scheme == std::string::npos ? std::string::npos : scheme + 3;
    if (host == std::string::npos) throw std::invalid_argument("the webhook's address has no scheme: " + url);
    const auto path = url.find('/', host);
    return {url.substr(0, path), path == std::string::npos ? "/" : url.substr(path)};
}

milliseconds since(steady::time_point start)
{
    return std::chrono::duration_cast<milliseconds>(steady::now() - start);
}

// Sends once; fills in status, answer, took, and the outcome when there is no readable answer.
void send(const address& to, milliseconds limit, delivery& one)
{
    httplib::Client client(to.host);
    client.set_keep_alive(false);
    client.set_connection_timeout(limit);
    client.set_read_timeout(limit);
    client.set_write_timeout(limit);
    const auto start = steady::now();
    const auto response = client.Post(to.path + "?" + one.query, one.body, "text/xml");
    one.took = since(start);
    if (!response) {
        one.outcome = one.took >= limit ? "timed_out" : "unreachable";
        return;
    }
    one.status = response->status;
    one.answer = response->body;
    if (one.took > limit)
        one.outcome = "timed_out";  // it came in drops, too late
    else if (one.status != 200)
        one.outcome = "refused";
}

// What the person sees of an answer with status 200.
seen read(
    wechat::platform_side& side,
    const platform_options& options,
    const std::string& open_id,
    bool event,
    delivery& one
)
{
    const auto opened = side.open(one.answer);
    if (!opened) {
        one.outcome = "unreadable";
        return {};
    }
    one.clear_answer = opened->clear;
    if (std::holds_alternative<wechat::no_reply>(opened->reply)) {
        one.outcome = "silent";
        return {};
    }
    auto shown = show(opened->reply, event);
    const bool swapped = opened->to == open_id && opened->from == options.account.original_id;
    const bool empty = shown.kind == "text" && shown.text.empty();
    one.outcome = swapped && !empty ? "answered" : "unreadable";
    return shown;
}

bool settled(const delivery& one)
{
    return one.outcome == "answered" || one.outcome == "silent" || one.outcome == "unreadable";
}

// False when the platform is stopped meanwhile.
bool pause(platform_state& platform, milliseconds time)
{
    std::unique_lock lock(platform.guard);
    return !platform.stop_asked.wait_for(lock, time, [&] { return platform.stopping; });
}

void keep(platform_state& platform, const exchange& done)
{
    const std::lock_guard lock(platform.guard);
    platform.exchanges.push_back(done);
    if (platform.exchanges.size() > most_exchanges) platform.exchanges.pop_front();
}

seen grey_line()
{
    seen shown{.kind = "failure"};
    shown.text = service_failure_text();
    shown.parts = {{.text = shown.text}};
    return shown;
}

}  // namespace

seen push(
    platform_state& platform,
    std::string clear,
    const std::string& open_id,
    std::uint64_t exchange_id,
    bool tell
)
{
    const auto& options = platform.options;
    wechat::platform_side side(options.account);
    std::unique_lock lock(platform.guard);
    const auto to = split(platform.webhook);
    lock.unlock();

    exchange raw{.id = exchange_id, .at = platform.now(), .clear = std::move(clear)};
    const bool event = raw.clear.find("<Event>") != std::string::npos;
    const auto start = steady::now();
    seen shown;
    wechat::push_request request;
    for (int attempt = 1; attempt <= options.deliveries; ++attempt) {
        if (attempt > 1 && !pause(platform, options.retry_pause)) break;
        if (attempt == 1 || options.resign_retries)
            request = side.push(raw.clear, open_id, platform.now(), random_digits(10));
        auto& one = raw.deliveries.emplace_back(delivery{
            .attempt = attempt, .started = since(start), .query = request.query, .body = request.body
        });
        send(to, options.answer_within, one);
        if (one.outcome.empty()) shown = read(side, options, open_id, event, one);
        if (settled(one)) break;
    }
    const auto& last = raw.deliveries.back();
    if (last.outcome != "answered" && last.outcome != "silent") shown = tell ? grey_line() : seen{};
    keep(platform, raw);
    shown.raw = std::move(raw);
    return shown;
}

}  // namespace bot::simulator
