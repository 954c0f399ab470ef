#include "bot/turns/storage_session.hpp"

namespace bot::turns {

bot::result<std::unique_ptr<storage_session>> open_session(
    storage::sql::database& from, const storage::keyring& keys
)
{
    auto db = from.connect();
    if (db.has_error())
        return db.error();
    return std::make_unique<storage_session>(std::move(*db), keys);
}

}  // namespace bot::turns
