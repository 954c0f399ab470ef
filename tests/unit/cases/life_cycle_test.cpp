#include "cases/dispute_type.hpp"
#include "cases/life_cycle.hpp"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <utility>

namespace {

using cases::case_state;

constexpr int state_count = 18;

case_state nth(int i)
{
    return static_cast<case_state>(i);
}

// The table of the domain reference §6 as text: a state, then what it may become.
constexpr std::string_view table =
    "draft submitted\n"
    "submitted accepted declined need_more closed_withdrawn transferred\n"
    "need_more submitted declined closed_withdrawn transferred\n"
    "declined\n"
    "accepted awaiting_consent assigned closed_withdrawn transferred\n"
    "awaiting_consent closed_failed assigned closed_withdrawn transferred\n"
    "assigned in_hand closed_withdrawn transferred\n"
    "in_hand scheduled closed_withdrawn transferred\n"
    "scheduled mediating closed_withdrawn transferred\n"
    "mediating suspended agreed closed_failed closed_withdrawn transferred\n"
    "suspended mediating closed_withdrawn transferred\n"
    "agreed performing closed_withdrawn transferred\n"
    "performing closed_success performing closed_withdrawn transferred\n"
    "closed_success archived mediating\n"
    "closed_failed archived\n"
    "closed_withdrawn archived\n"
    "transferred\n"
    "archived\n";

TEST(LifeCycle, HasExactlyTheTransitionsOfTheTable)
{
    std::set<std::pair<std::string, std::string>> expected;
    std::istringstream lines{std::string{table}};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words{line};
        std::string from;
        words >> from;
        for (std::string to; words >> to;)
            expected.emplace(from, to);
    }
    for (int from = 0; from < state_count; ++from) {
        for (int to = 0; to < state_count; ++to) {
            const std::pair names{std::string{to_string(nth(from))}, std::string{to_string(nth(to))}};
            EXPECT_EQ(may_become(nth(from), nth(to)), expected.contains(names)) << names.first << " -> " << names.second;
        }
    }
}

TEST(LifeCycle, NamesReadBack)
{
    std::set<std::string_view> seen;
    for (int i = 0; i < state_count; ++i) {
        EXPECT_EQ(cases::parse_case_state(to_string(nth(i))), nth(i));
        seen.insert(to_string(nth(i)));
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(state_count));
    EXPECT_EQ(cases::parse_case_state("Submitted"), std::nullopt);
    EXPECT_EQ(cases::parse_case_state(""), std::nullopt);
}

TEST(LifeCycle, OnlyOpenCasesCanBeWithdrawn)
{
    for (int i = 0; i < state_count; ++i)
        EXPECT_EQ(may_become(nth(i), case_state::closed_withdrawn), is_open(nth(i))) << to_string(nth(i));
    EXPECT_FALSE(is_open(case_state::draft));
    EXPECT_TRUE(is_open(case_state::suspended));
    EXPECT_FALSE(is_open(case_state::transferred));
}

TEST(DisputeType, KnowsItsEighteenIdsOnly)
{
    const std::set<std::string_view> all(cases::dispute_types.begin(), cases::dispute_types.end());
    EXPECT_EQ(all.size(), 18U);
    for (const auto id : all)
        EXPECT_TRUE(cases::is_dispute_type(id)) << id;
    EXPECT_FALSE(cases::is_dispute_type("divorce"));
    EXPECT_FALSE(cases::is_dispute_type(""));
    EXPECT_FALSE(cases::is_dispute_type("Medical"));
}

}  // namespace
