// When deliveries are refused: with made-up moments, no clock.

#include "bot/turns/admission.hpp"

#include <gtest/gtest.h>

namespace bot::turns {
namespace {

using namespace std::chrono_literals;

class Admission : public testing::Test {
protected:
    // A window in which this many turns end evenly, each after having waited so long.
    void window(std::size_t turns, std::chrono::milliseconds waited)
    {
        for (std::size_t i = 1; i <= turns; ++i) {
            const auto at = now_ + 200ms * i / turns;
            queue_.ended(at - waited, at);
        }
        now_ += 200ms;
    }

    admission queue_{{.always = 100, .at_most = 1'000, .target = 50ms, .window = 200ms}};
    admission::time_point now_{1h};
};

TEST_F(Admission, ABurstIsTakenUpToTheLastPlace)
{
    EXPECT_TRUE(queue_.admits(999));
    EXPECT_FALSE(queue_.admits(1'000));
}

TEST_F(Admission, AQueueThatEmptiesNowAndThenIsNotShortened)
{
    for (int i = 0; i < 10; ++i) {
        window(100, 400ms);
        window(1, 1ms);
        EXPECT_TRUE(queue_.admits(999)) << i;
    }
}

TEST_F(Admission, AStandingQueueIsShortenedToWhatIsAnsweredInTheTarget)
{
    window(2'000, 300ms);
    window(2'000, 300ms);
    EXPECT_TRUE(queue_.admits(450));
    EXPECT_FALSE(queue_.admits(550)) << "2,000 in 200 ms are 500 in 50 ms";
}

TEST_F(Admission, ASlowDatabaseStillGetsFullBatches)
{
    window(20, 300ms);
    window(20, 300ms);
    EXPECT_TRUE(queue_.admits(99));
    EXPECT_FALSE(queue_.admits(100));
}

TEST_F(Admission, KeptAtTheTargetItStillStands)
{
    window(2'000, 300ms);
    window(2'000, 300ms);
    for (int i = 0; i < 5; ++i) window(2'000, 45ms);
    EXPECT_FALSE(queue_.admits(999));
}

TEST_F(Admission, OnceEmptyItTakesEverythingAgain)
{
    window(2'000, 300ms);
    window(2'000, 300ms);
    window(1'000, 5ms);
    window(1'000, 5ms);
    EXPECT_TRUE(queue_.admits(999));
}

TEST_F(Admission, OneSlowTurnAloneRefusesNobody)
{
    window(1, 3s);
    window(1, 3s);
    EXPECT_TRUE(queue_.admits(50));
}

}  // namespace
}  // namespace bot::turns
