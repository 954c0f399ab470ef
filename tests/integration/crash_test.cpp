// SIGKILL at random moments under load: no answered turn is lost, none is doubled, replies stay what they were.
// HEJIE_CRASH_KILLS sets the number of kills of each engine (default 200), HEJIE_CRASH_SEED the random seed.

#include "tests/integration/filing_script.hpp"
#include "tests/integration/journal_check.hpp"
#include "tests/integration/server_process.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <random>

namespace testing_support {
namespace {

constexpr int citizens_at_once = 12;

int number_from(const char* variable, int otherwise)
{
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::atoi(text);
}

// The server that is killed and started again on the same port; clients find it there.
class mortal_server {
public:
    explicit mortal_server(const test_site& site) : site_(site), process_(start(0)) {}
    std::uint16_t port() const { return process_->port(); }

    void kill_and_start()
    {
        const auto port = process_->port();
        process_->kill();
        process_ = start(port);
    }
    int stop() { return process_->stop(); }

private:
    std::unique_ptr<server_process> start(std::uint16_t port) const
    {
        return std::make_unique<server_process>(site_.serve_arguments(port));
    }
    const test_site& site_;
    std::unique_ptr<server_process> process_;
};

// Citizens that file one dispute after another until told to stop; each talks to the end of its message.
class load {
public:
    load(const test_site& site, std::uint16_t port, const std::vector<std::string>& lines)
    {
        for (int i = 0; i < citizens_at_once; ++i)
            threads_.emplace_back([this, &site, port, &lines, i] { talk(site, port, lines, i); });
    }
    void wait_for_answers(int more)
    {
        std::unique_lock lock(mutex_);
        const int until = answered_ + more;
        changed_.wait(lock, [&] { return answered_ >= until; });
    }
    std::vector<std::unique_ptr<citizen_client>> finish()
    {
        stop_ = true;
        for (auto& thread : threads_)
            thread.join();
        return std::move(citizens_);
    }
    int answered() const { return answered_; }

private:
    void talk(const test_site& site, std::uint16_t port, const std::vector<std::string>& lines, int number)
    {
        for (int round = 0; !stop_; ++round) {
            const std::string id = "oCrash" + std::to_string(number) + "x" + std::to_string(round);
            auto citizen = std::make_unique<citizen_client>(site.account(), id, std::vector<std::uint16_t>{port});
            for (std::size_t at = 0; at < lines.size() && !stop_; ++at) {
                citizen->send(message_of(*citizen, lines[at]));
                std::lock_guard lock(mutex_);
                ++answered_;
                changed_.notify_all();
            }
            std::lock_guard lock(mutex_);
            citizens_.push_back(std::move(citizen));
        }
    }

    std::atomic<bool> stop_{false};
    std::mutex mutex_;
    std::condition_variable changed_;
    int answered_ = 0;
    std::vector<std::unique_ptr<citizen_client>> citizens_;
    std::vector<std::thread> threads_;
};

class Crash : public testing::TestWithParam<engine> {};

TEST_P(Crash, NoAnsweredTurnIsLostAndNoneIsDoubled)
{
    const int kills = number_from("HEJIE_CRASH_KILLS", 200);
    const int seed = number_from("HEJIE_CRASH_SEED", static_cast<int>(std::random_device{}() & 0xFFFFFF));
    RecordProperty("seed", seed);
    std::mt19937 random(static_cast<unsigned>(seed));
    const auto lines = filing_lines();
    ASSERT_GT(lines.size(), 8u);

    const test_site site(GetParam());
    mortal_server server(site);
    load under(site, server.port(), lines);
    for (int i = 0; i < kills; ++i) {
        // The moment is chosen by the work done and by a few microseconds of spinning, so that it falls anywhere.
        under.wait_for_answers(1 + static_cast<int>(random() % 60));
        const auto moment = std::chrono::steady_clock::now() + std::chrono::microseconds(random() % 3000);
        while (std::chrono::steady_clock::now() < moment) {
        }
        server.kill_and_start();
    }
    const auto citizens = under.finish();
    EXPECT_EQ(server.stop(), 0);

    journal_figures all;
    int answered = 0;
    int repeated = 0;
    for (const auto& citizen : citizens) {
        const auto figures = expect_true_journal(site, embedded_engine(), *citizen);
        all.turns += figures.turns;
        all.cases += figures.cases;
        for (const auto& message : citizen->sent()) {
            answered += message.clear_reply.empty() ? 0 : 1;
            repeated += message.attempts > 1 ? 1 : 0;
        }
    }
    EXPECT_GT(answered, kills);
    std::cout << name_of(GetParam()) << ": " << kills << " kills, seed " << seed << ", " << answered << " answered, "
              << repeated << " delivered more than once, " << all.turns << " turns, " << all.cases << " cases\n";
}

INSTANTIATE_TEST_SUITE_P(
    Engines, Crash, testing::ValuesIn(engines_here()), [](const auto& info) { return name_of(info.param); }
);

}  // namespace
}  // namespace testing_support
