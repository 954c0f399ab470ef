// The outbox against the fake platform, on both engines: what is due reaches the phone once, faults are outlived, what
// cannot be delivered reaches a person, and several workers share one token. Time is moved by hand.

#include "bot/base/metrics.hpp"
#include "bot/outbox/worker.hpp"
#include "bot/simulator/fake_platform.hpp"
#include "storage/migrations.hpp"
#include "storage/services/outbox.hpp"
#include "storage/turn_journal.hpp"
#include "tests/integration/test_site.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace testing_support {
namespace {

using namespace std::chrono_literals;
using bot::simulator::fault;

constexpr std::string_view send_path = "/cgi-bin/message/custom/send";
constexpr std::string_view token_path = "/cgi-bin/stable_token";

// A citizen with a phone that has opened the 48 hours by writing, and lines in the outbox.
class Outbox : public testing::TestWithParam<engine> {
protected:
    Outbox() : clock(bot::instant(1'795'000'000'000ms)), site(GetParam()), platform(options())
    {
        database = storage::sql::open_database(site.database_url());
        db = database->connect().value();
        EXPECT_TRUE(storage::migrate(*db).has_value());
    }

    bot::simulator::platform_options options()
    {
        bot::simulator::platform_options chosen;
        chosen.account = site.account();
        chosen.clock = &clock;
        chosen.webhook = "http://127.0.0.1:1/wechat/main";  // nobody
        return chosen;
    }

    std::unique_ptr<bot::outbox::worker> make_worker(const std::string& name = "w1")
    {
        auto account = site.account();
        account.api_base = platform.api_base();
        bot::outbox::worker_options chosen;
        chosen.owner = name;
        return std::make_unique<bot::outbox::worker>(
            *database, site.keys(), std::vector{account}, clock, counters, chosen
        );
    }

    // One turn of the person with these effects. The first makes the citizen.
    void turn(const std::string& person, std::vector<dialogs::effect> effects)
    {
        storage::turn_journal journal(*db, site.keys());
        const storage::address where{site.account().name, person};
        const auto head = journal.load(where, {}).value().head;
        storage::turn_append made;
        if (head) {
            made.who = head->who;
            made.turn_no = head->turn_no + 1;
        } else {
            made.who = {bot::citizen_id{static_cast<std::int64_t>(++citizens)}, site.keys().make_data_key()};
            made.turn_no = 1;
            made.first_seen = where;
        }
        made.key = site.keys().hash("delivery", person + std::to_string(made.turn_no));
        made.at = clock.now();
        made.effects = std::move(effects);
        ASSERT_EQ(journal.append(std::vector{made}).value().at(0), storage::append_outcome::stored);
    }

    // Writing opens the window in which the account may send.
    bot::simulator::person& phone_of(const std::string& person)
    {
        auto& phone = platform.person(person, "陈小兰");
        phone.say("你好");  // nobody answers here; it opens the window all the same
        return phone;
    }

    static std::vector<std::string> texts_on(const bot::simulator::person& phone)
    {
        std::vector<std::string> out;
        for (const auto& line : phone.history())
            if (line.from == "account") {
                std::string text;
                for (const auto& part : line.parts)
                    text += part.text;
                out.push_back(text);
            }
        return out;
    }

    std::string one(const std::string& query)
    {
        auto& q = db->prepare(query);
        q.query();
        std::string out = q.next() ? q.bytes(0) : "(no row)";
        db->end_reads();
        return out;
    }

