#include "dialogs/understanding/safety_memory.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <vector>

namespace {

using dialogs::crisis_level;
using dialogs::remember;
using dialogs::safety_memory;
using dialogs::screening;
using namespace std::chrono_literals;

const bot::instant start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};

screening of(crisis_level level)
{
    screening found;
    found.level = level;
    if (level > crisis_level::c0)
        found.reasons = {"some.rule"};
    return found;
}

// The levels after each of these turns, a minute apart.
std::vector<crisis_level> levels_after(const std::vector<crisis_level>& turns, std::chrono::minutes apart = 1min)
{
    std::vector<crisis_level> all;
    safety_memory memory;
    auto now = start;
    for (const auto level : turns) {
        auto made = remember(std::move(memory), of(level), now);
        all.push_back(made.found.level);
        memory = std::move(made.after);
        now += apart;
    }
    return all;
}

constexpr auto c0 = crisis_level::c0, c1 = crisis_level::c1, c2 = crisis_level::c2, c3 = crisis_level::c3;

TEST(SafetyMemory, ThreeMildSignsAddUp)
{
    EXPECT_EQ(levels_after({c1, c1, c1}), (std::vector{c1, c1, c2}));
    EXPECT_EQ(levels_after({c1, c0, c0, c1, c0, c1}), (std::vector{c1, c0, c0, c1, c0, c2}));
}

TEST(SafetyMemory, SaysWhyAndKeepsWhatWasFound)
{
    auto memory = remember({}, of(c1), start).after;
    memory = remember(memory, of(c1), start).after;
    const auto made = remember(memory, of(c1), start);
    EXPECT_EQ(made.found.reasons, (std::vector<std::string>{"some.rule", "memory.mild_signs"}));
    EXPECT_EQ(made.after.back(), (dialogs::turn_sign{c2, start}));
}

TEST(SafetyMemory, AnAlertEndsTheCount)
{
    EXPECT_EQ(levels_after({c1, c1, c1, c1, c1, c1}), (std::vector{c1, c1, c2, c1, c1, c2}));
    EXPECT_EQ(levels_after({c1, c1, c3, c1, c1}), (std::vector{c1, c1, c3, c1, c1}));
}

TEST(SafetyMemory, ATurnWithoutASignIsNeverRaised)
{
    EXPECT_EQ(levels_after({c1, c1, c0}), (std::vector{c1, c1, c0}));
}

TEST(SafetyMemory, ForgetsAfterTenTurns)
{
    EXPECT_EQ(levels_after({c1, c1, c0, c0, c0, c0, c0, c0, c0, c1}).back(), c2);
    EXPECT_EQ(levels_after({c1, c1, c0, c0, c0, c0, c0, c0, c0, c0, c1}).back(), c1);
}

TEST(SafetyMemory, ForgetsAfterADay)
{
    EXPECT_EQ(levels_after({c1, c1, c1}, 12h).back(), c2);
    EXPECT_EQ(levels_after({c1, c1, c1}, 12h + 1min).back(), c1);
}

TEST(SafetyMemory, AClockThatWentBackCountsAsNow)
{
    const safety_memory ahead{{c1, start + 48h}, {c1, start + 48h}};
    const auto made = remember(ahead, of(c1), start);
    EXPECT_EQ(made.found.level, c2);
    for (const auto& turn : made.after)
        EXPECT_LE(turn.at, start);
}

RC_GTEST_PROP(SafetyMemoryProperty, NeverLowersAndStaysSmall, ())
{
    safety_memory memory;
    auto now = start;
    const auto turns = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5));
    for (const int turn : turns) {
        const auto level = static_cast<crisis_level>(turn);
        auto made = remember(std::move(memory), of(level), now);
        RC_ASSERT(made.found.level >= level);
        RC_ASSERT(made.found.level == level || (level == c1 && made.found.level == c2));
        RC_ASSERT(made.after.size() <= 10U);
        memory = std::move(made.after);
        now += std::chrono::minutes{*rc::gen::inRange(0, 600)};
    }
}

}  // namespace
