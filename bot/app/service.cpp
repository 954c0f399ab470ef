#include "bot/app/service.hpp"

#include "bot/base/log.hpp"
#include "dialogs/data.hpp"
#include "storage/migrations.hpp"

#include <filesystem>

namespace bot::app {

std::unique_ptr<dialogs::engine> load_engine()
{
    std::vector<dialogs::source_file> files;
    for (const auto& file : dialogs_data())
        files.push_back({std::string(file.path), std::string(file.content)});
    return std::make_unique<dialogs::engine>(files);
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
    : keys(load_master_key(settings)), database(open_database(settings.database_url)), engine(load_engine())
{
    prepare_schema(*database, migrate);
    auto options = settings.pipeline;
    if (database->engine() == "sqlite")
        options.commit.writers = 1;
    turns = std::make_unique<turns::pipeline>(io, *engine, *database, keys, counters, options);
}

}  // namespace bot::app
