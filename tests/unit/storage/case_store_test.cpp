#include "storage/case_store.hpp"

#include "tests/unit/storage/engines.hpp"
#include "tests/unit/storage/samples.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace storage {
namespace {

using namespace std::chrono_literals;

class Cases : public engine_test {
protected:
    void SetUp() override
    {
        engine_test::SetUp();
        if (IsSkipped()) return;
        db_ = connect_migrated();
        store_.emplace(*db_, keys_);
    }

    void file(std::vector<dialogs::file_case> filed)
    {
        turn_journal journal(*db_, keys_);
        std::vector<turn_append> turns;
        for (auto& each : filed) {
            turns.push_back(make_turn({bot::citizen_id{each.id.value}, keys_.make_data_key()}, 1));
            turns.back().effects.push_back(std::move(each));
        }
        const auto got = journal.append(turns).value();
        ASSERT_EQ(std::ranges::count(got, append_outcome::stored), static_cast<std::ptrdiff_t>(turns.size()));
    }

    std::vector<std::string> listed(const queue_filter& filter, bot::instant now = now_)
    {
        std::vector<std::string> out;
        for (const auto& entry : store_->list(filter, now).value()) out.push_back(entry.code);
        return out;
    }

    static constexpr bot::instant now_{std::chrono::milliseconds(noon_ms)};
    std::unique_ptr<sql::connection> db_;
    std::optional<case_store> store_;
};

HEJIE_BOTH_ENGINES(Cases);

void expect_same_party(const dialogs::party& got, const dialogs::party& want)
{
    EXPECT_EQ(got.name, want.name);
    EXPECT_EQ(got.phone, want.phone);
    EXPECT_EQ(got.address, want.address);
    EXPECT_EQ(got.description, want.description);
}

void expect_same(const dialogs::file_case& got, const dialogs::file_case& want)
{
    EXPECT_EQ(got.id, want.id);
    EXPECT_EQ(got.code, want.code);
    EXPECT_EQ(got.submitted_at, want.submitted_at);
    EXPECT_EQ(got.accept_by, want.accept_by);
    EXPECT_EQ(got.dispute_type, want.dispute_type);
    EXPECT_EQ(got.unit, want.unit);
    expect_same_party(got.applicant, want.applicant);
    expect_same_party(got.respondent, want.respondent);
    EXPECT_EQ(got.narrative, want.narrative);
    EXPECT_EQ(got.occurred, want.occurred);
    EXPECT_EQ(got.place, want.place);
    EXPECT_EQ(got.requests, want.requests);
    EXPECT_EQ(got.amount_fen, want.amount_fen);
    EXPECT_EQ(got.other_body, want.other_body);
    EXPECT_EQ(got.acting_for, want.acting_for);
    EXPECT_EQ(got.minor, want.minor);
    ASSERT_EQ(got.evidence.size(), want.evidence.size());
    for (std::size_t i = 0; i < want.evidence.size(); ++i) {
        EXPECT_EQ(got.evidence[i].kind, want.evidence[i].kind);
        EXPECT_EQ(got.evidence[i].media_id, want.evidence[i].media_id);
        EXPECT_EQ(got.evidence[i].received_at, want.evidence[i].received_at);
    }
}

TEST_P(Cases, ShowsEveryFieldAsFiled)
{
    file({make_case(7, "HJ-7")});
    const case_record record = store_->show("HJ-7").value();
    expect_same(record.filed, make_case(7, "HJ-7"));
    EXPECT_EQ(record.citizen.value, 7);
    EXPECT_EQ(record.entry.state, "submitted");
    EXPECT_EQ(record.entry.owner, "");
    EXPECT_EQ(record.entry.token, 0);
    EXPECT_FALSE(record.entry.lease_until);
}

TEST_P(Cases, ShowsTheSparsestCaseAsFiled)
{
    dialogs::file_case bare;
    bare.id = bot::case_id{8};
    bare.code = "HJ-8";
    bare.submitted_at = now_;
    file({bare});
    expect_same(store_->show("HJ-8").value().filed, bare);
    EXPECT_EQ(number(*db_, "SELECT COUNT(*) FROM dispute_case WHERE applicant_phone_hash IS NULL"), 1);
}

TEST_P(Cases, ShowsAMebibyteOfNarrative)
{
    auto filed = make_case(9, "HJ-9");
    filed.narrative.assign(1 << 20, 'n');
    filed.respondent.description.assign(100'000, 'd');
    file({filed});
    EXPECT_TRUE(store_->show("HJ-9").value().filed.narrative == filed.narrative);
}

TEST_P(Cases, FindsByTheHashOfThePhone)
{
    file({make_case(1, "A"), make_case(2, "B")});
    auto& q = db_->prepare("SELECT COUNT(*) FROM dispute_case WHERE applicant_phone_hash = ?");
    const short_hash hash = keys_.hash("phone", "13800000001");
    q.bind_bytes(0, {reinterpret_cast<const char*>(hash.data()), hash.size()});
    q.query();
    ASSERT_TRUE(q.next());
    EXPECT_EQ(q.integer(0), 2);
}

TEST_P(Cases, ShowsNothingForUnknownCodesAndErasedPersons)
{
    EXPECT_EQ(store_->show("nobody").error(), bot::errc::not_found);
    EXPECT_EQ(store_->show("' OR 1=1 --").error(), bot::errc::not_found);
    file({make_case(1, "A")});
    EXPECT_EQ(store_->show("a").error(), bot::errc::not_found) << "codes are compared by bytes";
    db_->execute("UPDATE citizen SET wrapped_key = NULL");
    EXPECT_EQ(store_->show("A").error(), bot::errc::bad_key);
    EXPECT_EQ(listed({}).size(), 1u) << "the queue needs no key";
}

TEST_P(Cases, RefusesFieldsMovedBetweenCases)
{
    file({make_case(1, "A"), make_case(2, "B")});
    db_->execute(
        is_mysql() ? "UPDATE dispute_case a JOIN dispute_case b ON b.id = 2 SET a.narrative = b.narrative "
                     "WHERE a.id = 1"
                   : "UPDATE dispute_case SET narrative = (SELECT narrative FROM dispute_case WHERE id = 2) "
                     "WHERE id = 1"
    );
    EXPECT_EQ(store_->show("A").error(), bot::errc::bad_key);
    EXPECT_TRUE(store_->show("B"));
    db_->execute("UPDATE dispute_case SET applicant_name = respondent_name WHERE id = 2");
    EXPECT_EQ(store_->show("B").error(), bot::errc::bad_key);
}

TEST_P(Cases, ListsByDeadlineThenAge)
{
    const auto with =
        [](std::int64_t id, const char* code, std::int64_t submitted, std::optional<std::int64_t> due) {
            auto filed = make_case(id, code);
            filed.submitted_at = at_ms(submitted);
            filed.accept_by = due ? std::optional(at_ms(*due)) : std::nullopt;
            filed.unit = id % 2 ? "odd" : "even";
            return filed;
        };
    file(
        {with(1, "late", 10, 9000),
         with(2, "soon", 20, 5000),
         with(3, "none", 6000, {}),
         with(4, "same-young", 12, 9000),
         with(5, "same-old", 5, 9000)}
    );
    EXPECT_EQ(listed({}), (std::vector<std::string>{"soon", "none", "same-old", "late", "same-young"}));
    EXPECT_EQ(listed({.unit = "odd"}), (std::vector<std::string>{"none", "same-old", "late"}));
    EXPECT_EQ(listed({.limit = 2}), (std::vector<std::string>{"soon", "none"}));
    EXPECT_EQ(listed({.unit = "' OR '1'='1"}), (std::vector<std::string>{}));
    EXPECT_EQ(listed({.limit = 0}), (std::vector<std::string>{}));
}

TEST_P(Cases, ALiveLeaseKeepsOthersOut)
{
    file({make_case(1, "A")});
    const claim mine = store_->claim_case("A", "wang", now_, 600s).value();
    EXPECT_EQ(mine.code, "A");
    EXPECT_EQ(mine.id.value, 1);
    EXPECT_EQ(mine.token, 1);
    EXPECT_EQ(mine.lease_until, now_ + 600s);
    EXPECT_EQ(store_->claim_case("A", "li", now_ + 599s, 600s).error(), bot::errc::conflict);
    EXPECT_EQ(store_->claim_case("", "li", now_ + 599s, 600s).error(), bot::errc::not_found);
    EXPECT_EQ(store_->claim_case("B", "li", now_, 600s).error(), bot::errc::not_found);
    EXPECT_EQ(listed({.free_only = true}), (std::vector<std::string>{}));
    const auto entry = store_->list({}, now_).value().at(0);
    EXPECT_EQ(entry.owner, "wang");
    EXPECT_EQ(entry.token, 1);
    EXPECT_EQ(entry.lease_until, now_ + 600s);
}

TEST_P(Cases, ClaimingAgainRenewsUnderANewToken)
{
    file({make_case(1, "A")});
    EXPECT_EQ(store_->claim_case("A", "wang", now_, 600s).value().token, 1);
    const claim renewed = store_->claim_case("A", "wang", now_ + 300s, 600s).value();
    EXPECT_EQ(renewed.token, 2);
    EXPECT_EQ(renewed.lease_until, now_ + 900s);
    EXPECT_EQ(store_->release("A", 1).error(), bot::errc::conflict) << "the older token is dead";
}

TEST_P(Cases, AnExpiredLeaseGoesToTheNextWithAHigherToken)
{
    file({make_case(1, "A")});
    const claim first = store_->claim_case("", "wang", now_, 600s).value();
    EXPECT_EQ(listed({.free_only = true}, now_ + 601s), (std::vector<std::string>{"A"}));
    const claim second = store_->claim_case("", "li", now_ + 601s, 600s).value();
    EXPECT_GT(second.token, first.token);
    EXPECT_EQ(store_->release("A", first.token).error(), bot::errc::conflict);
    EXPECT_EQ(store_->show("A").value().entry.owner, "li") << "the stale release changed nothing";
}

TEST_P(Cases, AReleasedCaseIsFreeAgain)
{
    file({make_case(1, "A")});
    const claim first = store_->claim_case("A", "wang", now_, 600s).value();
    EXPECT_TRUE(store_->release("A", first.token));
    EXPECT_TRUE(store_->release("A", first.token)) << "repeating a release is harmless";
    EXPECT_EQ(store_->claim_case("A", "li", now_, 600s).value().token, 2);
    EXPECT_EQ(store_->release("A", first.token).error(), bot::errc::conflict)
        << "but not once somebody else holds it";
    EXPECT_EQ(store_->release("nobody", 1).error(), bot::errc::not_found);
}

TEST_P(Cases, AClaimOfUnknownOutcomeIsLookedUp)
{
    file({make_case(1, "A"), make_case(2, "B")});
    hooked_connection hooked(connect());
    case_store store(hooked, keys_);
    const auto lose = [] { throw sql::failure(sql::fault::unknown, 2013, "lost"); };
    hooked.after_commit = lose;
    EXPECT_EQ(store.claim_case("A", "wang", now_, 600s).value().token, 1) << "it was stored";
    hooked.after_commit = [] {};
    hooked.before_commit = lose;
    EXPECT_EQ(store.claim_case("B", "wang", now_, 600s).error(), bot::errc::storage_down) << "it was not";
    EXPECT_EQ(store_->show("B").value().entry.owner, "");
}

TEST_P(Cases, ManyClaimersGetEachCaseOnce)
{
    constexpr int cases = 400, claimers = 8;
    std::vector<dialogs::file_case> filed;
    for (int i = 1; i <= cases; ++i) filed.push_back(make_case(i, "HJ-" + std::to_string(i)));
    file(std::move(filed));

    std::mutex guard;
    std::map<std::string, int> claimed;
    std::vector<std::thread> running;
    for (int c = 0; c < claimers; ++c)
        running.emplace_back([&, c] {
            auto mine = connect();
            case_store store(*mine, keys_);
            const std::string me = "mediator-" + std::to_string(c);
            for (;;) {
                const auto got = store.claim_case("", me, now_, 600s);
                if (!got && got.error() == bot::errc::not_found) return;
                if (!got) continue;  // lost every race of this call
                EXPECT_EQ(got->token, 1);
                const std::lock_guard lock(guard);
                ++claimed[got->code];
            }
        });
    for (auto& thread : running) thread.join();
    EXPECT_EQ(claimed.size(), std::size_t{cases});
    for (const auto& [code, times] : claimed) EXPECT_EQ(times, 1) << code;
}

TEST_P(Cases, OneCaseIsWonByOneOfMany)
{
    std::vector<dialogs::file_case> filed;
    for (int i = 1; i <= 30; ++i) filed.push_back(make_case(i, "HJ-" + std::to_string(i)));
    file(std::move(filed));
    std::atomic<int> wins{0};
    std::vector<std::thread> running;
    for (int c = 0; c < 4; ++c)
        running.emplace_back([&, c] {
            auto mine = connect();
            case_store store(*mine, keys_);
            for (int i = 1; i <= 30; ++i) {
                const auto got =
                    store.claim_case("HJ-" + std::to_string(i), "m" + std::to_string(c), now_, 600s);
                if (got)
                    ++wins;
                else
                    EXPECT_EQ(got.error(), bot::errc::conflict);
            }
        });
    for (auto& thread : running) thread.join();
    EXPECT_EQ(wins, 30);
}

TEST_P(Cases, TellsACitizenTheirCasesNewestFirst)
{
    const citizen who{bot::citizen_id{5}, keys_.make_data_key()};
    turn_journal journal(*db_, keys_);
    auto turn = make_turn(who, 1);
    turn.effects = {make_case(1, "old"), make_case(2, "new")};
    ASSERT_EQ(journal.append(std::vector{turn}).value().at(0), append_outcome::stored);
    file({make_case(3, "somebody else's")});
    ASSERT_TRUE(store_->claim_case("old", "wang", now_ + 1s, 600s));

    const auto views = store_->cases_of(who.id, now_ + 2s).value();
    ASSERT_EQ(views.size(), 2u);
    EXPECT_EQ(views[0].code, "new");
    EXPECT_FALSE(views[0].claimed);
    EXPECT_FALSE(views[0].claimed_at);
    EXPECT_EQ(views[1].code, "old");
    EXPECT_EQ(views[1].state, "submitted");
    EXPECT_EQ(views[1].dispute_type, "migrant_wage_arrears");
    EXPECT_EQ(views[1].unit, "330302001");
    EXPECT_EQ(views[1].submitted_at, make_case(1, "").submitted_at);
    EXPECT_EQ(views[1].accept_by, make_case(1, "").accept_by);
    EXPECT_TRUE(views[1].claimed);
    EXPECT_EQ(views[1].claimed_at, now_ + 1s);
    EXPECT_FALSE(store_->cases_of(who.id, now_ + 602s).value()[1].claimed) << "the lease has run out";
    EXPECT_TRUE(store_->cases_of(bot::citizen_id{99}, now_).value().empty());
}

}  // namespace
}  // namespace storage
