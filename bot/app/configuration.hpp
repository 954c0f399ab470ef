#pragma once
// The configuration: one TOML file, each key overridable by the environment as HEJIE_SECTION__KEY (upper case, '.' as
// "__"), or HEJIE_SECTION__KEY_FILE for a secret that stands in a file. deploy/hejie.toml documents every key.

#include "bot/net/server.hpp"
#include "bot/phrasing/endpoint.hpp"
#include "bot/turns/pipeline.hpp"
#include "bot/wechat/account.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bot::app {

struct configuration {
    net::server_options server;
    std::chrono::milliseconds reply_budget{4'500};  // [server] reply_budget_ms: from a request's first bytes
    std::chrono::seconds drain{20};                 // [server] drain_s: turns under way get this long after SIGTERM
    std::string database_url = "sqlite:var/hejie.db";
    std::string master_key;       // base64 of 32 bytes; empty: see load_master_key
    turns::pipeline::options pipeline;
    std::string models_directory;               // [models] directory: as `hejie train` keeps it; empty: those in the binary
    std::string laws_directory = "var/laws";    // [laws] directory: as `hejie import laws` wrote it; may be missing
    std::string dialogs_directory;              // [dialogs] directory; empty: the embedded flows and lexicons
    bool outbox = true;                         // [outbox] enabled: this process sends
    std::chrono::milliseconds outbox_poll{1'000};  // [outbox] poll_ms
    std::chrono::hours erase_after{72};         // [privacy] erase_after_h
    std::string log_level = "info";
    std::vector<wechat::account> wechat_accounts;
    bool phrasing_enabled = false;  // [phrasing] enabled: drafts by a language model, for the staff
    phrasing::endpoint_settings phrasing;
};

// A setting that cannot be used; what() names the key and says what is expected.
class configuration_error : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

// How the environment is read; std::getenv in the process, a table in tests. nullopt: not set.
using environment = std::function<std::optional<std::string>(const std::string& name)>;

// file: empty for none (defaults and environment only). Throws configuration_error, also for unknown keys.
configuration load_configuration(const std::string& file, const environment& env);

// The process's environment.
std::optional<std::string> process_environment(const std::string& name);

// The 32 bytes of the master key. Configured: decoded. Not configured and SQLite: read from, or made in, a file
// beside the database (mode 0600), and the log says so. Not configured and MySQL: throws configuration_error.
std::array<std::uint8_t, 32> load_master_key(const configuration& settings);

}  // namespace bot::app
