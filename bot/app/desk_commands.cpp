// The command line of `hejie slots`, `invite`, `owner`, `data`, `export` and `replay`.

#include "bot/app/desk.hpp"
#include "bot/base/log.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace bot::app {
namespace {

// Where the configuration is; shared by the sub-commands of one command.
struct place_options {
    std::string config, database;

    configuration load() const
    {
        log::set_level(log::level::warn);
        auto settings = load_configuration(config, process_environment);
        if (!database.empty())
            settings.database_url = database;
        return settings;
    }
};

void add_place(CLI::App& command, place_options& where)
{
    command.add_option("--config", where.config, "configuration file (TOML)")->check(CLI::ExistingFile);
    command.add_option("--database", where.database, "sqlite:PATH or mysql://user:password@host:port/name");
}

// A sub-command with options of its own, which reads the configuration before it runs.
template <class Options>
struct wired {
    CLI::App* command;
    std::shared_ptr<Options> options;
};

template <class Options>
wired<Options> add(
    CLI::App& to, const std::string& name, const std::string& help, int& code,
    int (*run)(const Options&, std::ostream&)
)
{
    auto* command = to.add_subcommand(name, help);
    auto options = std::make_shared<Options>();
    auto where = std::make_shared<place_options>();
    add_place(*command, *where);
    command->callback([options, where, &code, run] {
        options->settings = where->load();
        code = run(*options, std::cout);
    });
    return {command, options};
}

CLI::App& group(CLI::App& app, const std::string& name, const std::string& help)
{
    auto* command = app.add_subcommand(name, help);
    command->require_subcommand(1);
    return *command;
}

void add_slots(CLI::App& app, int& code)
{
    auto& slots = group(app, "slots", "free times for mediation and counselling");
    auto [adding, to_add] = add<slots_options>(slots, "add", "put up free times on working days", code, slots_add);
    adding->add_option("--kind", to_add->kind, "mediation or counselling")
        ->required()
        ->check(CLI::IsMember({"mediation", "counselling"}));
    adding->add_option("--place", to_add->place, "the room, as citizens are shown it")->required();
    adding->add_option("--with", to_add->with, "the mediator or counsellor, as citizens are shown them");
    adding->add_option("--from", to_add->from, "first day, YYYY-MM-DD; tomorrow without it");
    adding->add_option("--days", to_add->days, "working days")->check(CLI::Range(1, 250))->capture_default_str();
    adding->add_option("--times", to_add->times, "HH:MM,HH:MM …, China time")->required()->delimiter(',');
    adding->add_option("--capacity", to_add->capacity, "appointments at one time")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    auto [listing, to_list] = add<slots_options>(slots, "list", "times to come, with how many are taken", code, slots_list);
    listing->add_option("--kind", to_list->kind, "only of this kind");
    listing->add_option("--limit", to_list->limit, "rows at the most")->check(CLI::Range(1, 10'000));
    listing->add_flag("--json", to_list->json, "one JSON object a line");
}

void add_invite(CLI::App& app, int& code)
{
    auto [command, options] = add<invite_options>(
        app, "invite", "invite the other side of a case; prints the code and the scene of its QR code", code, invite
    );
    command->add_option("case", options->case_code, "query code of the case")->required();
    command->add_option("--by", options->by, "who invites")->capture_default_str();
    command->add_option("--days", options->days, "how long the invitation stands")->check(CLI::Range(1, 90));
    command->add_flag(
        "--clear", options->clear, "a person has looked and it is safe: lift the block of a case with signs of violence"
    );
    command->add_flag("--json", options->json, "one JSON object");
}

void add_owner(CLI::App& app, int& code)
{
    auto& owner = group(app, "owner", "who answers a citizen: the bot or a person");
    auto [listing, to_list] = add<owner_options>(owner, "list", "who waits for a person, and who is held by whom", code, owner_list);
    listing->add_flag("--all", to_list->all, "also those who are done");
    listing->add_option("--limit", to_list->limit, "rows at the most")->check(CLI::Range(1, 10'000));
    listing->add_flag("--json", to_list->json, "one JSON object a line");
    auto [taking, to_take] =
        add<owner_options>(owner, "take", "hold a conversation; the bot is silent from then on", code, owner_take);
    taking->add_option("citizen", to_take->citizen, "number, as `owner list` shows it")->required();
    taking->add_option("--who", to_take->who, "staff account")->required();
    auto [releasing, to_release] = add<owner_options>(owner, "release", "give it back to the bot", code, owner_release);
    releasing->add_option("citizen", to_release->citizen, "number")->required();
    releasing->add_option("--reason", to_release->reason, "released or no_answer")
        ->check(CLI::IsMember({"released", "no_answer"}));
    auto [saying, to_say] = add<owner_options>(owner, "say", "write to the citizen; the outbox sends it", code, owner_say);
    saying->add_option("citizen", to_say->citizen, "number")->required();
    saying->add_option("text", to_say->text, "what to say")->required();
    saying->add_option("--who", to_say->who, "staff account; must hold the conversation")->required();
}

void add_data(CLI::App& app, int& code)
{
    auto& data = group(app, "data", "requests of citizens about what is stored of them");
    auto [listing, to_list] = add<data_options>(data, "list", "requests, oldest first", code, data_list);
    listing->add_option("--state", to_list->state, "open, done, held or refused");
    listing->add_flag("--json", to_list->json, "one JSON object a line");
    auto [erasing, to_erase] =
        add<data_options>(data, "erase", "destroy the person's key and empty what is stored; cannot be undone", code, data_erase);
    erasing->add_option("code", to_erase->code, "of the request")->required();
    erasing->add_option("--decision", to_erase->decision, "who decided, and why, where something is under way");
    auto [settling, to_settle] = add<data_options>(data, "settle", "say how a request ended", code, data_settle);
    settling->add_option("code", to_settle->code, "of the request")->required();
    settling->add_option("--state", to_settle->state, "done, held or refused")
        ->required()
        ->check(CLI::IsMember({"done", "held", "refused", "open"}));
    settling->add_option("--decision", to_settle->decision, "who decided, and why; nothing personal")->required();
}

void add_export(CLI::App& app, int& code)
{
    auto& exports = group(app, "export", "write out texts or data");
    auto* texts = exports.add_subcommand("texts", "a table of every text that citizens may read: file, id, kind, text");
    auto options = std::make_shared<texts_options>();
    texts->add_option("--directory", options->directory, "folder of the data files; the built-in ones without it")
        ->check(CLI::ExistingDirectory);
    texts->add_flag("--csv", options->csv, "commas and quotes instead of tabs");
    texts->callback([options, &code] { code = export_texts(*options, std::cout); });
    auto [citizen, to_export] =
        add<data_options>(exports, "citizen", "all that is stored of a person, as JSON, by the code of a request", code, export_citizen);
    citizen->add_option("code", to_export->code, "of the request")->required();
}

void add_replay(CLI::App& app, int& code)
{
    auto [command, options] = add<replay_options>(
        app, "replay", "step stored conversations with today's flows and show what differs; 1 when something does", code,
        replay
    );
    auto* who = command->add_option_group("whose");
    who->add_option("--citizen", options->citizen, "number of one citizen")->check(CLI::PositiveNumber);
    who->add_flag("--all", options->all, "everybody");
    who->require_option(1);
    command->add_option("--show", options->show, "differences to write out")->check(CLI::Range(0, 100'000));
}

}  // namespace

void add_desk_commands(CLI::App& app, int& code)
{
    add_slots(app, code);
    add_invite(app, code);
    add_owner(app, code);
    add_data(app, code);
    add_export(app, code);
    add_replay(app, code);
}

}  // namespace bot::app
