#include "storage/sql/database_url.hpp"

#include "storage/sql/connection.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace storage::sql {
namespace {

TEST(MysqlUrl, ReadsAllParts)
{
    const auto it = parse_mysql_url("mysql://hejie:geheim@db.example:3307/cases");
    EXPECT_EQ(it.user, "hejie");
    EXPECT_EQ(it.password, "geheim");
    EXPECT_EQ(it.host, "db.example");
    EXPECT_EQ(it.port, 3307);
    EXPECT_EQ(it.schema, "cases");
    EXPECT_EQ(it.socket, "");
}

TEST(MysqlUrl, HasDefaults)
{
    const auto it = parse_mysql_url("mysql://u@localhost/n");
    EXPECT_EQ(it.port, 3306);
    EXPECT_EQ(it.password, "");
}

TEST(MysqlUrl, DecodesPercent)
{
    const auto it =
        parse_mysql_url("mysql://u%40x:p%3A%2F%3F%23%25%E5%92%8C@h/n%5Fm?socket=%2Ftmp%2Fa%20b.sock");
    EXPECT_EQ(it.user, "u@x");
    EXPECT_EQ(it.password, "p:/?#%和");
    EXPECT_EQ(it.schema, "n_m");
    EXPECT_EQ(it.socket, "/tmp/a b.sock");
}

TEST(MysqlUrl, TakesAPlainSocketPathAndNoHost)
{
    const auto it = parse_mysql_url("mysql://u:p@/n?socket=/run/mysqld/mysqld.sock");
    EXPECT_EQ(it.socket, "/run/mysqld/mysqld.sock");
}

TEST(MysqlUrl, TakesAnIpv6Host)
{
    EXPECT_EQ(parse_mysql_url("mysql://u:p@[::1]:3306/n").host, "::1");
}

class RefusedUrl : public testing::TestWithParam<const char*> {};

TEST_P(RefusedUrl, IsRefusedWithoutRepeatingThePassword)
{
    try {
        (void)open_database(GetParam());
        FAIL() << GetParam();
    } catch (const std::invalid_argument& why) {
        EXPECT_EQ(std::string(why.what()).find("geheim"), std::string::npos) << why.what();
        EXPECT_TRUE(std::string(why.what()).starts_with("database URL: ")) << why.what();
    }
}

INSTANTIATE_TEST_SUITE_P(
    Urls,
    RefusedUrl,
    testing::Values(
        "",
        "geheim",
        "postgres://u:geheim@h/n",
        "sqlite:",
        "sqlite::memory:",
        "sqlite:file:x?mode=memory",
        "mysql://u:geheim@h",
        "mysql://u:geheim@h/",
        "mysql://u:geheim@h/a/b",
        "mysql://:geheim@h/n",
        "mysql://u:geheim%zz@h/n",
        "mysql://u:geheim@h:99999/n",
        "mysql://u:geheim@h:0/n",
        "mysql://u:geheim@h/n?x=1",
        "mysql:u:geheim",
        "mysql://u:geh eim@h/n"
    )
);

TEST(SqliteUrl, TakesThePathAsItIs)
{
    EXPECT_EQ(parse_sqlite_url("sqlite:var/hejie.db"), "var/hejie.db");
    EXPECT_EQ(parse_sqlite_url("sqlite:/tmp/和 解%20.db"), "/tmp/和 解%20.db");
}

}  // namespace
}  // namespace storage::sql
