#pragma once
// The two engines behind open_database(), and how their errors are sorted.

#include "storage/sql/connection.hpp"
#include "storage/sql/database_url.hpp"

#include <memory>
#include <string>

namespace storage::sql {

std::unique_ptr<database> open_sqlite(std::string path);
// Present only in builds with WITH_MYSQL.
std::unique_ptr<database> open_mysql(mysql_settings settings);

// code: an extended result code of SQLite.
fault sort_sqlite_error(int code, bool at_commit);
// code: an error number of a MySQL-protocol server or of its client library.
fault sort_mysql_error(int code, bool at_commit);
// Whether the connection is of no use after this error.
bool ends_mysql_connection(int code);

}  // namespace storage::sql
