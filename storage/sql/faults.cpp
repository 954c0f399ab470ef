#include "storage/sql/engines.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>

namespace storage::sql {
namespace {

// Reliability reference §7. Numbers, because the family (MariaDB, MySQL, TiDB) has no header in common.
constexpr std::array conflicts{
    1213,  // deadlock; certification failure on Galera
    1205,  // lock wait timeout
    1020,  // record changed since last read (snapshot isolation)
    3101,  // group replication rolled back
    9007,
    8002,
    8005,
    8022,
    8028,  // TiDB: write conflict, forced retry, schema changed
    1317,  // query interrupted
    1180,  // error during COMMIT, when it is not COMMIT that we sent
};
constexpr std::array wrong_node{
    1047,  // Galera: node not ready
    1290,
    1836,  // read-only server
    3100,  // group replication: not a member that writes
};
constexpr std::array lost{
    2002, 2003, 2005,  // cannot connect
    2006, 2013, 2055,  // gone, lost during the query (also the driver's time-out), lost in the handshake
    1927, 1053, 1077, 1079,        // killed, shutting down
    1158, 1159, 1160, 1161, 1184,  // network errors as the server tells them
    1040, 1203,                    // too many connections
    4031,                          // closed by the server for inactivity
    2014, 2027, 2000,              // out of step with the server
};
constexpr std::array unknown_at_commit{1180, 1317};
constexpr std::array duplicates{1062, 1586, 1022, 1859};

template <std::size_t N>
bool any(const std::array<int, N>& codes, int code)
{
    return std::ranges::find(codes, code) != codes.end();
}

}  // namespace

bool ends_mysql_connection(int code)
{
    return any(lost, code) || any(wrong_node, code);
}

fault sort_mysql_error(int code, bool at_commit)
{
    if (at_commit && (any(unknown_at_commit, code) || any(lost, code))) return fault::unknown;
    if (any(duplicates, code)) return fault::duplicate;
    if (any(conflicts, code)) return fault::again;
    if (ends_mysql_connection(code)) return fault::elsewhere;
    return fault::never;
}

fault sort_sqlite_error(int code, bool at_commit)
{
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return fault::duplicate;
        default:
            break;
    }
    switch (code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_INTERRUPT:
            return fault::again;
        // The commit frame may have reached the log although its flush failed: only a look tells.
        case SQLITE_IOERR:
            return at_commit ? fault::unknown : fault::elsewhere;
        case SQLITE_CANTOPEN:
            return fault::elsewhere;
        default:
            return fault::never;
    }
}

}  // namespace storage::sql
