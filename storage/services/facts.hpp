#pragma once
// What a turn may have to know of the world (dialogs/facts.hpp), read from the rows.
// Blocking, one thread at a time, like the journal.

#include "bot/base/clock.hpp"
#include "bot/base/error.hpp"
#include "bot/base/ids.hpp"
#include "dialogs/facts.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace storage {

class fact_reader {
public:
    fact_reader(sql::connection& db, const keyring& keys) : db_(db), keys_(keys) {}

    // All that is wanted, and nothing else, beside what is known so far. Errors: storage_down, storage_failed, bad_key.
    bot::result<dialogs::known> read(
        bot::citizen_id who, const dialogs::wants& wanted, bot::instant now, dialogs::known so_far = {}
    );

private:
    sql::connection& db_;
    const keyring& keys_;
};

// Newest first. Throws sql::failure.
std::vector<dialogs::case_view> read_cases_of(sql::connection& db, bot::citizen_id who, bot::instant now);

// The name as the other side may see it: the family name and a star for each further character; an organisation's name
// in full.
std::string shown_name(std::string_view name);

}  // namespace storage
