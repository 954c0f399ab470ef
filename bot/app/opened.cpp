#include "bot/app/opened.hpp"

#include "bot/app/service.hpp"

namespace bot::app {

opened::opened(const configuration& settings)
    : keys(load_master_key(settings)), database(open_database(settings.database_url))
{
    prepare_schema(*database, false);
    auto connected = database->connect();
    if (connected.has_error())
        throw std::runtime_error("the database cannot be reached");
    db = std::move(*connected);
}

}  // namespace bot::app