    bot::fixed_clock clock;
    const test_site site;
    bot::simulator::fake_platform platform;
    bot::metrics counters;
    std::unique_ptr<storage::sql::database> database;
    std::unique_ptr<storage::sql::connection> db;
    int citizens = 0;
};

TEST_P(Outbox, RemindersArriveAtTheirTimeAndOnce)
{
    auto& phone = phone_of("oOne");
    const auto starts = clock.now() + 30h;
    turn("oOne", {dialogs::send_later{starts - 24h, "appointment_24h", "appointment/1", "明天上午有调解预约"},
                  dialogs::send_later{starts - 2h, "appointment_2h", "appointment/1", "今天的调解预约两小时后开始"}});
    auto worker = make_worker();
    EXPECT_EQ(worker->run_once().value().sent, 0);
    clock.set(starts - 24h);
    EXPECT_EQ(worker->run_once().value().sent, 1);
    EXPECT_EQ(worker->run_once().value().sent, 0);
    EXPECT_EQ(texts_on(phone), std::vector<std::string>{"明天上午有调解预约"});
    clock.set(starts - 2h);
    EXPECT_EQ(make_worker("w2")->run_once().value().sent, 1) << "another replica";
    EXPECT_EQ(texts_on(phone).size(), 2u);
    EXPECT_EQ(platform.calls(token_path).size(), 2u) << "the first token had run out after two hours";
}

TEST_P(Outbox, ACancelledAppointmentIsNotRemindedOf)
{
    auto& phone = phone_of("oOne");
    turn("oOne", {dialogs::send_later{clock.now() + 1h, "appointment_24h", "appointment/1", "明天"}});
    turn("oOne", {dialogs::call_off{"appointment/1"}});
    clock.set(clock.now() + 2h);
    EXPECT_EQ(make_worker()->run_once().value().sent, 0);
    EXPECT_TRUE(texts_on(phone).empty());
}

TEST_P(Outbox, ALateReminderIsNotSentAfterTheAppointment)
{
    phone_of("oOne");
    turn("oOne", {dialogs::send_later{clock.now() + 1h, "appointment_2h", "appointment/1", "两小时后"}});
    clock.set(clock.now() + 3h + 1s);
    EXPECT_EQ(make_worker()->run_once().value().failed, 1);
    EXPECT_EQ(one("SELECT reason FROM outbox"), "too_late");
    EXPECT_TRUE(platform.calls(send_path).empty());
}

TEST_P(Outbox, AfterFortyEightHoursItFailsAndAPersonIsAsked)
{
    auto& phone = phone_of("oOne");
    turn("oOne", {dialogs::send_later{clock.now() + 49h, "psych_follow_up", "psych/1", "您还好吗"}});
    clock.set(clock.now() + 49h);
    EXPECT_EQ(make_worker()->run_once().value().failed, 1);
    EXPECT_EQ(one("SELECT reason FROM outbox WHERE state = 'failed'"), "window_closed");
    EXPECT_EQ(one("SELECT reason FROM person_queue WHERE state = 'waiting'"), "undelivered");
    EXPECT_TRUE(texts_on(phone).empty());
    phone.say("我在");
    EXPECT_EQ(make_worker()->run_once().value().sent, 0) << "what failed is a person's now";
}

TEST_P(Outbox, ANeverSeenPersonIsNotRetried)
{
    turn("oNobody", {dialogs::send_later{clock.now(), "psych_follow_up", "psych/1", "您还好吗"}});
    EXPECT_EQ(make_worker()->run_once().value().failed, 1);
    EXPECT_EQ(one("SELECT reason FROM outbox"), "not_following");
}

TEST_P(Outbox, AnUnreachablePlatformIsTriedAgainWithGrowingPauses)
{
    auto& phone = phone_of("oOne");
    turn("oOne", {dialogs::send_later{clock.now(), "psych_follow_up", "psych/1", "您还好吗"}});
    auto worker = make_worker();
    platform.arrange({fault::kind::drop_before, std::string(send_path), 2});
    EXPECT_EQ(worker->run_once().value().later, 1);
    EXPECT_EQ(worker->run_once().value().later, 0) << "not before its time";
    clock.set(clock.now() + 5s);
    EXPECT_EQ(worker->run_once().value().later, 1);
    clock.set(clock.now() + 5s);
    EXPECT_EQ(worker->run_once().value().sent, 0);
    clock.set(clock.now() + 25s);
    EXPECT_EQ(worker->run_once().value().sent, 1);
    EXPECT_EQ(texts_on(phone).size(), 1u);
}

TEST_P(Outbox, WhatIsNeverTakenIsGivenUpAndReachesAPerson)
{
    phone_of("oOne");
    turn("oOne", {dialogs::send_later{clock.now(), "psych_follow_up", "psych/1", "您还好吗"}});
    auto worker = make_worker();
    platform.arrange({fault::kind::errcode, std::string(send_path), -1, -1});
    int rounds = 0;
    for (int failed = 0; failed == 0 && rounds < 30; ++rounds) {
        failed = worker->run_once().value().failed;
        clock.set(clock.now() + 1h);
    }
    EXPECT_EQ(rounds, 8);
    EXPECT_EQ(one("SELECT reason FROM outbox WHERE state = 'failed'"), "gave_up");
    EXPECT_EQ(one("SELECT state FROM person_queue"), "waiting");
}

TEST_P(Outbox, ALostAnswerMaySayItTwiceButNeverLosesIt)
{
    auto& phone = phone_of("oOne");
    turn("oOne", {dialogs::send_later{clock.now(), "psych_follow_up", "psych/1", "您还好吗"}});
    auto worker = make_worker();
    platform.arrange({fault::kind::drop_after, std::string(send_path), 1});
    EXPECT_EQ(worker->run_once().value().later, 1);
    clock.set(clock.now() + 5s);
    EXPECT_EQ(worker->run_once().value().sent, 1);
    EXPECT_EQ(texts_on(phone).size(), 2u);
}

TEST_P(Outbox, ARefusedTokenIsFetchedOnceAndTheMessageGoesOut)
{
    auto& phone = phone_of("oOne");
    turn("oOne", {dialogs::send_later{clock.now(), "a", "a", "一"}});
    auto worker = make_worker();
    EXPECT_EQ(worker->run_once().value().sent, 1);
    platform.revoke_tokens();
    turn("oOne", {dialogs::send_later{clock.now(), "a", "a", "二"}});
    EXPECT_EQ(worker->run_once().value().sent, 1);
    EXPECT_EQ(texts_on(phone), (std::vector<std::string>{"一", "二"}));
    EXPECT_EQ(platform.calls(token_path).size(), 2u);
}

TEST_P(Outbox, WrongCredentialsLoseNothingAndAreNotHammered)
{
    auto& phone = phone_of("oOne");
    turn("oOne", {dialogs::send_later{clock.now(), "a", "a", "一"}});
    auto worker = make_worker();
    platform.arrange({fault::kind::errcode, std::string(token_path), 3, 40125});
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(worker->run_once().value().later, 1);
        EXPECT_EQ(worker->run_once().value().later, 0);
        clock.set(clock.now() + 30s);
    }
    EXPECT_EQ(platform.calls(token_path).size(), 3u);
    EXPECT_EQ(worker->run_once().value().sent, 1) << "the attempts without a token did not count";
    EXPECT_EQ(texts_on(phone).size(), 1u);
}

