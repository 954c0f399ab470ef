#include "storage/turn_journal.hpp"

#include "tests/unit/storage/engines.hpp"
#include "tests/unit/storage/samples.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace storage {
namespace {

using enum append_outcome;
using outcomes = std::vector<append_outcome>;

class Journal : public engine_test {
protected:
    void SetUp() override
    {
        engine_test::SetUp();
        if (IsSkipped()) return;
        auto real = std::make_unique<hooked_connection>(connect_migrated());
        hooks_ = real.get();
        db_ = std::move(real);
        journal_.emplace(*db_, keys_);
    }

    citizen make_citizen(std::int64_t id) { return {bot::citizen_id{id}, keys_.make_data_key()}; }

    outcomes append(const std::vector<turn_append>& turns) { return journal_->append(turns).value(); }

    loaded load(std::int64_t citizen, const delivery_key& key = delivery(0))
    {
        return journal_->load(address_of(citizen), key).value();
    }

    std::int64_t count(const std::string& table) { return number(*db_, "SELECT COUNT(*) FROM " + table); }

    std::unique_ptr<sql::connection> db_;
    hooked_connection* hooks_ = nullptr;
    std::optional<turn_journal> journal_;
};

HEJIE_BOTH_ENGINES(Journal);

class ServerJournal : public Journal {};

HEJIE_ONLY_MYSQL(ServerJournal);

TEST_P(Journal, KnowsNobodyAtFirst)
{
    const loaded it = load(1);
    EXPECT_FALSE(it.head);
    EXPECT_FALSE(it.answered);
}

TEST_P(Journal, FindsTheNewestTurnAndTheStoredAnswer)
{
    const citizen who = make_citizen(1);
    EXPECT_EQ(append({make_turn(who, 1)}), outcomes{stored});
    EXPECT_EQ(append({make_turn(who, 2)}), outcomes{stored});
    EXPECT_EQ(append({make_turn(who, 3)}), outcomes{stored});

    const loaded fresh = load(1);
    ASSERT_TRUE(fresh.head);
    EXPECT_EQ(fresh.head->who.id, who.id);
    EXPECT_EQ(fresh.head->who.key.bytes(), who.key.bytes());
    EXPECT_EQ(fresh.head->turn_no, 3);
    EXPECT_EQ(fresh.head->state, make_turn(who, 3).state);
    EXPECT_FALSE(fresh.answered);

    const loaded repeated = load(1, make_turn(who, 2).key);
    ASSERT_TRUE(repeated.answered);
    EXPECT_EQ(repeated.head->turn_no, 3);
    EXPECT_EQ(repeated.answered->turn_no, 2);
    EXPECT_EQ(repeated.answered->at, make_turn(who, 2).at);
    EXPECT_EQ(repeated.answered->replies, make_turn(who, 2).replies);
}

TEST_P(Journal, KeepsAccountsAndPersonsApart)
{
    turn_append one = make_turn(make_citizen(1), 1);
    one.first_seen = address{"main", "x"};
    turn_append two = make_turn(make_citizen(2), 1);
    two.first_seen = address{"other", "x"};
    turn_append three = make_turn(make_citizen(3), 1);
    three.first_seen = address{"mai", std::string("n\0x", 3)};
    EXPECT_EQ(append({one, two, three}), (outcomes{stored, stored, stored}));
    EXPECT_EQ(journal_->load({"main", "x"}, {}).value().head->who.id.value, 1);
    EXPECT_EQ(journal_->load({"other", "x"}, {}).value().head->who.id.value, 2);
    EXPECT_FALSE(journal_->load({"ma", "inx"}, {}).value().head);
}

TEST_P(Journal, RoundTripsAnyContent)
{
    std::string every;
    for (int byte = 0; byte < 256; ++byte) every += static_cast<char>(byte);
    const citizen who = make_citizen(1);
    turn_append hostile = make_turn(who, 1);
    hostile.inbound = every;
    hostile.replies = "";
    hostile.state = "'); DROP TABLE turn; -- 和解😀";
    turn_append big = make_turn(who, 2);
    big.inbound = std::string(1 << 20, 'x');
    big.state = std::string(1 << 20, '\0');
    EXPECT_EQ(append({hostile}), outcomes{stored});
    EXPECT_EQ(append({big}), outcomes{stored});

    const auto rows = journal_->history(who).value();
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].turn_no, 1);
    EXPECT_EQ(rows[0].key, hostile.key);
    EXPECT_EQ(rows[0].at, hostile.at);
    EXPECT_EQ(rows[0].inbound, every);
    EXPECT_EQ(rows[0].replies, "");
    EXPECT_EQ(rows[0].state, hostile.state);
    EXPECT_TRUE(rows[1].inbound == big.inbound);
    EXPECT_TRUE(rows[1].state == big.state);
    EXPECT_EQ(load(1, hostile.key).answered->replies, "");
}

