#include "storage/sql/engines.hpp"

#include <stdexcept>

namespace storage::sql {

std::unique_ptr<database> open_database(std::string_view url)
{
    if (url.starts_with("sqlite:")) return open_sqlite(parse_sqlite_url(url));
    if (url.starts_with("mysql:")) {
#ifdef HEJIE_WITH_MYSQL
        return open_mysql(parse_mysql_url(url));
#else
        throw std::invalid_argument(
            "database URL: this build has no MySQL engine; build it with -DWITH_MYSQL=ON"
        );
#endif
    }
    throw std::invalid_argument("database URL: it must begin with sqlite: or mysql:");
}

}  // namespace storage::sql
