#pragma once
// The composition: what every command that talks or stores is made of. Built from the configuration, in this order,
// destroyed in reverse.

#include "bot/app/configuration.hpp"
#include "bot/base/clock.hpp"
#include "bot/base/metrics.hpp"
#include "bot/turns/pipeline.hpp"
#include "dialogs/engine/engine.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>

namespace bot::app {

// The engine with the flows and lexicons of the folder, or with those that the build embedded when it is empty.
// Throws dialogs::flow_error, configuration_error.
// laws: the folder of the imported laws; empty, or nothing there: answers quote no article's text.
// models: a folder of models that `hejie train` keeps; empty: those in the binary.
std::unique_ptr<dialogs::engine> load_engine(
    const std::string& directory = "", const std::string& laws = "", const std::string& models = ""
);

// What stands in the folder takes the place of what is in the binary. Throws configuration_error when the folder or a model
// in it is missing or damaged: without them the safety screen would be half of what it says.
std::shared_ptr<const dialogs::understanding> load_models(const std::string& folder);

// Opens the database of the URL (creating the folder of an SQLite file). Throws configuration_error.
std::unique_ptr<storage::sql::database> open_database(const std::string& url);

// Brings the schema up to date where that is asked for or usual (SQLite), else checks that it is.
// Throws std::runtime_error with a sentence that says what to do.
void prepare_schema(storage::sql::database& database, bool migrate);

// What one process needs to make turns.
class turn_service {
public:
    // Prepares the schema. Throws configuration_error, std::runtime_error.
    turn_service(const configuration& settings, bool migrate);

    // One delivery, run to its end on the caller's thread; for commands, not for the server.
    bot::result<turns::shared_answer> take(turns::delivery message);

    boost::asio::io_context io{1};
    metrics counters;
    storage::keyring keys;
    std::unique_ptr<storage::sql::database> database;
    std::unique_ptr<dialogs::engine> engine;
    std::unique_ptr<turns::pipeline> turns;
};

}  // namespace bot::app