TEST_P(Journal, StoresBatchesOfAnySize)
{
    std::int64_t id = 0;
    std::int64_t total = 0;
    for (const int size : {1, 2, 7, 8, 9, 15, 16, 31, 63, 64, 65, 200}) {
        std::vector<turn_append> turns;
        for (int i = 0; i < size; ++i) turns.push_back(make_turn(make_citizen(++id), 1));
        EXPECT_EQ(append(turns), outcomes(turns.size(), stored));
        total += size;
        EXPECT_EQ(count("turn"), total);
    }
    EXPECT_EQ(count("citizen"), total);
    for (std::int64_t each = 1; each <= id; each += 37)
        EXPECT_EQ(load(each).head->state, make_turn({bot::citizen_id{each}, {}}, 1).state);
}

TEST_P(Journal, SplitsABatchThatIsTooBigForOnePacket)
{
    std::vector<turn_append> turns;
    for (std::int64_t id = 1; id <= 24; ++id) {
        turns.push_back(make_turn(make_citizen(id), 1));
        turns.back().state.assign(1 << 20, 's');
    }
    EXPECT_EQ(append(turns), outcomes(24, stored));
    EXPECT_EQ(load(24).head->state.size(), std::size_t{1} << 20);
}

TEST_P(Journal, AnEmptyBatchIsNothing)
{
    EXPECT_EQ(append({}), outcomes{});
}

TEST_P(Journal, LeavesOutOnlyTheTurnsInConflict)
{
    std::vector<citizen> people;
    std::vector<turn_append> first;
    for (std::int64_t id = 1; id <= 40; ++id) {
        people.push_back(make_citizen(id));
        first.push_back(make_turn(people.back(), 1));
    }
    EXPECT_EQ(append(first), outcomes(40, stored));

    std::vector<turn_append> second;
    outcomes expected(40, stored);
    for (std::size_t i = 0; i < 40; ++i) second.push_back(make_turn(people[i], 2));
    second[3].turn_no = 1;                // the number is taken, the delivery is new
    second[17].key = first[17].key;       // the delivery is known, the number is free
    second[25].who = make_citizen(1025);  // the address is known, the citizen's id is new
    second[25].turn_no = 1;
    second[25].first_seen = address_of(26);
    second[39].first_seen = address{"main", "somebody else"};  // the citizen's id is taken
    for (const std::size_t i : {3, 17, 25, 39}) expected[i] = conflict;
    EXPECT_EQ(append(second), expected);
    EXPECT_EQ(count("turn"), 40 + 36);
    EXPECT_EQ(count("citizen"), 40);
    for (const std::int64_t id : {4, 18, 26, 40}) EXPECT_EQ(load(id).head->turn_no, 1) << id;
    EXPECT_EQ(load(1).head->turn_no, 2);
}

TEST_P(Journal, RepeatingAnAppendIsAConflictAndChangesNothing)
{
    const citizen who = make_citizen(1);
    EXPECT_EQ(append({make_turn(who, 1)}), outcomes{stored});
    EXPECT_EQ(append({make_turn(who, 1)}), outcomes{conflict});
    EXPECT_EQ(count("turn"), 1);
}

TEST_P(Journal, AConflictInsideTheBatchStoresOneOfTheTwo)
{
    turn_append one = make_turn(make_citizen(1), 1);
    turn_append two = make_turn(make_citizen(2), 1);
    two.first_seen = one.first_seen;
    const turn_append three = make_turn(make_citizen(3), 1);
    const outcomes got = append({one, two, three});
    EXPECT_EQ(std::ranges::count(got, stored), 2);
    EXPECT_EQ(got[2], stored);
    EXPECT_EQ(count("citizen"), 2);
    EXPECT_EQ(count("turn"), 2);
}

TEST_P(Journal, EffectsAreStoredWithTheirTurnOrNotAtAll)
{
    turn_append one = make_turn(make_citizen(1), 1);
    one.effects = {
        dialogs::consent_given{"2026-01", at_ms(5)},
        make_case(901, "HJ-1"),
        dialogs::crisis_alert{"C3", {"r12", "r7"}, at_ms(6)},
        dialogs::consent_given{"2026-01", at_ms(7)}
    };
    turn_append two = make_turn(make_citizen(2), 1);
    two.effects = {make_case(902, "HJ-1")};  // the code is taken
    turn_append three = make_turn(make_citizen(3), 1);
    three.effects = {make_case(903, "HJ-3")};
    EXPECT_EQ(append({one, two, three}), (outcomes{stored, conflict, stored}));
    EXPECT_EQ(count("dispute_case"), 2);
    EXPECT_EQ(count("mediator_queue"), 2);
    EXPECT_EQ(count("case_evidence"), 4);
    EXPECT_EQ(count("consent WHERE citizen_id = 1 AND turn_no = 1 AND notice_version = '2026-01'"), 2);
    EXPECT_EQ(count("crisis_alert WHERE level = 'C3' AND acknowledged_at IS NULL"), 1);
    EXPECT_FALSE(load(2).head) << "nothing of the turn in conflict";
}

