#include "bot/app/configuration.hpp"

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

namespace bot::app {
namespace {

std::string variable_name(std::string_view key)
{
    std::string name = "HEJIE_";
    for (const char c : key) {
        if (c == '.')
            name += "__";
        else
            name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return name;
}

std::string read_secret_file(const std::string& path, std::string_view key)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw configuration_error(std::string(key) + ": the file it names cannot be read");
    std::string text(std::istreambuf_iterator<char>(in), {});
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    return text;
}

// Reads keys by dotted path from the environment first, then from the file; remembers which were asked for, so that
// a misspelt key in the file is reported instead of ignored.
class source {
public:
    source(toml::table file, const environment& env) : file_(std::move(file)), env_(env) {}

    std::optional<std::string> text(const std::string& key)
    {
        known_.insert(key);
        const std::string name = variable_name(key);
        if (auto given = env_(name))
            return given;
        if (auto path = env_(name + "_FILE"))
            return read_secret_file(*path, key);
        const auto node = file_.at_path(key);
        if (!node)
            return std::nullopt;
        if (auto as_text = node.value<std::string>())
            return as_text;
        if (auto number = node.value<std::int64_t>())
            return std::to_string(*number);
        if (auto flag = node.value<bool>())
            return *flag ? "true" : "false";
        throw configuration_error(key + ": expected a text, a number or true/false");
    }

    void text(const std::string& key, std::string& into)
    {
        if (auto given = text(key))
            into = std::move(*given);
    }

    template <class Number>
    void number(const std::string& key, Number& into, std::int64_t least, std::int64_t most)
    {
        const auto given = text(key);
        if (!given)
            return;
        char* end = nullptr;
        const long long value = std::strtoll(given->c_str(), &end, 10);
        if (given->empty() || *end != '\0' || value < least || value > most)
            throw configuration_error(
                key + ": expected a whole number from " + std::to_string(least) + " to " + std::to_string(most)
            );
        into = static_cast<Number>(value);
    }

    // The key's number is in Units; what it is stored in may be finer.
    template <class Units, class Duration>
    void duration(const std::string& key, Duration& into, std::int64_t least, std::int64_t most)
    {
        std::int64_t count = std::chrono::duration_cast<Units>(into).count();
        number(key, count, least, most);
        into = Units(count);
    }

    void flag(const std::string& key, bool& into)
    {
        const auto given = text(key);
        if (!given)
            return;
        if (*given != "true" && *given != "false")
            throw configuration_error(key + ": expected true or false");
        into = *given == "true";
    }

    // The names of the tables below this one, from the file and from HEJIE_… is not possible: accounts need the file.
    std::vector<std::string> tables(const std::string& key)
    {
        std::vector<std::string> names;
        if (const auto* found = file_.at_path(key).as_table())
            for (const auto& [name, node] : *found)
                if (node.is_table())
                    names.emplace_back(name.str());
        return names;
    }

    void refuse_unknown() const { refuse_unknown(file_, ""); }

private:
    void refuse_unknown(const toml::table& table, const std::string& prefix) const
    {
        for (const auto& [name, node] : table) {
            const std::string key = prefix + std::string(name.str());
            if (const auto* deeper = node.as_table())
                refuse_unknown(*deeper, key + ".");
            else if (!known_.contains(key))
                throw configuration_error(
                    key + ": unknown setting (line " + std::to_string(node.source().begin.line) + ")"
                );
        }
    }

