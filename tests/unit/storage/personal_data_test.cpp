#include "storage/services/personal_data.hpp"

#include "storage/schema_files.hpp"
#include "storage/services/facts.hpp"
#include "storage/services/personal_tables.hpp"
#include "tests/unit/storage/every_effect.hpp"
#include "tests/unit/storage/service_test.hpp"

#include <regex>
#include <set>
#include <sstream>

namespace storage {
namespace {

using namespace std::chrono_literals;
using enum append_outcome;

class PersonalData : public service_test {
protected:
    personal_data data() { return personal_data(*db_, keys_); }

    static bool holds(const std::string& text, const std::string& piece) { return text.find(piece) != text.npos; }
};

HEJIE_BOTH_ENGINES(PersonalData);

TEST_P(PersonalData, TheCopyHoldsEverythingThePersonGave)
{
    ASSERT_EQ(turn(1, {make_case(901, "HJ-1")}), stored);
    ASSERT_EQ(turn(1, every_service(1)), stored);
    ASSERT_EQ(turn(2, {make_case(902, "HJ-2")}), stored);
    const std::string copy = data().copy_of(bot::citizen_id{1}).value();
    for (const char* piece :
         {"拖欠工资", "13800000001", "HJ-1", "TS-1", "BOX-1", "SJ-1", "XL-1", "inbound 2", "withdraw", "3 3 3 3 3 3 3"})
        EXPECT_TRUE(holds(copy, piece)) << piece;
    EXPECT_TRUE(holds(copy, address_of(1).person));
    EXPECT_FALSE(holds(copy, "HJ-2")) << "somebody else's";
    EXPECT_FALSE(holds(copy, address_of(2).person));
    EXPECT_EQ(data().copy_of(bot::citizen_id{9}).error(), bot::errc::not_found);
}

TEST_P(PersonalData, ErasingLeavesStubsThatOpenNowhere)
{
    ASSERT_EQ(turn(1, {make_case(901, "HJ-1")}), stored);
    ASSERT_EQ(turn(1, every_service(1)), stored);
    ASSERT_EQ(turn(2, {make_case(902, "HJ-2")}), stored);
    ASSERT_TRUE(data().erase(bot::citizen_id{1}, "SJ-1", "asked for", noon));
    EXPECT_EQ(data().copy_of(bot::citizen_id{1}).error(), bot::errc::bad_key);
    for (const personal_table& table : personal_tables()) {
        std::istringstream columns{std::string(table.sealed)};
        const std::string who = table.of == "case_id" ? "case_id IN (SELECT id FROM dispute_case WHERE citizen_id = 1)"
                                                      : std::string(table.of) + " = 1";
        for (std::string column; columns >> column;)
            EXPECT_EQ(
                count(std::string(table.name) + " WHERE " + who + " AND LENGTH(" + column + ") > 0"), 0
            ) << table.name
              << "." << column;
    }
    EXPECT_EQ(text_of("SELECT state FROM dispute_case WHERE code = 'HJ-1'"), "closed_withdrawn");
    EXPECT_EQ(count("mediator_queue"), 1) << "the other's";
    EXPECT_EQ(count("outbox WHERE state = 'queued'"), 0);
    EXPECT_EQ(count("dispute_case WHERE citizen_id = 1 AND applicant_phone_hash IS NOT NULL"), 0);
    EXPECT_EQ(text_of("SELECT decision FROM erasure WHERE citizen_id = 1"), "asked for");
    EXPECT_EQ(text_of("SELECT state FROM data_request WHERE code = 'SJ-1'"), "done");
    EXPECT_TRUE(data().copy_of(bot::citizen_id{2}));
    ASSERT_TRUE(data().erase(bot::citizen_id{1}, "SJ-1", "again", noon));
    EXPECT_EQ(text_of("SELECT decision FROM erasure WHERE citizen_id = 1"), "asked for") << "twice is nothing";
}

TEST_P(PersonalData, WhoHasTheConversationInMemoryCollidesAndFindsAStranger)
{
    ASSERT_EQ(turn(1, {}), stored);
    ASSERT_TRUE(data().erase(bot::citizen_id{1}, "", "asked for", noon));
    EXPECT_EQ(turn(1, {}), conflict) << "the next turn of an older memory";
    EXPECT_FALSE(journal_->load(address_of(1), delivery(0)).value().head) << "the address knows nobody any more";
    turn_append fresh = make_turn({bot::citizen_id{5}, keys_.make_data_key()}, 1);
    fresh.first_seen = address_of(1);
    EXPECT_EQ(journal_->append(std::vector{fresh}).value().at(0), stored) << "and may come again";
}

TEST_P(PersonalData, ErasingGivesAPlaceBack)
{
    db_->execute(
        "INSERT INTO appointment_slot (id, kind, starts_at, place, with_whom, capacity, taken) VALUES (9, 'mediation', " +
        std::to_string((noon + 24h).time_since_epoch().count()) + ", '', '', 1, 0)"
    );
    ASSERT_EQ(
        turn(1, {dialogs::book_appointment{bot::record_id{7}, "mediation", 9, noon + 24h, "", canary, noon}}), stored
    );
    EXPECT_EQ(data().open_matters(bot::citizen_id{1}, noon).value(), 1);
    ASSERT_TRUE(data().erase(bot::citizen_id{1}, "", "asked for", noon));
    EXPECT_EQ(number(*db_, "SELECT taken FROM appointment_slot"), 0);
    EXPECT_EQ(data().open_matters(bot::citizen_id{1}, noon).value(), 0);
}

TEST_P(PersonalData, RequestsAreListedFoundAndSettled)
{
    ASSERT_EQ(turn(1, {dialogs::data_request{"export", "SJ-1", canary, noon + 1h}}), stored);
    ASSERT_EQ(turn(2, {dialogs::data_request{"erase", "SJ-2", "", noon}}), stored);
    const auto open = data().requests("open", 10).value();
    ASSERT_EQ(open.size(), 2u);
    EXPECT_EQ(open[0].code, "SJ-2") << "oldest first";
    EXPECT_EQ(open[0].citizen.value, 2);
    ASSERT_TRUE(data().settle("SJ-1", "refused", "li: not the person", noon));
    EXPECT_EQ(data().find("SJ-1").value().state, "refused");
    EXPECT_EQ(data().find("SJ-9").error(), bot::errc::not_found);
    EXPECT_EQ(data().requests("open", 10).value().size(), 1u);
    EXPECT_EQ(data().requests("", 10).value().size(), 2u);
}

TEST_P(PersonalData, WhatIsUnderWayIsCounted)
{
    ASSERT_EQ(turn(1, {make_case(901, "HJ-1"), dialogs::crisis_alert{"C3", {"r"}, noon}}), stored);
    EXPECT_EQ(data().open_matters(bot::citizen_id{1}, noon).value(), 2);
    ASSERT_EQ(turn(1, {dialogs::withdraw_case{"HJ-1", "", noon}}), stored);
    EXPECT_EQ(data().open_matters(bot::citizen_id{1}, noon).value(), 1);
}

// Every column that is sealed by the schema's own word is emptied by an erasure, and no other.
TEST(PersonalTables, NameEverySealedColumnOfTheSchema)
{
    std::set<std::string> listed;
    for (const personal_table& table : personal_tables()) {
        std::istringstream columns{std::string(table.sealed)};
        for (std::string column; columns >> column;) listed.insert(std::string(table.name) + "." + column);
    }
    const std::set<std::string> others{
        "citizen.wrapped_key", "platform_token.wrapped_key", "platform_token.token", "citizen.address_hash",
        "turn.delivery_key", "dispute_case.applicant_phone_hash"
    };
    std::set<std::string> blobs;
    const std::regex create(R"(CREATE TABLE IF NOT EXISTS (\w+))"), blob(R"((\w+)\s+BLOB)");
    for (const schema_file& file : schema_files_of("sqlite"))
        for (const std::string& statement : file.statements) {
            std::smatch name;
            if (!std::regex_search(statement, name, create)) continue;
            for (std::sregex_iterator it(statement.begin(), statement.end(), blob), end; it != end; ++it)
                blobs.insert(name[1].str() + "." + (*it)[1].str());
        }
    for (const std::string& each : others) blobs.erase(each);
    EXPECT_EQ(blobs, listed);
}

}  // namespace
}  // namespace storage
