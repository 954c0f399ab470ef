#pragma once
// Database URLs taken apart. Messages about a faulty URL never repeat it: it may hold a password.

#include <cstdint>
#include <string>
#include <string_view>

namespace storage::sql {

struct mysql_settings {
    std::string user;
    std::string password;
    std::string host = "127.0.0.1";
    std::uint16_t port = 3306;
    std::string socket;  // path of a unix socket; when set, host and port are not used
    std::string schema;  // the database's name
};

// "sqlite:PATH": gives PATH as it is written. Throws std::invalid_argument.
std::string parse_sqlite_url(std::string_view url);

// "mysql://user:password@host:port/name[?socket=PATH]", percent-encoded. Throws std::invalid_argument.
mysql_settings parse_mysql_url(std::string_view url);

}  // namespace storage::sql
