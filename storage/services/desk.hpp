#pragma once
// What staff put up and look at beside the case queue: free times, invitations of the other side, the citizens who wait
// for a person. Blocking, one thread at a time.

#include "bot/base/clock.hpp"
#include "bot/base/error.hpp"
#include "bot/base/ids.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"
#include "storage/turn_journal.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

struct free_time {
    std::int64_t id = 0;  // chosen by whoever adds it
    std::string kind;     // mediation, counselling
    bot::instant starts_at;
    std::string place;  // as a citizen is shown it
    std::string with;
    int capacity = 1;
    int taken = 0;
};

struct invitation_line {
    std::string code;
    bot::instant expires_at;
};

enum class contact { allowed, blocked };

struct waiting_line {
    bot::citizen_id citizen;
    std::string state;  // waiting, held, done
    std::string reason;
    int urgency = 0;
    bot::instant since;
    std::string holder;
};

class desk {
public:
    desk(sql::connection& db, const keyring& keys) : db_(db), keys_(keys) {}

    // Errors of all: storage_down, storage_failed.

    // How many of them are new; the same place, person and time is there once.
    bot::result<int> add(std::span<const free_time> times);
    bot::result<std::vector<free_time>> times(std::string_view kind, bot::instant from, int limit);

    // The open invitation of the case, or a new one with this code. not_found: no such case; conflict: the case has
    // ended, or the other side must not be asked until a person clears it (contact_with_other_side).
    bot::result<invitation_line> invite(
        std::string_view case_code,
        std::string_view code,
        std::string_view by,
        bot::instant now,
        bot::instant until
    );
    bot::result<contact> contact_with_other_side(std::string_view case_code);  // not_found
    // A person has looked: the other side may be asked. not_found: there is nothing to clear.
    bot::result<void> clear_block(std::string_view case_code, std::string_view by, bot::instant now);

    // Most urgent first, then longest waiting. all: also those who are done.
    bot::result<std::vector<waiting_line>> waiting(bool all, int limit);

    // Where the citizen is reached. not_found; bad_key when the person was erased.
    bot::result<address> address_of(bot::citizen_id who);
    // Everybody who can be read, with their keys, by id; `after`: the last one of the page before.
    bot::result<std::vector<citizen>> citizens(bot::citizen_id after, int limit);

private:
    sql::connection& db_;
    const keyring& keys_;
};

}  // namespace storage