    toml::table file_;
    const environment& env_;
    std::set<std::string> known_;
};

wechat::mode parse_mode(const std::string& key, const std::string& text)
{
    if (text == "plain")
        return wechat::mode::plain;
    if (text == "compatible")
        return wechat::mode::compatible;
    if (text == "safe")
        return wechat::mode::safe;
    throw configuration_error(key + ": expected \"plain\", \"compatible\" or \"safe\"");
}

wechat::account read_account(source& from, const std::string& name)
{
    const std::string at = "wechat.accounts." + name + ".";
    wechat::account account;
    account.name = name;
    from.text(at + "original_id", account.original_id);
    from.text(at + "app_id", account.app_id);
    from.text(at + "app_secret", account.app_secret);
    from.text(at + "token", account.token);
    from.text(at + "previous_token", account.previous_token);
    from.text(at + "aes_key", account.aes_key);
    from.text(at + "previous_aes_key", account.previous_aes_key);
    if (const auto mode = from.text(at + "mode"))
        account.configured_mode = parse_mode(at + "mode", *mode);
    from.flag(at + "allow_plain", account.allow_plain);
    from.duration<std::chrono::seconds>(at + "replay_window_s", account.replay_window, 0, 86'400);
    from.text(at + "api_base", account.api_base);
    if (account.original_id.empty() || account.app_id.empty() || account.token.empty())
        throw configuration_error(at + "*: original_id, app_id and token are needed");
    return account;
}

void read_server(source& from, configuration& into)
{
    auto& server = into.server;
    from.text("server.listen", server.listen);
    from.number("server.max_header_bytes", server.max_header, 1'024, 1 << 20);
    from.number("server.max_body_bytes", server.max_body, 1'024, 64 << 20);
    from.duration<std::chrono::seconds>("server.header_time_s", server.header_time, 1, 3'600);
    from.duration<std::chrono::seconds>("server.body_time_s", server.body_time, 1, 3'600);
    from.duration<std::chrono::seconds>("server.idle_time_s", server.idle_time, 1, 3'600);
    from.duration<std::chrono::seconds>("server.write_time_s", server.write_time, 1, 3'600);
    from.number("server.max_connections", server.max_connections, 1, 1'000'000);
    from.number("server.max_connections_per_address", server.max_connections_per_address, 1, 1'000'000);
    from.text("server.tls_certificate", server.tls_certificate);
    from.text("server.tls_key", server.tls_key);
    from.flag("server.access_log", server.access_log);
    from.duration<std::chrono::milliseconds>("server.reply_budget_ms", into.reply_budget, 100, 4'900);
    from.duration<std::chrono::seconds>("server.drain_s", into.drain, 0, 600);
}

void read_phrasing(source& from, configuration& into)
{
    auto& model = into.phrasing;
    from.flag("phrasing.enabled", into.phrasing_enabled);
    from.text("phrasing.base_url", model.base_url);
    from.text("phrasing.model", model.model);
    from.text("phrasing.key", model.key);
    from.duration<std::chrono::milliseconds>("phrasing.deadline_ms", model.deadline, 100, 120'000);
    from.number("phrasing.tokens_a_day", model.tokens_a_day, 0, 1'000'000'000);
    if (into.phrasing_enabled && (model.base_url.empty() || model.model.empty()))
        throw configuration_error("phrasing.*: base_url and model are needed when it is enabled");
}

toml::table parse_file(const std::string& path)
{
    if (path.empty())
        return {};
    try {
        return toml::parse_file(path);
    } catch (const toml::parse_error& error) {
        std::ostringstream text;
        text << path << ":" << error.source().begin.line << ": " << error.description();
        throw configuration_error(text.str());
    }
}

}  // namespace

configuration load_configuration(const std::string& file, const environment& env)
{
    source from(parse_file(file), env);
    configuration settings;
    read_server(from, settings);
    from.text("database.url", settings.database_url);
    from.number("database.readers", settings.pipeline.readers, 1, 64);
    from.number("database.writers", settings.pipeline.commit.writers, 1, 16);
    from.number("database.max_batch", settings.pipeline.commit.max_batch, 1, 4'096);
    from.number("sessions.in_memory", settings.pipeline.max_lanes, 1'000, 100'000'000);
    from.text("dialogs.directory", settings.dialogs_directory);
    from.text("laws.directory", settings.laws_directory);
    from.text("models.directory", settings.models_directory);
    from.flag("outbox.enabled", settings.outbox);
    from.duration<std::chrono::milliseconds>("outbox.poll_ms", settings.outbox_poll, 50, 3'600'000);
    from.duration<std::chrono::hours>("privacy.erase_after_h", settings.erase_after, 0, 24 * 365);
    from.text("log.level", settings.log_level);
    from.text("keys.master", settings.master_key);
    if (const auto path = from.text("keys.master_file"); path && settings.master_key.empty())
        settings.master_key = read_secret_file(*path, "keys.master_file");
    for (const auto& name : from.tables("wechat.accounts"))
        settings.wechat_accounts.push_back(read_account(from, name));
    read_phrasing(from, settings);
    from.refuse_unknown();
    return settings;
}

std::optional<std::string> process_environment(const std::string& name)
{
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace bot::app
