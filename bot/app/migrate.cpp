// `hejie migrate`: brings the schema up to date.

#include "bot/app/commands.hpp"
#include "bot/app/service.hpp"
#include "storage/migrations.hpp"

#include <ostream>

namespace bot::app {

int migrate(const configuration& settings, std::ostream& out)
{
    auto database = open_database(settings.database_url);
    auto db = database->connect();
    if (db.has_error())
        throw std::runtime_error("the database cannot be reached");
    auto applied = storage::migrate(**db);
    if (applied.has_error()) {
        auto status = storage::read_schema_status(**db);
        if (status.has_value())
            for (const auto& fault : status->faults)
                out << fault << '\n';
        throw std::runtime_error("the schema could not be brought up to date");
    }
    for (const int version : *applied)
        out << "applied " << version << '\n';
    if (applied->empty())
        out << "the schema is up to date\n";
    return 0;
}

}  // namespace bot::app