TEST_P(Journal, ALostAnswerToCommitIsLookedUp)
{
    const citizen who = make_citizen(1);
    int commits = 0;
    hooks_->after_commit = [&] {
        if (++commits == 1) throw sql::failure(sql::fault::unknown, 2013, "answer lost");
    };
    EXPECT_EQ(append({make_turn(who, 1), make_turn(make_citizen(2), 1)}), (outcomes{stored, stored}));
    EXPECT_EQ(count("turn"), 2);
    EXPECT_EQ(commits, 1) << "it was stored; nothing had to be repeated";
}

TEST_P(Journal, ALostCommitIsRepeated)
{
    int commits = 0;
    hooks_->before_commit = [&] {
        if (++commits == 1) throw sql::failure(sql::fault::unknown, 2013, "lost on the way");
    };
    EXPECT_EQ(
        append({make_turn(make_citizen(1), 1), make_turn(make_citizen(2), 1)}), (outcomes{stored, stored})
    );
    EXPECT_EQ(commits, 2);
    EXPECT_EQ(count("turn"), 2);
}

TEST_P(Journal, ALostCommitOfARivalsTurnIsAConflict)
{
    // Another replica stores the same turn (same delivery, same number) while our commit is lost.
    const citizen who = make_citizen(1);
    auto other = connect();
    turn_journal rival(*other, keys_);
    bool lost = false;
    hooks_->before_commit = [&] {
        if (std::exchange(lost, true)) return;
        hooks_->execute("ROLLBACK");
        EXPECT_EQ(rival.append(std::vector{make_turn(who, 1)}).value(), outcomes{stored});
        throw sql::failure(sql::fault::unknown, 2013, "lost on the way");
    };
    EXPECT_EQ(append({make_turn(who, 1), make_turn(make_citizen(2), 1)}), (outcomes{conflict, stored}));
    EXPECT_EQ(count("turn"), 2);
}

TEST_P(ServerJournal, SurvivesBeingKilledBeforeCommit)
{
    int kills = 0;
    hooks_->before_commit = [&] {
        if (++kills <= 2) kill(connection_id(*db_));
    };
    std::vector<turn_append> turns;
    for (std::int64_t id = 1; id <= 20; ++id) turns.push_back(make_turn(make_citizen(id), 1));
    // Twice in a row: the commit is lost, the repetition too; the answer must be true whatever it is.
    const auto got = journal_->append(turns);
    if (!got) {
        EXPECT_EQ(got.error(), bot::errc::storage_down);
        EXPECT_EQ(append(turns), outcomes(20, stored));
    } else {
        EXPECT_EQ(*got, outcomes(20, stored));
    }
    EXPECT_EQ(count("turn"), 20);
}

TEST_P(ServerJournal, CommitsKilledFromOutsideAtAnyMomentStayTruthful)
{
    std::atomic<std::int64_t> victim{0};
    std::jthread killer([&](std::stop_token over) {
        auto admin = connect();
        while (!over.stop_requested()) {
            const std::int64_t id = victim.exchange(0);
            if (id == 0) continue;
            try {
                admin->execute("KILL " + std::to_string(id));
            } catch (const sql::failure&) {
                // It had ended already.
            }
        }
    });
    // The kill arrives before, during or after the COMMIT, or even in the next round.
    hooks_->before_commit = [&] { victim = connection_id(*db_); };
    auto observer = connect();
    for (std::int64_t round = 1; round <= 60; ++round) {
        const std::vector turns{
            make_turn(make_citizen(2 * round - 1), 1), make_turn(make_citizen(2 * round), 1)
        };
        int unknown = 0;
        auto got = journal_->append(turns);
        for (; !got; got = journal_->append(turns))
            ++unknown;  // nothing is known: repeated, as the pipeline does
        // After such a repetition "conflict" is true too: an earlier commit had gone through.
        if (unknown == 0) EXPECT_EQ(*got, (outcomes{stored, stored}));
        EXPECT_EQ(number(*observer, "SELECT COUNT(*) FROM turn"), 2 * round);
    }
    EXPECT_EQ(number(*observer, "SELECT COUNT(DISTINCT citizen_id) FROM turn"), 120);
}