TEST_P(Outbox, RivalWorkersFetchOneTokenAndSendEachLineOnce)
{
    constexpr int people = 24;
    for (int i = 0; i < people; ++i) {
        const auto name = "oRival" + std::to_string(i);
        phone_of(name);
        turn(name, {dialogs::send_later{clock.now(), "a", "a", "您还好吗"}});
    }
    std::vector<std::thread> threads;
    for (int w = 0; w < 3; ++w)
        threads.emplace_back([&, w] {
            auto worker = make_worker("w" + std::to_string(w));
            while (!worker->run_once().has_value()) {
            }
        });
    for (auto& thread : threads)
        thread.join();
    // Who found no token yet has put its lines back for two seconds.
    clock.set(clock.now() + 3s);
    EXPECT_TRUE(make_worker("late")->run_once().has_value());
    EXPECT_EQ(platform.calls(token_path).size(), 1u);
    for (int i = 0; i < people; ++i)
        EXPECT_EQ(texts_on(platform.person("oRival" + std::to_string(i))).size(), 1u) << i;
    EXPECT_EQ(storage::outbox(*db, site.keys()).figures().value().at("sent"), people);
}

TEST_P(Outbox, ALongTextArrivesInPiecesAndNothingOfItIsLost)
{
    auto& phone = phone_of("oOne");
    std::string text;
    for (int i = 0; i < 300; ++i)
        text += "第" + std::to_string(i) + "句。";
    turn("oOne", {dialogs::send_later{clock.now(), "staff", "", text}});
    EXPECT_EQ(make_worker()->run_once().value().sent, 1);
    const auto got = texts_on(phone);
    EXPECT_GT(got.size(), 1u);
    std::string whole;
    for (const auto& each : got)
        whole += each;
    EXPECT_EQ(whole, text);
}

INSTANTIATE_TEST_SUITE_P(
    Engines, Outbox, testing::ValuesIn(engines_here()), [](const auto& info) { return name_of(info.param); }
);

}  // namespace
}  // namespace testing_support
