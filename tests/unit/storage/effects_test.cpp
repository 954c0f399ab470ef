// The rows of every effect: what is stored is read back, nothing that a person wrote lies there in clear, and a turn that
// finds the world otherwise than it believed is a conflict that leaves nothing behind.

#include "storage/services/facts.hpp"
#include "tests/unit/storage/service_test.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace storage {
namespace {

using namespace std::chrono_literals;
using enum append_outcome;

class Effects : public service_test {
protected:
    void SetUp() override
    {
        service_test::SetUp();
        if (!IsSkipped()) facts_.emplace(*db_, keys_);
    }

    dialogs::known known(std::int64_t id, const dialogs::wants& wanted, bot::instant now = noon)
    {
        return facts_->read(bot::citizen_id{id}, wanted, now).value();
    }

    void add_slot(std::int64_t id, const std::string& kind, bot::instant at, int capacity)
    {
        auto& q = db_->prepare(
            "INSERT INTO appointment_slot (id, kind, starts_at, place, with_whom, capacity, taken)"
            " VALUES (?,?,?,'room','',?,0)"
        );
        q.bind(0, id);
        q.bind_text(1, kind);
        q.bind(2, at.time_since_epoch().count());
        q.bind(3, capacity);
        q.execute();
    }

    void add_invitation(const std::string& code, std::int64_t case_id, bot::instant until)
    {
        auto& q = db_->prepare(
            "INSERT INTO invitation (code, case_id, state, invited_at, expires_at, invited_by) VALUES (?,?,'open',?,?,'')"
        );
        q.bind_text(0, code);
        q.bind(1, case_id);
        q.bind(2, noon_ms);
        q.bind(3, until.time_since_epoch().count());
        q.execute();
    }

    static dialogs::book_appointment booking(std::int64_t id, std::int64_t slot, bot::instant at)
    {
        return {bot::record_id{id}, "mediation", slot, at, "HJ-1", canary + "13800000001", noon};
    }