TEST_P(Journal, RivalsForOneCitizenMakeOneTurnEach)
{
    // Four writers give each citizen's next turn at once; exactly one wins each.
    constexpr int writers = 4, rounds = 25;
    std::vector<citizen> people;
    std::vector<turn_append> first;
    for (std::int64_t id = 1; id <= 10; ++id) {
        people.push_back(make_citizen(id));
        first.push_back(make_turn(people.back(), 1));
    }
    EXPECT_EQ(append(first), outcomes(10, stored));
    std::atomic<int> won{0};
    std::vector<std::thread> running;
    for (int w = 0; w < writers; ++w)
        running.emplace_back([&, w] {
            auto mine = connect();
            turn_journal journal(*mine, keys_);
            for (int round = 0; round < rounds; ++round) {
                std::vector<turn_append> turns;
                for (const citizen& who : people) {
                    turns.push_back(make_turn(who, round + 2));
                    turns.back().key =
                        delivery(static_cast<std::uint64_t>(w * 1'000'000 + round * 100 + who.id.value));
                }
                for (auto got = journal.append(turns);; got = journal.append(turns)) {
                    if (!got) continue;
                    won += static_cast<int>(std::ranges::count(*got, stored));
                    break;
                }
            }
        });
    for (auto& thread : running) thread.join();
    EXPECT_EQ(won, rounds * 10);
    EXPECT_EQ(count("turn"), 10 + rounds * 10);
    for (const citizen& who : people) EXPECT_EQ(load(who.id.value).head->turn_no, rounds + 1);
}

TEST_P(Journal, RefusesStolenAndMovedCiphertext)
{
    const citizen one = make_citizen(1), two = make_citizen(2);
    EXPECT_EQ(append({make_turn(one, 1), make_turn(two, 1)}), (outcomes{stored, stored}));
    EXPECT_EQ(append({make_turn(one, 2)}), outcomes{stored});

    db_->execute("UPDATE turn SET replies = inbound WHERE citizen_id = 1 AND turn_no = 1");
    EXPECT_EQ(journal_->history(one).error(), bot::errc::bad_key) << "another column of the same row";
    EXPECT_EQ(journal_->load(address_of(1), make_turn(one, 1).key).error(), bot::errc::bad_key);
    EXPECT_TRUE(journal_->load(address_of(1), delivery(0))) << "the newest row is untouched";

    auto& q = db_->prepare("UPDATE turn SET state = ? WHERE citizen_id = 1 AND turn_no = 2");
    std::string stolen;
    auto& read = db_->prepare("SELECT state FROM turn WHERE citizen_id = 1 AND turn_no = 1");
    read.query();
    ASSERT_TRUE(read.next());
    stolen = read.bytes(0);
    db_->end_reads();
    q.bind_bytes(0, stolen);
    q.execute();
    EXPECT_EQ(journal_->load(address_of(1), delivery(0)).error(), bot::errc::bad_key)
        << "an older state put back";
    EXPECT_EQ(journal_->history(citizen{one.id, two.key}).error(), bot::errc::bad_key)
        << "another citizen's key";
}

TEST_P(Journal, AnErasedPersonCannotBeRead)
{
    EXPECT_EQ(append({make_turn(make_citizen(1), 1)}), outcomes{stored});
    db_->execute("UPDATE citizen SET wrapped_key = NULL");
    EXPECT_EQ(journal_->load(address_of(1), delivery(0)).error(), bot::errc::bad_key);
}

TEST_P(Journal, AnotherMasterKeyFindsNobody)
{
    EXPECT_EQ(append({make_turn(make_citizen(1), 1)}), outcomes{stored});
    auto master = test_master();
    master[0] ^= 1;
    const keyring others(master);
    turn_journal journal(*db_, others);
    EXPECT_FALSE(journal.load(address_of(1), delivery(0)).value().head);
}

TEST_P(Journal, OtherConnectionsSeeWhatIsCommitted)
{
    auto other = connect();
    turn_journal reader(*other, keys_);
    const citizen who = make_citizen(1);
    for (std::int32_t n = 1; n <= 5; ++n) {
        EXPECT_EQ(append({make_turn(who, n)}), outcomes{stored});
        EXPECT_EQ(reader.load(address_of(1), delivery(0)).value().head->turn_no, n);
    }
}

TEST_P(Journal, WithoutASchemaItFailsAndSaysSo)
{
    auto empty = scratch_database::make(GetParam());
    auto db = sql::open_database(empty->url())->connect().value();
    turn_journal journal(*db, keys_);
    EXPECT_EQ(journal.load(address_of(1), {}).error(), bot::errc::storage_failed);
    EXPECT_EQ(journal.append(std::vector{make_turn(make_citizen(1), 1)}).error(), bot::errc::storage_failed);
}

}  // namespace
}  // namespace storage
