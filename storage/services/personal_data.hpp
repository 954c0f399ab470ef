#pragma once
// The rights of a person over what is stored of them: a copy, and erasure. Erasing destroys the person's key, so that
// nothing sealed opens again anywhere, backups included; empties the sealed columns; and leaves the rows as stubs with a
// tombstone. A turn is appended with nothing in it, so that a replica which still has the conversation in memory collides
// with it and finds a stranger. Blocking, one thread at a time.

#include "bot/base/clock.hpp"
#include "bot/base/error.hpp"
#include "bot/base/ids.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

struct data_request_line {
    std::string code;
    std::string kind;   // export, erase, correct
    std::string state;  // open, done, held, refused
    bot::citizen_id citizen;
    bot::instant at;
    std::string decision;
};

class personal_data {
public:
    personal_data(sql::connection& db, const keyring& keys) : db_(db), keys_(keys) {}

    // Errors of all: storage_down, storage_failed.

    // Oldest first; state empty: all.
    bot::result<std::vector<data_request_line>> requests(std::string_view state, int limit);
    bot::result<data_request_line> find(std::string_view code);  // not_found
    bot::result<void> settle(std::string_view code, std::string_view state, std::string_view decision, bot::instant now);

    // Everything that this citizen said, was told and gave, as one JSON object. not_found; bad_key: erased.
    bot::result<std::string> copy_of(bot::citizen_id who);

    // How much is under way: cases, appointments to come, open crisis episodes.
    bot::result<std::int64_t> open_matters(bot::citizen_id who, bot::instant now);
    // Ends what is under way, too. Erasing twice is nothing. request_code: settled with it, when not empty.
    bot::result<void> erase(
        bot::citizen_id who, std::string_view request_code, std::string_view decision, bot::instant now
    );

private:
    sql::connection& db_;
    const keyring& keys_;
};

}  // namespace storage
