#pragma once
// What a conversation script says of the world outside ("+ case", "+ slot", "+ service", "+ invitation", "- slot"), put into
// the real tables.

#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"
#include "storage/turn_journal.hpp"
#include "tests/support/script.hpp"

namespace testing_support {

class script_world {
public:
    // Of the citizen at this address.
    script_world(storage::sql::connection& db, const storage::keyring& keys, storage::address who);
    // last_case: the code of the case that was filed last, by whomever; empty: none was.
    void learn(const test::given& change, bot::instant now, const std::string& last_case);

    // Free times and invitations that an earlier script left behind.
    static void forget_earlier(storage::sql::connection& db);

private:
    void put_service(const test::given& change, bot::instant now);
    void put_complaint(const test::given& change, bot::instant now);
    void put_request(const test::given& change, bot::instant now);
    void put_invitation(const test::given& change, bot::instant now, const std::string& last_case);
    void change_invitation(const test::given& change, bot::instant now);
    std::string case_of_invitation(const test::given& change, bot::instant now, const std::string& last_case);
    std::int64_t citizen(bot::instant now);
    void append(std::vector<dialogs::effect> effects, const std::string& what, bot::instant now);
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
