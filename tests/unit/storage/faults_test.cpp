#include "storage/sql/engines.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

namespace storage::sql {
namespace {

struct sorted {
    int code;
    fault before;  // at any statement
    fault commit;  // at COMMIT
};

class MysqlFault : public testing::TestWithParam<sorted> {};

TEST_P(MysqlFault, IsSortedByWhatMayBeDone)
{
    EXPECT_EQ(sort_mysql_error(GetParam().code, false), GetParam().before) << GetParam().code;
    EXPECT_EQ(sort_mysql_error(GetParam().code, true), GetParam().commit) << GetParam().code;
}

// The classes of the reliability reference §7.
INSTANTIATE_TEST_SUITE_P(
    Codes,
    MysqlFault,
    testing::Values(
        sorted{1213, fault::again, fault::again},  // deadlock, Galera certification
        sorted{1205, fault::again, fault::again},  // lock wait timeout
        sorted{1020, fault::again, fault::again},  // snapshot isolation
        sorted{3101, fault::again, fault::again},  // group replication
        sorted{9007, fault::again, fault::again},  // TiDB
        sorted{8002, fault::again, fault::again},
        sorted{8005, fault::again, fault::again},
        sorted{8022, fault::again, fault::again},
        sorted{8028, fault::again, fault::again},
        sorted{1047, fault::elsewhere, fault::elsewhere},  // Galera: not primary
        sorted{1290, fault::elsewhere, fault::elsewhere},  // read-only
        sorted{1836, fault::elsewhere, fault::elsewhere},
        sorted{3100, fault::elsewhere, fault::elsewhere},
        sorted{2002, fault::elsewhere, fault::unknown},
        sorted{2003, fault::elsewhere, fault::unknown},
        sorted{2006, fault::elsewhere, fault::unknown},  // gone
        sorted{2013, fault::elsewhere, fault::unknown},  // lost, or the driver's time-out
        sorted{1927, fault::elsewhere, fault::unknown},  // killed
        sorted{1053, fault::elsewhere, fault::unknown},  // shutting down
        sorted{1180, fault::again, fault::unknown},
        sorted{1317, fault::again, fault::unknown},
        sorted{1062, fault::duplicate, fault::duplicate},
        sorted{1064, fault::never, fault::never},  // syntax
        sorted{1146, fault::never, fault::never},  // no such table
        sorted{1406, fault::never, fault::never},  // data too long
        sorted{1114, fault::never, fault::never},  // table full
        sorted{0, fault::never, fault::never}
    )
);

TEST(SqliteFault, IsSortedByWhatMayBeDone)
{
    EXPECT_EQ(sort_sqlite_error(SQLITE_BUSY, false), fault::again);
    EXPECT_EQ(sort_sqlite_error(SQLITE_BUSY_SNAPSHOT, true), fault::again);
    EXPECT_EQ(sort_sqlite_error(SQLITE_CONSTRAINT_UNIQUE, false), fault::duplicate);
    EXPECT_EQ(sort_sqlite_error(SQLITE_CONSTRAINT_PRIMARYKEY, false), fault::duplicate);
    EXPECT_EQ(sort_sqlite_error(SQLITE_CONSTRAINT_NOTNULL, false), fault::never);
    EXPECT_EQ(sort_sqlite_error(SQLITE_FULL, false), fault::never);
    EXPECT_EQ(sort_sqlite_error(SQLITE_FULL, true), fault::never);
    EXPECT_EQ(sort_sqlite_error(SQLITE_READONLY, false), fault::never);
    EXPECT_EQ(sort_sqlite_error(SQLITE_IOERR_WRITE, false), fault::elsewhere);
    EXPECT_EQ(sort_sqlite_error(SQLITE_IOERR_FSYNC, true), fault::unknown);
    EXPECT_EQ(sort_sqlite_error(SQLITE_CANTOPEN, false), fault::elsewhere);
    EXPECT_EQ(sort_sqlite_error(SQLITE_CORRUPT, false), fault::never);
}

TEST(MysqlFault, OnlyLostConnectionsAreDropped)
{
    for (const int code : {2006, 2013, 1927, 1047, 1290}) EXPECT_TRUE(ends_mysql_connection(code)) << code;
    for (const int code : {1213, 1205, 1062, 1064, 1317}) EXPECT_FALSE(ends_mysql_connection(code)) << code;
}

}  // namespace
}  // namespace storage::sql
