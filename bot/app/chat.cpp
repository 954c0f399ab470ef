// `hejie chat`: talk as a citizen from the terminal or a pipe, through the same pipeline and journal as WeChat.

#include "bot/app/commands.hpp"
#include "bot/app/service.hpp"

#include <boost/json.hpp>
#include <openssl/rand.h>

#include <istream>
#include <ostream>

namespace bot::app {
namespace {

constexpr std::string_view terminal_account = "terminal";

// A line of the terminal: plain text, or "/picture ID", "/location LAT,LON LABEL", "/follow", "/tap TARGET", "/menu KEY".
dialogs::said read_line(const std::string& line)
{
    const auto rest = [&line](std::string_view command) -> std::optional<std::string> {
        if (!line.starts_with(command))
            return std::nullopt;
        if (line.size() == command.size())
            return std::string();
        return line[command.size()] == ' ' ? std::optional(line.substr(command.size() + 1)) : std::nullopt;
    };
    if (rest("/follow"))
        return dialogs::followed{};
    if (auto id = rest("/picture"))
        return dialogs::sent_picture{*id, ""};
    if (auto key = rest("/menu"))
        return dialogs::tapped_menu{*key};
    if (auto target = rest("/tap"))
        return dialogs::said_text{"", *target};
    if (auto place = rest("/location")) {
        dialogs::sent_location at;
        char label[256] = {};
        const int fields = std::sscanf(place->c_str(), "%lf,%lf %255[^\n]", &at.latitude, &at.longitude, label);
        at.label = label;
        if (fields >= 2)
            return at;
    }
    return dialogs::said_text{line, ""};
}

std::string random_key()
{
    unsigned char bytes[16];
    if (RAND_bytes(bytes, sizeof bytes) != 1)
        throw std::runtime_error("the system's random source failed");
    return std::string(reinterpret_cast<const char*>(bytes), sizeof bytes);
}

void print_text(std::ostream& out, const turns::answer& turn)
{
    for (const auto& reply : turn.replies) {
        out << reply.text << '\n';
        for (const auto& choice : reply.choices)
            out << "  · " << choice.label << '\n';
    }
    out << std::endl;
}

void print_json(std::ostream& out, const std::string& line, const turns::answer& turn)
{
    boost::json::array replies;
    for (const auto& reply : turn.replies) {
        boost::json::array choices;
        for (const auto& choice : reply.choices)
            choices.push_back({{"label", choice.label}, {"target", choice.target}});
        replies.push_back({{"text", reply.text}, {"choices", std::move(choices)}});
    }
    boost::json::object object{{"said", line}, {"at_ms", turn.at.time_since_epoch().count()}};
    object["replies"] = std::move(replies);
    out << boost::json::serialize(object) << std::endl;
}

}  // namespace

int chat(const chat_options& options, std::istream& in, std::ostream& out)
{
    turn_service service(options.settings, false);
    const system_clock wall;
    std::string line;
    while (std::getline(in, line)) {
        if (line.empty())
            continue;
        turns::delivery message;
        message.from = {std::string(terminal_account), options.citizen};
        message.what = read_line(line);
        message.key = service.keys.hash("delivery", random_key());
        message.received = options.at.value_or(wall.now());
        message.arrived = std::chrono::steady_clock::now();
        message.reply_by = message.arrived + options.settings.reply_budget;
        const auto turn = service.take(std::move(message));
        if (turn.has_error())
            throw std::runtime_error("no answer: " + std::string(error_name(turn.error())));
        if (options.json)
            print_json(out, line, **turn);
        else
            print_text(out, **turn);
    }
    return 0;
}

}  // namespace bot::app
