// The command line of `hejie law` and `hejie import`.

#include "bot/app/law.hpp"
#include "bot/base/clock.hpp"
#include "dialogs/knowledge/law_rows.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <stdexcept>

namespace bot::app {
namespace {

constexpr const char* default_folder = "var/laws";
constexpr const char* folder_help = "folder of the law library, as `hejie import laws --into` wrote it; an encoder.bin or "
                                    "ranking.bin in it is used instead of the built-in one";

struct asked {
    law_options law;
    std::string asof;
};

cases::date day_of(const std::string& text)
{
    if (text.empty())
        return cases::china_date(system_clock().now());
    if (const auto day = dialogs::read_version_date(text))
        return *day;
    throw std::runtime_error("--asof: expected YYYY-MM-DD");
}

std::shared_ptr<asked> add_shared(CLI::App& command)
{
    auto options = std::make_shared<asked>();
    options->law.index = default_folder;
    command.add_option("--index", options->law.index, folder_help)->capture_default_str();
    command.add_option("--asof", options->asof, "the law as it held on this day, YYYY-MM-DD; today without it");
    return options;
}

void add_law(CLI::App& app, int& code)
{
    auto* law = app.add_subcommand("law", "search the imported laws, show an article");
    law->require_subcommand(1);
    auto* search = law->add_subcommand("search", "JSON lines {\"id\",\"query\"} in, the articles that answer out");
    const auto searched = add_shared(*search);
    search->add_option("--top", searched->law.top, "articles a question, at the most")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    search->callback([searched, &code] {
        searched->law.asof = day_of(searched->asof);
        code = law_search(searched->law, std::cin, std::cout);
    });
    auto* show = law->add_subcommand("show", "one article: hejie law show NAME 1079");
    const auto shown = add_shared(*show);
    show->add_option("name", shown->law.name, "the law's short or full name")->required();
    show->add_option("article", shown->law.article, "its number, in Han or Arabic digits")->required();
    show->add_flag("--json", shown->law.json, "one JSON object");
    show->callback([shown, &code] {
        shown->law.asof = day_of(shown->asof);
        code = law_show(shown->law, std::cout);
    });
}

void add_import_laws(CLI::App& import, int& code)
{
    auto* laws = import.add_subcommand(
        "laws",
        "build the law library from JSON lines ({law, full, art, text} and, if known, id, path, date) or Markdown (.md); "
        "both also .gz. Of a law with several dates the newest in force is current; of one date the first file counts. "
        "Replaces what the folder held"
    );
    auto options = std::make_shared<import_options>();
    options->into = default_folder;
    laws->add_option("files", options->files, "files, in the order in which they count")->required();
    laws->add_option("--into", options->into, "folder of the law library")->capture_default_str();
    laws->callback([options, &code] { code = import_laws(*options, std::cout); });
}

void add_import_consultations(CLI::App& import, int& code)
{
    auto* consultations = import.add_subcommand(
        "consultations",
        "build the answered questions of the law library from JSON lines, also .gz: question (or q, text), answer (or a), "
        "and the articles that answer it: gold (ids of imported rows), names or laws (texts that name them), or law and "
        "article. Replaces what the folder held"
    );
    auto options = std::make_shared<import_options>();
    options->into = default_folder;
    consultations->add_option("files", options->files, "files")->required();
    consultations->add_option("--into", options->into, "folder of the law library")->capture_default_str();
    consultations->callback([options, &code] { code = import_consultations(*options, std::cout); });
}

}  // namespace

void add_law_commands(CLI::App& app, int& code)
{
    add_law(app, code);
    auto* import = app.add_subcommand("import", "bring in laws and answered consultations");
    import->require_subcommand(1);
    add_import_laws(*import, code);
    add_import_consultations(*import, code);
}

}  // namespace bot::app
