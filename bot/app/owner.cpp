// `hejie owner`: who answers a citizen. Taking, giving back and writing are turns of the conversation, made by the same
// pipeline as the citizen's own, so that every replica agrees on them.

#include "bot/app/desk.hpp"
#include "bot/app/opened.hpp"
#include "bot/app/service.hpp"
#include "bot/app/show_time.hpp"
#include "storage/services/desk.hpp"

#include <boost/json.hpp>
#include <openssl/rand.h>

#include <ostream>

namespace bot::app {
namespace {

namespace json = boost::json;

constexpr const char* not_stored = "the turn could not be stored";

std::string random_key()
{
    std::string bytes(16, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("the system's random source failed");
    return bytes;
}

// Appends the turn to the citizen's conversation.
bot::result<void> append(const owner_options& options, dialogs::said what)
{
    turn_service service(options.settings, false);
    auto db = expect(service.database->connect(), "the database cannot be reached");
    storage::desk desk(*db, service.keys);
    turns::delivery message;
    message.from =
        expect(desk.address_of(bot::citizen_id{options.citizen}), "citizen " + std::to_string(options.citizen));
    message.what = std::move(what);
    message.key = service.keys.hash("delivery", random_key());
    message.received = system_clock().now();
    message.arrived = std::chrono::steady_clock::now();
    message.reply_by = message.arrived + options.settings.reply_budget;
    const auto stored = service.take(std::move(message));
    return stored.has_error() ? bot::result<void>(stored.error()) : bot::result<void>();
}

std::optional<storage::waiting_line> line_of(const owner_options& options)
{
    opened site(options.settings);
    storage::desk desk(*site.db, site.keys);
    for (const auto& line : expect(desk.waiting(false, 100'000), "owner"))
        if (line.citizen.value == options.citizen)
            return line;
    return std::nullopt;
}

void expect_nobody_else(const owner_options& options)
{
    const auto line = line_of(options);
    if (line && line->state == "held" && line->holder != options.who)
        throw std::runtime_error("the conversation is held by " + line->holder);
}

}  // namespace

int owner_list(const owner_options& options, std::ostream& out)
{
    opened site(options.settings);
    storage::desk desk(*site.db, site.keys);
    for (const auto& line : expect(desk.waiting(options.all, options.limit), "owner list")) {
        if (options.json)
            out << json::serialize(json::object{
                       {"citizen", line.citizen.value},
                       {"state", line.state},
                       {"reason", line.reason},
                       {"urgency", line.urgency},
                       {"since", show_time(line.since)},
                       {"holder", line.holder}})
                << '\n';
        else
            out << line.citizen.value << '\t' << line.state << '\t' << line.reason << '\t' << line.urgency << '\t'
                << show_time(line.since) << '\t' << (line.holder.empty() ? "-" : line.holder) << '\n';
    }
    return 0;
}

int owner_take(const owner_options& options, std::ostream& out)
{
    expect_nobody_else(options);
    const auto stored = append(options, dialogs::owner_changed{dialogs::owner::person, options.who, "taken"});
    expect_nobody_else(options);  // of two at the same instant the row names one, and the other's turn is refused
    expect(stored, not_stored);
    out << "held by " << options.who << '\n';
    return 0;
}

int owner_release(const owner_options& options, std::ostream& out)
{
    const auto reason = options.reason.empty() ? "released" : options.reason;
    expect(append(options, dialogs::owner_changed{dialogs::owner::bot, "", reason}), not_stored);
    out << "given back to the bot\n";
    return 0;
}

int owner_say(const owner_options& options, std::ostream& out)
{
    const auto line = line_of(options);
    if (!line || line->state != "held" || line->holder != options.who)
        throw std::runtime_error(options.who + " does not hold the conversation: take it first");
    expect(append(options, dialogs::staff_said{options.who, options.text}), not_stored);
    out << "queued\n";
    return 0;
}

}  // namespace bot::app
