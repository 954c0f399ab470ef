#include "storage/sql/database_url.hpp"

#include <boost/url.hpp>

#include <charconv>
#include <stdexcept>

namespace storage::sql {
namespace {

[[noreturn]] void refuse(const std::string& why)
{
    throw std::invalid_argument("database URL: " + why);
}

void read_authority(const boost::urls::url_view& url, mysql_settings& into)
{
    into.user = url.user();
    into.password = url.password();
    if (into.user.empty()) refuse("mysql needs a user: mysql://user:password@host:port/name");
    if (!url.host_address().empty()) into.host = url.host_address();
    const std::string_view port = url.port();
    if (!port.empty()) {
        const auto read = std::from_chars(port.data(), port.data() + port.size(), into.port);
        if (read.ec != std::errc() || into.port == 0) refuse("the port must be a number from 1 to 65535");
    }
}

}  // namespace

std::string parse_sqlite_url(std::string_view url)
{
    std::string path(url.substr(std::string_view("sqlite:").size()));
    if (path.empty()) refuse("sqlite needs a path: sqlite:var/hejie.db");
    // Every connection of an in-memory database sees a database of its own, so nothing would be shared.
    if (path == ":memory:" || path.starts_with("file:")) refuse("sqlite needs the path of a file");
    return path;
}

mysql_settings parse_mysql_url(std::string_view url)
{
    const auto parsed = boost::urls::parse_uri(url);
    if (!parsed) refuse("it cannot be read; special characters in the password must be percent-encoded");
    mysql_settings out;
    read_authority(*parsed, out);
    const auto segments = parsed->segments();
    if (segments.size() != 1 || segments.front().empty())
        refuse("mysql needs the name of a database: mysql://user:password@host:port/name");
    out.schema = segments.front();
    for (const auto& parameter : parsed->params()) {
        if (parameter.key != "socket") refuse("unknown parameter \"" + std::string(parameter.key) + "\"");
        out.socket = parameter.value;
    }
    return out;
}

}  // namespace storage::sql
