#pragma once
// What a command that looks at stored rows stands on: the keys and one connection with a schema that is up to date.

#include "bot/app/configuration.hpp"
#include "bot/base/error.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"

#include <memory>
#include <stdexcept>
#include <string>

namespace bot::app {

struct opened {
    // Throws configuration_error, std::runtime_error.
    explicit opened(const configuration& settings);

    storage::keyring keys;
    std::unique_ptr<storage::sql::database> database;
    std::unique_ptr<storage::sql::connection> db;
};

// The value, or std::runtime_error "what: error".
template <class T>
T expect(bot::result<T> outcome, const std::string& what)
{
    if (outcome.has_error())
        throw std::runtime_error(what + ": " + std::string(error_name(outcome.error())));
    return std::move(*outcome);
}
inline void expect(const bot::result<void>& outcome, const std::string& what)
{
    if (outcome.has_error())
        throw std::runtime_error(what + ": " + std::string(error_name(outcome.error())));
}

}  // namespace bot::app
