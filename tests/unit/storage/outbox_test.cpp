#include "storage/services/outbox.hpp"

#include "storage/services/platform_tokens.hpp"
#include "tests/unit/storage/service_test.hpp"

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

namespace storage {
namespace {

using namespace std::chrono_literals;
using enum append_outcome;

class Outbox : public service_test {
protected:
    static dialogs::send_later line(bot::instant due, const std::string& text, const std::string& kind = "psych_follow_up")
    {
        return {due, kind, "psych/1", text};
    }

    std::vector<outgoing> claim(bot::instant now, const std::string& owner = "w1", int limit = 20)
    {
        return outbox(*db_, keys_).claim({{"main"}, owner, now, 60s, limit}).value();
    }
};

HEJIE_BOTH_ENGINES(Outbox);

TEST_P(Outbox, GivesWhatIsDueOpenedAndOnce)
{
    ASSERT_EQ(turn(1, {line(noon + 1h, canary + "一"), line(noon + 3h, canary + "二")}), stored);
    EXPECT_TRUE(claim(noon).empty());
    const auto got = claim(noon + 1h);
    ASSERT_EQ(got.size(), 1u);
    EXPECT_EQ(got[0].text, canary + "一");
    EXPECT_EQ(got[0].person, address_of(1).person);
    EXPECT_EQ(got[0].account, "main");
    EXPECT_EQ(got[0].attempts, 1);
    EXPECT_EQ(got[0].due, noon + 1h);
    EXPECT_TRUE(claim(noon + 1h, "w2").empty()) << "under a lease";
    outbox lines(*db_, keys_);
    ASSERT_TRUE(lines.sent(got[0], noon + 1h));
    EXPECT_EQ(lines.sent(got[0], noon + 1h).error(), bot::errc::conflict);
    EXPECT_TRUE(claim(noon + 2h + 59min).empty());
    EXPECT_EQ(claim(noon + 3h).at(0).text, canary + "二");
    EXPECT_EQ(lines.figures().value().at("sent"), 1);
}

TEST_P(Outbox, ALeaseThatRunsOutGivesTheLineToAnotherAndFencesTheFirst)
{
    ASSERT_EQ(turn(1, {line(noon, canary)}), stored);
    const auto first = claim(noon).at(0);
    const auto second = claim(noon + 61s, "w2").at(0);
    EXPECT_EQ(second.attempts, 2) << "counted before sending";
    outbox lines(*db_, keys_);
    EXPECT_EQ(lines.sent(first, noon).error(), bot::errc::conflict);
    EXPECT_EQ(lines.failed(first, "x", noon).error(), bot::errc::conflict);
    EXPECT_EQ(lines.later(first, noon, "x").error(), bot::errc::conflict);
    EXPECT_TRUE(lines.sent(second, noon + 61s));
    EXPECT_EQ(count("person_queue"), 0);
}

TEST_P(Outbox, ALineIsTriedAgainLaterAndEndsWithAPerson)
{
    ASSERT_EQ(turn(1, {line(noon, canary)}), stored);
    outbox lines(*db_, keys_);
    ASSERT_TRUE(lines.later(claim(noon).at(0), noon + 30s, "no_answer"));
    EXPECT_TRUE(claim(noon + 29s).empty());
    ASSERT_TRUE(lines.later(claim(noon + 30s).at(0), noon + 30s, "no_token", false));
    const auto again = claim(noon + 30s).at(0);
    EXPECT_EQ(again.attempts, 2) << "without a token it was no attempt";
    ASSERT_TRUE(lines.failed(again, "window_closed", noon + 31s));
    EXPECT_EQ(text_of("SELECT reason FROM outbox WHERE state = 'failed'"), "window_closed");
    EXPECT_EQ(text_of("SELECT reason FROM person_queue WHERE state = 'waiting'"), "undelivered");
}

TEST_P(Outbox, AFailedLineMovesNobodyWhoWaitsOrIsHeld)
{
    ASSERT_EQ(turn(1, {dialogs::ask_for_person{"crisis", 2, noon}, line(noon, canary)}), stored);
    outbox lines(*db_, keys_);
    ASSERT_TRUE(lines.failed(claim(noon).at(0), "window_closed", noon));
    EXPECT_EQ(text_of("SELECT reason FROM person_queue"), "crisis");
    ASSERT_EQ(turn(1, {dialogs::owner_set{"bot", "", noon}, line(noon, canary)}), stored);
    ASSERT_TRUE(lines.failed(claim(noon).at(0), "window_closed", noon + 1h));
    EXPECT_EQ(text_of("SELECT reason FROM person_queue WHERE state = 'waiting'"), "undelivered");
    EXPECT_EQ(number(*db_, "SELECT since FROM person_queue"), noon_ms + 3'600'000);
}

TEST_P(Outbox, WhileAPersonHoldsTheConversationOnlyThatPersonSpeaks)
{
    ASSERT_EQ(turn(1, {line(noon, "bot"), dialogs::owner_set{"person", "wang", noon}}), stored);
    EXPECT_TRUE(claim(noon).empty());
    ASSERT_EQ(turn(1, {line(noon, "wang", "staff")}), stored);
    const auto got = claim(noon);
    ASSERT_EQ(got.size(), 1u);
    EXPECT_EQ(got[0].text, "wang");
    ASSERT_TRUE(outbox(*db_, keys_).sent(got[0], noon));
    ASSERT_EQ(turn(1, {dialogs::owner_set{"bot", "", noon}}), stored);
    EXPECT_EQ(claim(noon).at(0).text, "bot");
}

TEST_P(Outbox, LinesOfOnePersonKeepTheirOrderBetweenWorkers)
{
    ASSERT_EQ(turn(1, {line(noon, "1"), line(noon, "2")}), stored);
    ASSERT_EQ(turn(2, {line(noon, "3")}), stored);
    const auto got = claim(noon, "w1", 1);
    EXPECT_EQ(got.at(0).text, "1");
    const auto other = claim(noon, "w2");
    ASSERT_EQ(other.size(), 1u) << "the second waits for the first";
    EXPECT_EQ(other[0].text, "3");
}

TEST_P(Outbox, OtherAccountsAndTheErasedAreLeftOut)
{
    ASSERT_EQ(turn(1, {line(noon, canary)}), stored);
    outbox lines(*db_, keys_);
    EXPECT_TRUE(lines.claim({{"other", "third"}, "w1", noon, 60s, 20}).value().empty());
    EXPECT_TRUE(lines.claim({{}, "w1", noon, 60s, 20}).value().empty());
    db_->execute("UPDATE citizen SET wrapped_key = NULL");
    EXPECT_TRUE(claim(noon).empty());
    EXPECT_EQ(text_of("SELECT reason FROM outbox WHERE state = 'failed'"), "unreadable");
}

TEST_P(Outbox, RivalWorkersShareTheLines)
{
    constexpr int people = 40;
    for (std::int64_t id = 1; id <= people; ++id) ASSERT_EQ(turn(id, {line(noon, std::to_string(id))}), stored);
    std::mutex guard;
    std::multiset<std::string> said;
    std::vector<std::thread> threads;
    for (int w = 0; w < 4; ++w)
        threads.emplace_back([&, w] {
            auto mine = connect();
            outbox lines(*mine, keys_);
            for (;;) {
                auto got = lines.claim({{"main"}, "w" + std::to_string(w), noon, 60s, 5});
                if (!got) continue;
                if (got->empty()) return;
                for (const auto& each : *got) {
                    while (!lines.sent(each, noon)) {
                    }
                    std::lock_guard lock(guard);
                    said.insert(each.text);
                }
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(said.size(), static_cast<std::size_t>(people));
    for (const auto& text : said) EXPECT_EQ(said.count(text), 1u) << text;
    EXPECT_EQ(count("outbox WHERE state = 'sent'"), people);
}

class Tokens : public service_test {};

HEJIE_BOTH_ENGINES(Tokens);

TEST_P(Tokens, OneFetchesAndAllRead)
{
    platform_tokens tokens(*db_, keys_);
    EXPECT_FALSE(*tokens.read("main", noon));
    ASSERT_TRUE(tokens.take_lease("main", "w1", noon, 15s));
    EXPECT_EQ(tokens.take_lease("main", "w2", noon + 1s, 15s).error(), bot::errc::conflict);
    ASSERT_TRUE(tokens.take_lease("other", "w2", noon, 15s)) << "each account has its own";
    ASSERT_TRUE(tokens.store("main", "w1", canary, noon + 2h));
    const auto got = tokens.read("main", noon + 1h).value();
    ASSERT_TRUE(got);
    EXPECT_EQ(got->value, canary);
    EXPECT_EQ(got->expires_at, noon + 2h);
    EXPECT_FALSE(*tokens.read("main", noon + 2h));
    EXPECT_NE(text_of("SELECT token FROM platform_token WHERE account = 'main'"), canary);
}

TEST_P(Tokens, ALostFetcherIsReplacedAndCannotStoreAnyMore)
{
    platform_tokens tokens(*db_, keys_);
    ASSERT_TRUE(tokens.take_lease("main", "w1", noon, 15s));
    ASSERT_TRUE(tokens.take_lease("main", "w2", noon + 16s, 15s));
    EXPECT_EQ(tokens.store("main", "w1", "old", noon + 2h).error(), bot::errc::conflict);
    ASSERT_TRUE(tokens.store("main", "w2", "new", noon + 2h));
    EXPECT_EQ((*tokens.read("main", noon))->value, "new");
    EXPECT_EQ(tokens.take_lease("main", "w1", noon + 1min, 15s).error(), bot::errc::conflict) << "it is fetched";
}

TEST_P(Tokens, OnlyTheRefusedTokenIsMarkedStale)
{
    platform_tokens tokens(*db_, keys_);
    ASSERT_TRUE(tokens.take_lease("main", "w1", noon, 15s));
    ASSERT_TRUE(tokens.store("main", "w1", "first", noon + 2h));
    const auto first = **tokens.read("main", noon);
    ASSERT_TRUE(tokens.mark_stale("main", first.version));
    EXPECT_FALSE(*tokens.read("main", noon));
    ASSERT_TRUE(tokens.take_lease("main", "w1", noon, 15s));
    ASSERT_TRUE(tokens.store("main", "w1", "second", noon + 2h));
    ASSERT_TRUE(tokens.mark_stale("main", first.version)) << "late: another replica has fetched since";
    EXPECT_EQ((*tokens.read("main", noon))->value, "second");
}

}  // namespace
}  // namespace storage
