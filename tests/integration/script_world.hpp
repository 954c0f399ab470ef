#pragma once
// What a conversation script says of the world outside ("+ case", "+ slot", "- slot"), put into the real tables.

#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"
#include "storage/turn_journal.hpp"
#include "tests/support/script.hpp"

namespace testing_support {

class script_world {
public:
    // Of the citizen at this address. Free times that earlier scripts left behind are taken away.
    script_world(storage::sql::connection& db, const storage::keyring& keys, storage::address who);
    void learn(const test::given& change, bot::instant now);

private:
    void put_case(const test::given& change, bot::instant now);
    bool owns_case(const std::string& code);
    void forget_case(const std::string& code);
    void file_case(const dialogs::file_case& filed, bot::instant now);
    void end_case(const std::string& code, const std::string& state, bot::instant at);
    void rate_case(const std::string& code, bot::instant at);
    void put_slot(const test::given& change);
    void take_slot(bot::instant at);

    storage::sql::connection& db_;
    const storage::keyring& keys_;
    storage::address who_;
};

}  // namespace testing_support
