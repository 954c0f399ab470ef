// The command line of `hejie understand` and `hejie train`.

#include "bot/app/models.hpp"
#include "bot/app/train_search.hpp"
#include "bot/base/clock.hpp"
#include "dialogs/knowledge/law_rows.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <stdexcept>

namespace bot::app {
namespace {

void add_understand(CLI::App& app, int& code)
{
    auto* command = app.add_subcommand(
        "understand", "JSON lines {\"id\",\"text\"} in; topic, dispute type, intent, danger and case elements out"
    );
    auto options = std::make_shared<understand_options>();
    command->add_option("--models", options->models, "folder of own models; the embedded ones stand in for what it lacks");
    command->add_option("--risk-model", options->risk_model, "a model of `hejie train --task risk` to judge danger by")
        ->check(CLI::ExistingFile);
    command->callback([options, &code] { code = understand(*options, std::cin, std::cout); });
}

search_train_options of_search(const train_options& given, search_train_options search, const std::string& asof)
{
    search.task = given.task;
    search.data = given.data;
    search.out = given.out;
    search.seed = given.seed;
    search.asof = cases::china_date(system_clock().now());
    if (asof.empty())
        return search;
    const auto day = dialogs::read_version_date(asof);
    if (!day)
        throw std::runtime_error("--asof: expected YYYY-MM-DD");
    search.asof = *day;
    return search;
}

void add_train(CLI::App& app, int& code)
{
    auto* command = app.add_subcommand(
        "train",
        "make a model of labelled texts. FILE is JSON lines, also .gz; FILE+TABLE takes the labels from a table of tabs. "
        "Into a folder it goes live only if it loses no more than a point on the frozen sentences"
    );
    auto options = std::make_shared<train_options>();
    auto back = std::make_shared<std::string>();
    auto* undo = command->add_option("--rollback", *back, "folder of models: make the version before current again");
    command->add_option("--task", options->task, "dispute, section, intent, risk, elements, vectors; of the statute search: encoder, ranker, search (both)")->excludes(undo);
    command->add_option("--data", options->data, "FILE or FILE+TABLE …: train on all rows");
    command->add_option("--split", options->split, "FILE or FILE+TABLE …: every fifth row stays out and is measured");
    command->add_option("--calm", options->calm, "FILE …: of risk, texts without labels, none of them high");
    command->add_option("--add", options->add, "FILE …: train the live model on, without the data it was made of");
    command->add_option("--out", options->out, "NAME.bin for one file, or a folder of models");
    command->add_option("--models", options->models, "folder with the models and word vectors to build on");
    command->add_option("--seed", options->seed, "of the word vectors")->capture_default_str();
    auto search = std::make_shared<search_train_options>();
    search->index = "var/laws";
    auto asof = std::make_shared<std::string>();
    command->add_option("--index", search->index, "statute search: folder of the law library")->capture_default_str();
    command->add_option("--asof", *asof, "statute search: learn from the laws that hold on this day, YYYY-MM-DD");
    command->callback([options, search, asof, back, &code] {
        if (back->empty() && is_search_task(options->task)) {
            code = train_search(of_search(*options, *search, *asof), std::cout);
            return;
        }
        code = back->empty() ? train(*options, std::cout) : roll_back_models(*back, std::cout);
    });
}

}  // namespace

void add_model_commands(CLI::App& app, int& code)
{
    add_understand(app, code);
    add_train(app, code);
}

}  // namespace bot::app
