#include "storage/services/desk.hpp"

#include "tests/unit/storage/service_test.hpp"

namespace storage {
namespace {

using namespace std::chrono_literals;
using enum append_outcome;

class Desk : public service_test {
protected:
    desk at_work() { return desk(*db_, keys_); }
};

HEJIE_BOTH_ENGINES(Desk);

TEST_P(Desk, TheSameFreeTimeIsPutUpOnce)
{
    const std::vector<free_time> times{
        {1, "mediation", noon + 2h, "1号室", "林", 2, 0},
        {2, "mediation", noon + 1h, "1号室", "林", 1, 0},
        {3, "counselling", noon + 3h, "咨询室", "", 1, 0}
    };
    desk staff = at_work();
    EXPECT_EQ(staff.add(times).value(), 3);
    auto again = times;
    for (auto& each : again) each.id += 10;
    EXPECT_EQ(staff.add(again).value(), 0);
    const auto all = staff.times("", noon, 10).value();
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].id, 2) << "soonest first";
    EXPECT_EQ(all[1].place, "1号室");
    EXPECT_EQ(all[1].capacity, 2);
    EXPECT_EQ(staff.times("counselling", noon, 10).value().size(), 1u);
    EXPECT_EQ(staff.times("", noon + 2h, 10).value().size(), 2u);
    EXPECT_EQ(staff.times("", noon, 1).value().size(), 1u);
}

TEST_P(Desk, ACaseHasOneOpenInvitation)
{
    ASSERT_EQ(turn(1, {make_case(901, "HJ-1")}), stored);
    desk staff = at_work();
    EXPECT_EQ(staff.invite("HJ-9", "YQ1", "li", noon, noon + 24h).error(), bot::errc::not_found);
    EXPECT_EQ(staff.invite("HJ-1", "YQ1", "li", noon, noon + 24h).value().code, "YQ1");
    EXPECT_EQ(staff.invite("HJ-1", "YQ2", "li", noon + 1h, noon + 48h).value().code, "YQ1");
    EXPECT_EQ(staff.invite("HJ-1", "YQ2", "li", noon + 25h, noon + 48h).value().code, "YQ2") << "the first is over";
    ASSERT_EQ(turn(1, {dialogs::withdraw_case{"HJ-1", "", noon}}), stored);
    EXPECT_EQ(staff.invite("HJ-1", "YQ3", "li", noon + 49h, noon + 90h).error(), bot::errc::conflict);
}

TEST_P(Desk, ABlockedCaseIsNotContactedUntilAPersonClearsIt)
{
    auto filed = make_case(901, "HJ-1");
    filed.contact_blocked = true;
    ASSERT_EQ(turn(1, {filed, make_case(902, "HJ-2")}), stored);
    desk staff = at_work();
    EXPECT_EQ(staff.contact_with_other_side("HJ-1").value(), contact::blocked);
    EXPECT_EQ(staff.contact_with_other_side("HJ-2").value(), contact::allowed);
    EXPECT_EQ(staff.contact_with_other_side("HJ-3").error(), bot::errc::not_found);
    EXPECT_EQ(staff.invite("HJ-1", "YQ1", "li", noon, noon + 24h).error(), bot::errc::conflict);
    EXPECT_EQ(staff.clear_block("HJ-2", "li", noon).error(), bot::errc::not_found);
    ASSERT_TRUE(staff.clear_block("HJ-1", "li", noon));
    EXPECT_EQ(staff.clear_block("HJ-1", "zhou", noon).error(), bot::errc::not_found) << "once";
    EXPECT_EQ(text_of("SELECT cleared_by FROM case_extra"), "li");
    EXPECT_TRUE(staff.invite("HJ-1", "YQ1", "li", noon, noon + 24h));
}

TEST_P(Desk, TheMostUrgentStandsFirst)
{
    ASSERT_EQ(turn(1, {dialogs::ask_for_person{"asked", 0, noon}}), stored);
    ASSERT_EQ(turn(2, {dialogs::ask_for_person{"asked", 0, noon - 1h}}), stored);
    ASSERT_EQ(turn(3, {dialogs::ask_for_person{"crisis", 2, noon + 1h}}), stored);
    ASSERT_EQ(turn(4, {dialogs::owner_set{"person", "wang", noon}}), stored);
    ASSERT_EQ(turn(4, {dialogs::owner_set{"bot", "", noon}}), stored);
    desk staff = at_work();
    const auto lines = staff.waiting(false, 10).value();
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[0].citizen.value, 3);
    EXPECT_EQ(lines[0].reason, "crisis");
    EXPECT_EQ(lines[1].citizen.value, 2);
    EXPECT_EQ(lines[2].since, noon);
    EXPECT_EQ(staff.waiting(true, 10).value().size(), 4u);
    EXPECT_EQ(staff.waiting(true, 2).value().size(), 2u);
}

TEST_P(Desk, CitizensAreFoundByTheirNumber)
{
    for (std::int64_t id = 1; id <= 5; ++id) ASSERT_EQ(turn(id, {}), stored);
    desk staff = at_work();
    EXPECT_EQ(staff.address_of(bot::citizen_id{3}).value(), address_of(3));
    EXPECT_EQ(staff.address_of(bot::citizen_id{9}).error(), bot::errc::not_found);
    EXPECT_EQ(staff.citizens({}, 3).value().size(), 3u);
    const auto rest = staff.citizens(bot::citizen_id{3}, 9).value();
    ASSERT_EQ(rest.size(), 2u);
    EXPECT_EQ(rest[0].key.bytes(), people_.at(4).who.key.bytes());
    db_->execute("UPDATE citizen SET wrapped_key = NULL WHERE id = 3");
    EXPECT_EQ(staff.address_of(bot::citizen_id{3}).error(), bot::errc::bad_key);
    EXPECT_EQ(staff.citizens({}, 9).value().size(), 4u);
}

}  // namespace
}  // namespace storage
