// The binary `hejie`: reads the command line and calls one command.

#include "bot/app/commands.hpp"
#include "bot/app/desk.hpp"
#include "bot/app/law.hpp"
#include "bot/app/models.hpp"
#include "bot/app/show_time.hpp"
#include "bot/base/log.hpp"

#include <CLI/CLI.hpp>

#include <sys/prctl.h>
#include <sys/resource.h>

#include <iostream>

namespace {

using namespace bot::app;

// Names and stories are in memory: no core files.
void refuse_core_dumps()
{
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

struct shared_options {
    std::string config;
    std::string database;
    std::string listen;

    configuration load() const
    {
        configuration settings = load_configuration(config, process_environment);
        if (!database.empty())
            settings.database_url = database;
        if (!listen.empty())
            settings.server.listen = listen;
        return settings;
    }
};

void set_log_level(const std::string& name)
{
    using bot::log::level;
    if (name == "debug")
        bot::log::set_level(level::debug);
    else if (name == "warn")
        bot::log::set_level(level::warn);
    else if (name == "error")
        bot::log::set_level(level::error);
    else if (name != "info")
        throw configuration_error("log.level: expected debug, info, warn or error");
}

void add_shared(CLI::App& command, shared_options& shared)
{
    command.add_option("--config", shared.config, "configuration file (TOML); every key is in deploy/hejie.toml")
        ->check(CLI::ExistingFile);
    command.add_option("--database", shared.database, "sqlite:PATH or mysql://user:password@host:port/name");
}

void add_serve(CLI::App& app, shared_options& shared, int& code)
{
    auto* command = app.add_subcommand("serve", "the server");
    add_shared(*command, shared);
    command->add_option("--listen", shared.listen, "HOST:PORT; port 0 takes a free one");
    auto options = std::make_shared<serve_options>();
    command->add_flag("--demo", options->demo, "with the platform simulator at /simulator/, on SQLite");
    command->add_flag("--migrate", options->migrate, "bring a MySQL schema up to date before starting");
    command->callback([&shared, &code, options] {
        options->settings = shared.load();
        const bool chosen = !shared.database.empty() || !shared.config.empty() ||
                            process_environment("HEJIE_DATABASE__URL").has_value();
        if (options->demo && !chosen)
            options->settings.database_url = "sqlite:var/hejie-demo.db";
        set_log_level(options->settings.log_level);
        code = serve(*options);
    });
}

void add_chat(CLI::App& app, shared_options& shared, int& code)
{
    auto* command = app.add_subcommand(
        "chat",
        "talk as a citizen: a line in, the replies out. Also /follow, /picture ID, /location LAT,LON LABEL, "
        "/menu KEY, /tap TARGET"
    );
    add_shared(*command, shared);
    auto options = std::make_shared<chat_options>();
    auto at = std::make_shared<std::string>();
    command->add_option("--citizen", options->citizen, "who talks; the conversation is kept under this name");
    command->add_flag("--json", options->json, "one JSON object a turn");
    command->add_option("--at", *at, "the clock, China time: \"2026-03-05 14:30\"");
    command->callback([&shared, &code, options, at] {
        options->settings = shared.load();
        bot::log::set_level(bot::log::level::error);
        if (!at->empty()) {
            options->at = read_time(*at);
            if (!options->at)
                throw configuration_error("--at: expected \"YYYY-MM-DD HH:MM\"");
        }
        code = chat(*options, std::cin, std::cout);
    });
}

void add_queue_action(
    CLI::App& queue_command, const std::string& name, const std::string& help, shared_options& shared,
    std::shared_ptr<queue_options> options, int& code
)
{
    auto* command = queue_command.add_subcommand(name, help);
    add_shared(*command, shared);
    command->add_flag("--json", options->json, "JSON, one object a line");
    if (name == "list") {
        command->add_option("--unit", options->unit, "code of the street, town or district");
        command->add_option("--limit", options->limit, "rows at the most")->check(CLI::Range(1, 1000));
        command->add_flag("--free", options->free_only, "only cases nobody holds");
    }
    if (name == "show" || name == "release")
        command->add_option("code", options->code, "query code")->required();
    if (name == "claim") {
        command->add_option("code", options->code, "query code; without it the next free case");
        command->add_option("--owner", options->owner, "who claims")->required();
        command->add_option("--minutes", options->lease_minutes, "how long the claim lasts")->check(CLI::Range(1, 1440));
    }
    if (name == "release")
        command->add_option("--token", options->token, "the token the claim gave")->required();
    command->callback([&shared, &code, options, name] {
        options->settings = shared.load();
        options->action = name;
        bot::log::set_level(bot::log::level::warn);
        code = queue(*options, std::cout);
    });
}

void add_queue(CLI::App& app, shared_options& shared, int& code)
{
    auto* command = app.add_subcommand("queue", "the mediator queue");
    command->require_subcommand(1);
    auto options = std::make_shared<queue_options>();
    add_queue_action(*command, "list", "cases by deadline, then age", shared, options, code);
    add_queue_action(*command, "show", "one case, opened", shared, options, code);
    add_queue_action(*command, "claim", "take a case under a lease; prints the fencing token", shared, options, code);
    add_queue_action(*command, "release", "give a case back", shared, options, code);
}

void add_draft(CLI::App& app, shared_options& shared, int& code)
{
    auto* command = app.add_subcommand(
        "draft", "JSON lines {\"id\",\"query\",\"names\":[…]} in; a model's checked draft for the staff, or the reason why there is none"
    );
    add_shared(*command, shared);
    auto options = std::make_shared<draft_options>();
    command->add_option("--index", options->index, "folder of the law library")->capture_default_str();
    command->callback([&shared, &code, options] {
        options->settings = shared.load();
        bot::log::set_level(bot::log::level::warn);
        code = draft(*options, std::cin, std::cout);
    });
}

void add_plain(
    CLI::App& app, const std::string& name, const std::string& help, shared_options& shared, int& code,
    int (*run)(const configuration&, std::ostream&)
)
{
    auto* command = app.add_subcommand(name, help);
    add_shared(*command, shared);
    command->callback([&shared, &code, run] {
        bot::log::set_level(bot::log::level::warn);
        code = run(shared.load(), std::cout);
    });
}

}  // namespace

int main(int argc, char** argv)
{
    refuse_core_dumps();
    CLI::App app{"Hejie: the server behind an online dispute-mediation service", "hejie"};
    app.set_version_flag("--version", HEJIE_VERSION);
    app.require_subcommand(1);
    shared_options shared;
    int code = 0;
    add_serve(app, shared, code);
    add_chat(app, shared, code);
    add_queue(app, shared, code);
    add_law_commands(app, code);
    add_model_commands(app, code);
    add_draft(app, shared, code);
    add_desk_commands(app, code);
    add_plain(app, "migrate", "bring the database schema up to date", shared, code, migrate);
    add_plain(app, "doctor", "check what the server stands on, and say what to mend", shared, code, doctor);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    } catch (const std::exception& error) {
        std::cerr << "hejie: " << error.what() << '\n';
        return 1;
    }
    return code;
}
