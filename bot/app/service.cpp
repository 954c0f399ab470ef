#include "bot/app/service.hpp"

#include "bot/app/data_files.hpp"
#include "bot/app/models.hpp"
#include "bot/base/log.hpp"
#include "dialogs/knowledge/law_library.hpp"
#include "dialogs/understanding/trained_understanding.hpp"
#include "storage/migrations.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <filesystem>
#include <optional>

namespace bot::app {

std::shared_ptr<const dialogs::understanding> load_models(const std::string& folder)
{
    try {
        return dialogs::load_understanding(folder.empty() ? dialogs::model_files{} : read_model_folder(folder));
    } catch (const std::runtime_error& error) {
        throw configuration_error("models.directory: " + std::string(error.what()));
    }
}

std::unique_ptr<dialogs::engine> load_engine(const std::string& directory, const std::string& laws, const std::string& models)
{
    std::shared_ptr<const dialogs::law_library> library;
    if (!laws.empty()) {
        auto opened = dialogs::law_library::open(laws);
        if (opened.has_value())
            library = std::make_shared<const dialogs::law_library>(std::move(*opened));
        else if (opened.error() != make_error_code(errc::not_found))
            throw configuration_error("laws.directory: the index in " + laws + " is damaged: import the laws again");
    }
    return std::make_unique<dialogs::engine>(read_data_files(directory), std::move(library), load_models(models));
}

std::unique_ptr<storage::sql::database> open_database(const std::string& url)
{
    constexpr std::string_view sqlite = "sqlite:";
    if (url.starts_with(sqlite)) {
        const auto folder = std::filesystem::path(url.substr(sqlite.size())).parent_path();
        std::error_code failed;
        if (!folder.empty())
            std::filesystem::create_directories(folder, failed);
        if (failed)
            throw configuration_error("database.url: the folder " + folder.string() + " cannot be made");
    }
    try {
        return storage::sql::open_database(url);
    } catch (const std::invalid_argument& error) {
        throw configuration_error(std::string("database.url: ") + error.what());
    }
}

void prepare_schema(storage::sql::database& database, bool migrate)
{
    auto db = database.connect();
    if (db.has_error())
        throw std::runtime_error("the database cannot be reached");
    if (migrate || database.engine() == "sqlite") {
        auto applied = storage::migrate(**db);
        if (applied.has_error())
            throw std::runtime_error(
                "the schema could not be brought up to date (" + std::string(error_name(applied.error())) +
                "); `hejie doctor` says more"
            );
        if (!applied->empty())
            log::info("schema.migrated", {{"to", std::int64_t{applied->back()}}});
        return;
    }
    auto status = storage::read_schema_status(**db);
    if (status.has_error() || !status->is_current())
        throw std::runtime_error("the schema is not up to date: run `hejie migrate`, or start with --migrate");
}

turn_service::turn_service(const configuration& settings, bool migrate)
    : keys(load_master_key(settings)), database(open_database(settings.database_url)), engine(load_engine(settings.dialogs_directory, settings.laws_directory, settings.models_directory))
{
    prepare_schema(*database, migrate);
    auto options = settings.pipeline;
    if (database->engine() == "sqlite")
        options.commit.writers = 1;
    turns = std::make_unique<turns::pipeline>(io, *engine, *database, keys, counters, options);
}

bot::result<turns::shared_answer> turn_service::take(turns::delivery message)
{
    std::optional<bot::result<turns::shared_answer>> outcome;
    std::exception_ptr failed;
    const auto done = [&](std::exception_ptr error, bot::result<turns::shared_answer> got) {
        failed = error;
        outcome.emplace(std::move(got));
    };
    // Keeps run_one waiting for storage threads.
    const auto alive = boost::asio::make_work_guard(io);
    boost::asio::co_spawn(io, turns->take(std::move(message)), done);
    io.restart();
    while (!outcome && !failed)
        io.run_one();
    if (failed)
        std::rethrow_exception(failed);
    return std::move(*outcome);
}

}  // namespace bot::app
