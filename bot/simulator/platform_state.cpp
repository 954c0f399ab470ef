#include "bot/simulator/platform_state.hpp"

#include "bot/simulator/random_text.hpp"

#include <chrono>

namespace bot::simulator {
namespace {

constexpr std::size_t most_lines = 500;
constexpr std::size_t most_media_bytes = 64 * 1024 * 1024;

const bot::clock& system()
{
    static const bot::system_clock clock;
    return clock;
}

}  // namespace

platform_state::platform_state(platform_options given)
    : options(std::move(given)),
      clock(options.clock ? *options.clock : system()),
      webhook(options.webhook),
      tokens(options.token_life)
{
}

std::uint64_t platform_state::next_message_id()
{
    const auto ms = static_cast<std::uint64_t>(now().time_since_epoch().count());
    return ms * 10'000 + next_number() % 10'000;
}

entry& platform_state::add_line(person_state& of, entry line)
{
    line.seq = ++of.last_seq;
    line.at = now();
    of.lines.push_back(std::move(line));
    if (of.lines.size() > most_lines) of.lines.pop_front();
    return of.lines.back();
}

std::string platform_state::keep_media(simulator::media what)
{
    auto id = random_text(64);
    what.since = now();
    media_bytes += what.bytes.size();
    media_order.push_back(id);
    media.emplace(id, std::move(what));
    while (media_bytes > most_media_bytes && media_order.size() > 1) {
        const auto oldest = media.find(media_order.front());
        media_bytes -= oldest->second.bytes.size();
        media.erase(oldest);
        media_order.pop_front();
    }
    return id;
}

std::string platform_state::ticket_for(std::string scene)
{
    auto ticket = "gQ" + random_text(94);
    tickets.emplace(ticket, std::move(scene));
    return ticket;
}

}  // namespace bot::simulator
