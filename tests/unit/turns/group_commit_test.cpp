// Who shares a transaction with whom, on a real SQLite database.

#include "bot/app/service.hpp"
#include "bot/turns/group_commit.hpp"
#include "storage/migrations.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <numeric>

namespace bot::turns {
namespace {

using namespace std::chrono_literals;

class GroupCommit : public testing::Test {
protected:
    GroupCommit()
        : path_(std::filesystem::temp_directory_path() / ("hejie_commits_" + std::to_string(::getpid())))
    {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
        database_ = app::open_database("sqlite:" + (path_ / "t.db").string());
        EXPECT_TRUE(storage::migrate(**database_->connect()).has_value());
    }
    ~GroupCommit() override { std::filesystem::remove_all(path_); }

    void start(group_commit::options chosen)
    {
        commits_ = std::make_unique<group_commit>(
            *database_, keys_, chosen, counters_, [this](group_commit::finished done) { take(std::move(done)); }
        );
    }

    // The next citizen's first turn.
    void submit(std::size_t turns = 1)
    {
        for (; turns > 0; --turns) {
            storage::turn_append turn;
            turn.who = {bot::citizen_id{++citizen_}, keys_.make_data_key()};
            turn.first_seen = storage::address{"main", "o" + std::to_string(citizen_)};
            turn.turn_no = 1;
            turn.key = keys_.hash("delivery", std::to_string(citizen_));
            commits_->submit({std::move(turn), nullptr});
        }
    }

    std::vector<std::size_t> await(std::size_t turns)
    {
        std::unique_lock lock(mutex_);
        ended_.wait(lock, [&] { return turns_ >= turns; });
        return batches_;
    }

    // Keeps the first writer busy until the lock is given back.
    struct write_lock {
        explicit write_lock(storage::sql::database& of) : db(of.connect().value())
        {
            db->execute(db->begin_write());
        }
        ~write_lock() { db->execute("ROLLBACK"); }
        std::unique_ptr<storage::sql::connection> db;
    };

    std::filesystem::path path_;
    storage::keyring keys_{std::array<std::uint8_t, 32>{1, 2, 3}};
    std::unique_ptr<storage::sql::database> database_;
    metrics counters_;
    std::unique_ptr<group_commit> commits_;

private:
    void take(group_commit::finished done)
    {
        for (const auto& one : done.outcomes) EXPECT_TRUE(one.result.has_value());
        {
            std::lock_guard lock(mutex_);
            batches_.push_back(done.outcomes.size());
            turns_ += done.outcomes.size();
        }
        ended_.notify_all();
    }

    std::int64_t citizen_ = 0;
    std::mutex mutex_;
    std::condition_variable ended_;
    std::vector<std::size_t> batches_;
    std::size_t turns_ = 0;
};

// With an hour's patience a writer that waited in vain would never end the test.
constexpr std::chrono::microseconds for_ever = 1h;

std::size_t sum(const std::vector<std::size_t>& batches)
{
    return std::accumulate(batches.begin(), batches.end(), std::size_t{0});
}

TEST_F(GroupCommit, WhoSpeaksAloneDoesNotWaitForCompany)
{
    start({.writers = 1, .gather = 8, .gather_for = for_ever});
    for (std::size_t i = 1; i <= 3; ++i) {
        submit();
        EXPECT_EQ(await(i).back(), 1u);
    }
}

TEST_F(GroupCommit, AfterCompanyTheWriterGathersItsBatch)
{
    // Should the writer take so much of a burst that the rest must wait for company, the test takes that long.
    start({.writers = 1, .gather = 4, .gather_for = 10s});
    std::vector<std::size_t> so_far;
    do {
        const write_lock lock(*database_);
        submit(6);
    } while ((so_far = await(sum(so_far) + 6)).back() == 1);
    submit(4);
    EXPECT_EQ(await(sum(so_far) + 4).back(), 4u);
}

TEST_F(GroupCommit, WhatIsGatheredWhenItStopsIsStored)
{
    start({.writers = 1, .gather = 100, .gather_for = for_ever});
    submit();
    await(1);
    {
        const write_lock lock(*database_);
        submit(3);
    }
    commits_.reset();
    auto db = database_->connect().value();
    auto& q = db->prepare("SELECT COUNT(*) FROM turn");
    q.query();
    ASSERT_TRUE(q.next());
    EXPECT_EQ(q.integer(0), 4);
}

TEST_F(GroupCommit, AWriterThatEmptiesTheQueueDoesNotEndTheOtherThatGathers)
{
    start({.writers = 2, .max_batch = 4, .help_above = 3, .gather = 1'000, .gather_for = 200us});
    std::size_t sent = 0;
    for (int round = 0; round < 200; ++round) {
        const std::size_t turns = 1 + static_cast<std::size_t>(round) % 7;
        submit(turns);
        sent += turns;
        if (round % 5 == 0) await(sent);
    }
    await(sent);
    submit();
    EXPECT_EQ(await(sent + 1).back(), 1u);
}

}  // namespace
}  // namespace bot::turns