    std::optional<fact_reader> facts_;
};

HEJIE_BOTH_ENGINES(Effects);

dialogs::file_complaint complaint()
{
    dialogs::file_complaint it;
    it.id = bot::record_id{501};
    it.code = "TS-1";
    it.at = noon;
    it.target = canary + "某某公司";
    it.matter = canary + "夜间施工";
    it.place = canary + "五马街";
    it.occurred = canary + "2026-03";
    it.name = canary + "张三";
    it.phone = canary + "13800000001";
    it.unit = "330302001";
    it.evidence = {{"picture", canary + "m1", noon}, {"voice", canary + "m2", noon}};
    return it;
}

TEST_P(Effects, AComplaintIsStoredSealedWithItsEvidence)
{
    ASSERT_EQ(turn(1, {complaint()}), stored);
    EXPECT_EQ(opened(1, "complaint|matter|501", "SELECT matter FROM complaint"), canary + "夜间施工");
    EXPECT_EQ(opened(1, "complaint|phone|501", "SELECT phone FROM complaint"), canary + "13800000001");
    EXPECT_EQ(text_of("SELECT state FROM complaint WHERE code = 'TS-1' AND anonymous = 0"), "received");
    EXPECT_EQ(
        opened(1, "effect_evidence|media_id|1.1.0.1", "SELECT media_id FROM effect_evidence WHERE item = 1"),
        canary + "m2"
    );
    EXPECT_EQ(turn(2, {complaint()}), conflict) << "the code is taken";
    EXPECT_EQ(count("effect_evidence"), 2);
    EXPECT_EQ(count("citizen"), 1);
}

TEST_P(Effects, MaterialGoesToACaseOrIntoABoxThatExpires)
{
    dialogs::deliver_material boxed{bot::record_id{601}, noon, "", "BOX1", noon + 720h, canary + "收据", {}};
    dialogs::deliver_material attached{bot::record_id{602}, noon, "HJ-1", "", {}, canary + "合同", {}};
    ASSERT_EQ(turn(1, {boxed, attached}), stored);
    EXPECT_EQ(count("material WHERE box_code = 'BOX1' AND case_code IS NULL AND expires_at IS NOT NULL"), 1);
    EXPECT_EQ(count("material WHERE case_code = 'HJ-1' AND box_code IS NULL AND expires_at IS NULL"), 1);
    EXPECT_EQ(opened(1, "material|meaning|602", "SELECT meaning FROM material WHERE id = 602"), canary + "合同");
    attached.id.value = 603;
    EXPECT_EQ(turn(2, {attached}), stored) << "many without a box";
}

TEST_P(Effects, OfTwoTurnsThatTakeTheLastPlaceOneIsAConflict)
{
    add_slot(9, "mediation", noon + 24h, 1);
    ASSERT_EQ(known(1, {.free_slots = "mediation"}).free_slots->size(), 1u);
    ASSERT_EQ(turn(1, {booking(701, 9, noon + 24h)}), stored);
    EXPECT_EQ(turn(2, {booking(702, 9, noon + 24h)}), conflict);
    EXPECT_EQ(count("appointment"), 1);
    EXPECT_TRUE(known(2, {.free_slots = "mediation"}).free_slots->empty());

    const auto own = *known(1, {.own_appointments = true}).own_appointments;
    ASSERT_EQ(own.size(), 1u);
    EXPECT_EQ(own[0].id.value, 701);
    EXPECT_EQ(own[0].starts_at, noon + 24h);
    EXPECT_EQ(own[0].place, "room");
    EXPECT_EQ(own[0].case_code, "HJ-1");
    EXPECT_TRUE(known(2, {.own_appointments = true}).own_appointments->empty());
    EXPECT_TRUE(known(1, {.own_appointments = true}, noon + 25h).own_appointments->empty()) << "it is over";

    ASSERT_EQ(turn(1, {dialogs::cancel_appointment{bot::record_id{701}, noon}}), stored);
    EXPECT_EQ(turn(1, {dialogs::cancel_appointment{bot::record_id{701}, noon}}), conflict) << "once is enough";
    EXPECT_EQ(turn(2, {booking(703, 9, noon + 24h)}), stored) << "the place is free again";
    EXPECT_EQ(turn(1, {dialogs::cancel_appointment{bot::record_id{703}, noon}}), conflict) << "somebody else's";
    EXPECT_EQ(number(*db_, "SELECT taken FROM appointment_slot"), 1);
}

TEST_P(Effects, ASlotThatMovedOrIsOfAnotherKindIsNotTaken)
{
    add_slot(9, "mediation", noon + 24h, 5);
    EXPECT_EQ(turn(1, {booking(701, 9, noon + 25h)}), conflict);
    EXPECT_EQ(turn(1, {booking(701, 8, noon + 24h)}), conflict);
    auto other = booking(701, 9, noon + 24h);
    other.kind = "counselling";
    EXPECT_EQ(turn(1, {other}), conflict);
    EXPECT_EQ(number(*db_, "SELECT taken FROM appointment_slot"), 0);
}

TEST_P(Effects, ChangingAnAppointmentIsOneTurn)
{
    add_slot(8, "mediation", noon + 24h, 1);
    add_slot(9, "mediation", noon + 48h, 1);
    ASSERT_EQ(turn(1, {booking(701, 8, noon + 24h)}), stored);
    ASSERT_EQ(
        turn(1, {dialogs::cancel_appointment{bot::record_id{701}, noon}, booking(702, 9, noon + 48h)}), stored
    );
    EXPECT_EQ(known(1, {.own_appointments = true}).own_appointments->at(0).id.value, 702);
    EXPECT_EQ(number(*db_, "SELECT taken FROM appointment_slot WHERE id = 8"), 0);
}

TEST_P(Effects, NoSlotIsOverbookedByRivals)
{
    constexpr int places = 7, rivals = 4, each = 5;
    add_slot(9, "mediation", noon + 24h, places);
    std::atomic<int> won{0};
    std::vector<std::thread> threads;
    for (int r = 0; r < rivals; ++r)
        threads.emplace_back([&, r] {
            auto mine = connect();
            turn_journal journal(*mine, keys_);
            for (int n = 0; n < each; ++n) {
                const std::int64_t id = 100 + r * each + n;
                auto made = make_turn({bot::citizen_id{id}, keys_.make_data_key()}, 1);
                made.effects = {booking(id, 9, noon + 24h)};
                auto got = journal.append(std::vector{made});
                while (!got) got = journal.append(std::vector{made});
                won += got->at(0) == stored ? 1 : 0;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(won, places);
    EXPECT_EQ(number(*db_, "SELECT taken FROM appointment_slot"), places);
    EXPECT_EQ(count("appointment WHERE state = 'booked'"), places);
}

TEST_P(Effects, WithdrawingEndsTheCaseAndItsLineInTheQueue)
{
    ASSERT_EQ(turn(1, {make_case(901, "HJ-1")}), stored);
    case_store cases(*db_, keys_);
    ASSERT_EQ(cases.claim_case("HJ-1", "wang", noon, 1h).value().token, 1);
    EXPECT_EQ(turn(2, {dialogs::withdraw_case{"HJ-1", "", noon}}), conflict) << "not theirs";
    ASSERT_EQ(turn(1, {dialogs::withdraw_case{"HJ-1", canary + "和好了", noon + 1h}}), stored);
    EXPECT_TRUE(cases.list({}, noon).value().empty());
    EXPECT_EQ(cases.claim_case("HJ-1", "wang", noon, 1h).error(), bot::errc::not_found);
    EXPECT_EQ(cases.release("HJ-1", 1).error(), bot::errc::not_found);
    EXPECT_EQ(cases.show("HJ-1").value().entry.state, "closed_withdrawn");
    EXPECT_EQ(number(*db_, "SELECT last_token FROM case_end"), 1);
    const auto own = known(1, {.own_cases = true}).own_cases->at(0);
    EXPECT_EQ(own.state, "closed_withdrawn");
    EXPECT_EQ(own.closed_at, noon + 1h);
    EXPECT_FALSE(own.claimed);
    EXPECT_EQ(opened(1, "case_act|body|1.2.0", "SELECT body FROM case_act"), canary + "和好了");
    EXPECT_EQ(turn(1, {dialogs::withdraw_case{"HJ-1", "", noon}}), conflict) << "it has ended";
}

TEST_P(Effects, ActsFollowTheStateOfTheCase)
{
    ASSERT_EQ(turn(1, {make_case(901, "HJ-1")}), stored);
    const dialogs::supplement_case more{"HJ-1", canary + "还有", {{"picture", canary + "m", noon}}, noon};
    const dialogs::reopen_case again{"HJ-1", canary + "没解决", noon};
    EXPECT_EQ(turn(1, {again}), conflict) << "it is under way";
    EXPECT_EQ(turn(1, {more}), stored);
    EXPECT_EQ(count("effect_evidence"), 1);
    ASSERT_EQ(turn(1, {dialogs::withdraw_case{"HJ-1", "", noon}}), stored);
    EXPECT_EQ(turn(1, {more}), conflict) << "it has ended";
    EXPECT_EQ(turn(1, {again}), stored);
    EXPECT_EQ(turn(2, {again}), conflict) << "not theirs";
    EXPECT_EQ(text_of("SELECT state FROM dispute_case"), "closed_withdrawn") << "asking changes nothing by itself";
    EXPECT_EQ(count("case_act"), 3);
}

TEST_P(Effects, ACaseIsRatedOnceByItsOwner)
{
    ASSERT_EQ(turn(1, {make_case(901, "HJ-1")}), stored);
    EXPECT_FALSE(known(1, {.own_cases = true}).own_cases->at(0).rated);
    EXPECT_EQ(turn(2, {dialogs::rate_case{"HJ-1", 1, "", noon}}), conflict);
    EXPECT_EQ(turn(1, {dialogs::rate_case{"HJ-1", 4, canary + "谢谢", noon}}), stored);
    EXPECT_EQ(turn(1, {dialogs::rate_case{"HJ-1", 1, "", noon}}), conflict);
    EXPECT_TRUE(known(1, {.own_cases = true}).own_cases->at(0).rated);
    EXPECT_EQ(number(*db_, "SELECT score FROM case_rating"), 4);
    EXPECT_EQ(opened(1, "case_rating|body|1.2.0", "SELECT body FROM case_rating"), canary + "谢谢");
}

TEST_P(Effects, WhatOnlySomeCasesHaveIsReadBack)
{
    auto filed = make_case(901, "HJ-1");
    filed.second_type = "lending";
    filed.details = {{"months", "拖欠月数", canary + "三个月"}, {"contract", "合同", canary + "有"}};
    filed.flags = {"violence", "group", "violence"};
    filed.contact_blocked = true;
    ASSERT_EQ(turn(1, {filed, make_case(902, "HJ-2")}), stored);
    case_store cases(*db_, keys_);
    const auto got = cases.show("HJ-1").value().filed;
    EXPECT_EQ(got.second_type, "lending");
    ASSERT_EQ(got.details.size(), 2u);
    EXPECT_EQ(got.details[0].id, "months");
    EXPECT_EQ(got.details[0].label, "拖欠月数");
    EXPECT_EQ(got.details[0].value, canary + "三个月");
    EXPECT_EQ(got.flags, (std::vector<std::string>{"group", "violence"}));
    EXPECT_TRUE(got.contact_blocked);
    EXPECT_EQ(count("case_extra"), 1) << "an ordinary case has no such row";
    EXPECT_FALSE(cases.show("HJ-2").value().filed.contact_blocked);
}

TEST_P(Effects, TheOtherSideSeesWhatMayBeSeenAndAnswersOnce)
{
    auto filed = make_case(901, "HJ-1");
    filed.applicant.name = "陈小兰";
    ASSERT_EQ(turn(1, {filed}), stored);
    add_invitation("INV1", 901, noon + 240h);
    const auto seen = **known(2, {.invitation = "INV1"}).invitation;
    EXPECT_EQ(seen.state, "open");
    EXPECT_EQ(seen.applicant, "陈**");
    EXPECT_EQ(seen.requests, filed.requests);
    EXPECT_EQ(seen.dispute_type, filed.dispute_type);
    EXPECT_FALSE(seen.own);
    EXPECT_TRUE((**known(1, {.invitation = "INV1"}).invitation).own);
    EXPECT_FALSE(known(2, {.invitation = "INV2"}).invitation->has_value()) << "asked, and there is none";
    EXPECT_EQ((**known(2, {.invitation = "INV1"}, noon + 241h).invitation).state, "expired");

    const dialogs::answer_invitation no{
        "INV1", false, canary + "没欠他钱", {canary + "李四", canary + "139", canary + "地址", ""}, {}, noon
    };
    auto late = no;
    late.at = noon + 241h;
    EXPECT_EQ(turn(2, {late}), conflict);
    ASSERT_EQ(turn(2, {no}), stored);
    EXPECT_EQ(turn(3, {no}), conflict) << "answered already";
    EXPECT_EQ((**known(2, {.invitation = "INV1"}).invitation).state, "refused");
    EXPECT_EQ(opened(2, "invitation|statement|2.1.0", "SELECT statement FROM invitation"), canary + "没欠他钱");
    EXPECT_EQ(opened(1, "invitation|statement|2.1.0", "SELECT statement FROM invitation"), "(sealed)")
        << "the applicant's key does not open it";
}

TEST_P(Effects, AnInvitationIsBlockedUntilAPersonClearsItAndEndsWithTheCase)
{
    auto filed = make_case(901, "HJ-1");
    filed.contact_blocked = true;
    ASSERT_EQ(turn(1, {filed}), stored);
    add_invitation("INV1", 901, noon + 240h);
    EXPECT_EQ((**known(2, {.invitation = "INV1"}).invitation).state, "blocked");
    db_->execute("UPDATE case_extra SET cleared_at = 5, cleared_by = 'li'");
    EXPECT_EQ((**known(2, {.invitation = "INV1"}).invitation).state, "open");
    ASSERT_EQ(turn(1, {dialogs::withdraw_case{"HJ-1", "", noon}}), stored);
    EXPECT_EQ((**known(2, {.invitation = "INV1"}).invitation).state, "expired");
}

TEST_P(Effects, ConsentIsCountedByScopeAndCanBeWithdrawn)
{
    ASSERT_EQ(turn(1, {dialogs::consent_given{"2026-01", noon}}), stored);
    ASSERT_EQ(turn(1, {dialogs::consent_given{"2026-01", noon, "screening"}}), stored);
    EXPECT_EQ(count("consent"), 1);
    EXPECT_EQ(count("consent_act WHERE act = 'given' AND scope = 'screening'"), 1);
    EXPECT_EQ(known(1, {.stored = true}).stored->consent_version, "2026-01");
    ASSERT_EQ(turn(1, {dialogs::consent_withdrawn{"screening", noon}}), stored);
    EXPECT_EQ(known(1, {.stored = true}).stored->consent_version, "2026-01");
    ASSERT_EQ(turn(1, {dialogs::consent_withdrawn{"all", noon}}), stored);
    EXPECT_EQ(known(1, {.stored = true}).stored->consent_version, "");
    ASSERT_EQ(turn(1, {dialogs::consent_given{"2026-02", noon}}), stored);
    EXPECT_EQ(known(1, {.stored = true}).stored->consent_version, "2026-02");
}

TEST_P(Effects, AlertsOfOnePersonMakeOneEpisodeUntilItIsClosed)
{
    ASSERT_EQ(turn(1, {dialogs::crisis_alert{"C2", {"r1"}, noon, "crisis_c2"}}), stored);
    ASSERT_EQ(turn(1, {dialogs::crisis_alert{"C4", {"r2"}, noon + 1min, "crisis_c4"}}), stored);
    ASSERT_EQ(turn(1, {dialogs::crisis_alert{"C3", {"r3"}, noon + 2min, "crisis_c3"}}), stored);
    EXPECT_EQ(count("crisis_episode"), 1);
    EXPECT_EQ(text_of("SELECT level FROM crisis_episode"), "C4") << "the highest";
    EXPECT_EQ(count("crisis_step WHERE opened_turn = 1"), 3);
    EXPECT_EQ(text_of("SELECT template_id FROM crisis_step WHERE turn_no = 2"), "crisis_c4");
    db_->execute("UPDATE crisis_episode SET state = 'closed'");
    ASSERT_EQ(turn(1, {dialogs::crisis_alert{"C3", {"r3"}, noon + 48h, "crisis_c3"}}), stored);
    EXPECT_EQ(count("crisis_episode"), 2);
    EXPECT_EQ(number(*db_, "SELECT opened_turn FROM crisis_step WHERE turn_no = 4"), 4);
    EXPECT_EQ(count("crisis_alert"), 4);
}

TEST_P(Effects, CareRowsAreSealed)
{
    const dialogs::open_psych_case wish{bot::record_id{801}, "XL-1", "counsellor", canary + "张", canary + "138", noon};
    ASSERT_EQ(turn(1, {wish, dialogs::screening_done{"phq9", {0, 1, 2, 3}, 6, "mild", noon}}), stored);
    EXPECT_EQ(opened(1, "psych_case|name|801", "SELECT name FROM psych_case"), canary + "张");
    EXPECT_EQ(text_of("SELECT state FROM psych_case WHERE code = 'XL-1'"), "requested");
    EXPECT_EQ(opened(1, "screening|result|1.1.1", "SELECT result FROM screening"), "0 1 2 3\n6\nmild");
    EXPECT_EQ(known(1, {.stored = true}).stored->psych, 2);
}

TEST_P(Effects, WhatIsStoredIsCounted)
{
    ASSERT_EQ(turn(1, {make_case(901, "HJ-1"), complaint()}), stored);
    ASSERT_EQ(turn(1, {}), stored);
    ASSERT_EQ(turn(2, {make_case(902, "HJ-2")}), stored);
    const auto it = *known(1, {.stored = true}).stored;
    EXPECT_EQ(it.turns, 2);
    EXPECT_EQ(it.cases, 1);
    EXPECT_EQ(it.complaints, 1);
    EXPECT_EQ(it.materials + it.appointments + it.psych, 0);
    EXPECT_EQ(it.since, at_ms(noon_ms + 1));
    EXPECT_EQ(it.consent_version, "");
    EXPECT_FALSE(known(1, {.stored = true}).own_cases) << "nothing is read that is not wanted";
}

TEST_P(Effects, WhatWasFiledBesideDisputesIsListed)
{
    dialogs::deliver_material boxed{bot::record_id{601}, noon + 1s, "", "BOX1", noon + 720h, canary, {}};
    dialogs::deliver_material attached{bot::record_id{602}, noon + 2s, "HJ-1", "", {}, canary, {}};
    ASSERT_EQ(turn(1, {complaint(), boxed, attached, dialogs::data_request{"export", "SJ-1", "", noon + 3s}}), stored);
    const auto listed = *known(1, {.own_services = true}).own_services;
    ASSERT_EQ(listed.size(), 4u);
    EXPECT_EQ(listed[0].kind + listed[0].code + listed[0].state, "exportSJ-1open");
    EXPECT_FALSE(listed[0].until);  // in working days, which storage does not count
    EXPECT_EQ(listed[1].kind + listed[1].code + listed[1].state, "materialHJ-1delivered");
    EXPECT_EQ(listed[2].kind + listed[2].code + listed[2].state, "materialBOX1boxed");
    EXPECT_EQ(listed[2].until, noon + 720h);
    EXPECT_EQ(listed[3].kind + listed[3].code + listed[3].state, "complaintTS-1received");
    EXPECT_FALSE(listed[3].anonymous);
    EXPECT_EQ(known(1, {.own_services = true}, noon + 721h).own_services->at(2).state, "expired");
    EXPECT_TRUE(known(2, {.own_services = true}).own_services->empty());
}

TEST_P(Effects, ADataRequestHasACodeAndStaysOpen)
{
    ASSERT_EQ(turn(1, {dialogs::data_request{"erase", "SJ-1", canary + "请删除", noon}}), stored);
    EXPECT_EQ(count("data_request WHERE kind = 'erase' AND code = 'SJ-1' AND state = 'open'"), 1);
    EXPECT_EQ(opened(1, "data_request|body|1.1.0", "SELECT body FROM data_request"), canary + "请删除");
    EXPECT_EQ(turn(1, {dialogs::data_request{"export", "SJ-1", "", noon}}), conflict) << "the code is taken";
}

TEST_P(Effects, WhatWaitsForItsTimeCanBeCalledOff)
{
    ASSERT_EQ(
        turn(
            1,
            {dialogs::send_later{noon + 24h, "appointment_24h", "appointment/1", canary + "明天"},
             dialogs::send_later{noon + 46h, "appointment_2h", "appointment/1", canary + "两小时后"},
             dialogs::send_later{noon + 46h, "psych_follow_up", "psych/1", canary + "还好吗"}}
        ),
        stored
    );
    EXPECT_EQ(
        opened(1, "outbox|body|1.1.1", "SELECT body FROM outbox WHERE kind = 'appointment_2h'"), canary + "两小时后"
    );
    ASSERT_EQ(turn(2, {dialogs::call_off{"appointment/1"}}), stored);
    EXPECT_EQ(count("outbox WHERE state = 'queued'"), 3) << "somebody else's";
    db_->execute("UPDATE outbox SET state = 'sent' WHERE kind = 'appointment_24h'");
    ASSERT_EQ(turn(1, {dialogs::call_off{"appointment/1"}}), stored);
    EXPECT_EQ(text_of("SELECT state FROM outbox WHERE kind = 'appointment_24h'"), "sent");
    EXPECT_EQ(text_of("SELECT state FROM outbox WHERE kind = 'appointment_2h'"), "called_off");
    EXPECT_EQ(text_of("SELECT state FROM outbox WHERE kind = 'psych_follow_up'"), "queued");
}

TEST_P(Effects, AskingForAPersonKeepsThePlaceAndMovesUpWhenUrgent)
{
    ASSERT_EQ(turn(1, {dialogs::ask_for_person{"asked", 0, noon}}), stored);
    ASSERT_EQ(turn(1, {dialogs::ask_for_person{"crisis", 2, noon + 1min}}), stored);
    ASSERT_EQ(turn(1, {dialogs::ask_for_person{"asked", 0, noon + 2min}}), stored);
    EXPECT_EQ(count("person_queue"), 1);
    EXPECT_EQ(text_of("SELECT reason FROM person_queue"), "crisis");
    EXPECT_EQ(number(*db_, "SELECT urgency FROM person_queue"), 2);
    EXPECT_EQ(number(*db_, "SELECT since FROM person_queue"), noon_ms);
    EXPECT_EQ(text_of("SELECT state FROM person_queue"), "waiting");
}

TEST_P(Effects, OnePersonHoldsTheConversation)
{
    ASSERT_EQ(turn(1, {dialogs::ask_for_person{"asked", 1, noon}}), stored);
    ASSERT_EQ(turn(1, {dialogs::owner_set{"person", "wang", noon + 1min}}), stored);
    EXPECT_EQ(text_of("SELECT holder FROM person_queue WHERE state = 'held'"), "wang");
    EXPECT_EQ(turn(1, {dialogs::owner_set{"person", "li", noon + 2min}}), conflict);
    EXPECT_EQ(turn(1, {dialogs::owner_set{"person", "wang", noon + 2min}}), stored) << "again by the same";
    ASSERT_EQ(turn(1, {dialogs::ask_for_person{"asked", 0, noon + 3min}}), stored);
    EXPECT_EQ(text_of("SELECT state FROM person_queue"), "held") << "asking takes it from nobody";
    ASSERT_EQ(turn(1, {dialogs::owner_set{"bot", "", noon + 4min}}), stored);
    EXPECT_EQ(text_of("SELECT state FROM person_queue"), "done");
    ASSERT_EQ(turn(1, {dialogs::ask_for_person{"stuck", 0, noon + 5min}}), stored);
    EXPECT_EQ(text_of("SELECT reason FROM person_queue WHERE state = 'waiting'"), "stuck");
    EXPECT_EQ(number(*db_, "SELECT since FROM person_queue"), noon_ms + 300'000) << "a new wait";
    ASSERT_EQ(turn(2, {dialogs::owner_set{"person", "li", noon}}), stored) << "taken without being asked for";
    EXPECT_EQ(count("person_queue WHERE state = 'held' AND holder = 'li'"), 1);
}

TEST_P(Effects, AConflictOfOneTurnLeavesTheOthersOfTheBatchAlone)
{
    add_slot(9, "mediation", noon + 24h, 1);
    std::vector<turn_append> batch;
    for (std::int64_t id = 1; id <= 10; ++id) {
        batch.push_back(make_turn({bot::citizen_id{id}, keys_.make_data_key()}, 1));
        batch.back().effects = {
            dialogs::ask_for_person{"asked", 0, noon}, booking(700 + id, 9, noon + 24h)
        };
        if (id > 5) batch.back().effects.pop_back();
    }
    const auto got = journal_->append(batch).value();
    EXPECT_EQ(std::ranges::count(got, stored), 6);
    EXPECT_EQ(count("appointment"), 1);
    EXPECT_EQ(count("person_queue"), 6);
    EXPECT_EQ(count("turn"), 6);
}

TEST(ShownName, HidesTheGivenName)
{
    EXPECT_EQ(shown_name("陈小兰"), "陈**");
    EXPECT_EQ(shown_name("陈兰"), "陈*");
    EXPECT_EQ(shown_name("欧阳小兰"), "欧阳**");
    EXPECT_EQ(shown_name("温州某某餐饮有限公司"), "温州某某餐饮有限公司");
    EXPECT_EQ(shown_name(""), "");
}

}  // namespace
}  // namespace storage
