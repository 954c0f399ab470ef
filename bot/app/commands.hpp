#pragma once
// The commands of the binary, one file each. Each gives the process's exit code and throws configuration_error or
// std::runtime_error for what main() prints in one sentence.

#include "bot/app/configuration.hpp"

#include <iosfwd>
#include <optional>
#include <string>

namespace bot::app {

struct serve_options {
    configuration settings;
    bool demo = false;     // with the platform simulator, its account and page
    bool migrate = false;  // also bring a MySQL schema up to date
};
int serve(serve_options options);

struct chat_options {
    configuration settings;
    std::string citizen = "terminal";
    bool json = false;
    std::optional<instant> at;  // the clock stands here
};
// Reads lines from `in` until its end, writes replies to `out`.
int chat(const chat_options& options, std::istream& in, std::ostream& out);

int migrate(const configuration& settings, std::ostream& out);
int doctor(const configuration& settings, std::ostream& out);

struct queue_options {
    configuration settings;
    std::string action;  // list, show, claim, release
    std::string code;
    std::string unit;
    std::string owner;
    std::int64_t token = 0;
    int limit = 50;
    int lease_minutes = 30;
    bool free_only = false;
    bool json = false;
};
int queue(const queue_options& options, std::ostream& out);

struct draft_options {
    configuration settings;
    std::string index = "var/laws";
};
// Reads {"id","query","names"} lines, writes {"id","draft","cited","needs_human"} or {"id","draft":null,"reason"} lines;
// with the articles in either case. Throws std::runtime_error when drafts are not enabled or there are no laws.
int draft(const draft_options& options, std::istream& in, std::ostream& out);

}  // namespace bot::app
