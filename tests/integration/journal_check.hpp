#pragma once
// What must be true of a citizen's journal, whatever happened to the servers (architecture §3, invariants 1 to 3).

#include "dialogs/engine/engine.hpp"
#include "tests/integration/citizen_client.hpp"
#include "tests/integration/test_site.hpp"

#include <string>
#include <vector>

namespace testing_support {

struct journal_figures {
    int turns = 0;
    int cases = 0;  // filed by these turns
};

// Checks for one citizen, with EXPECT:
//   every answered message has exactly one turn, and its stored replies are what the citizen was answered;
//   turn numbers run from 1 without gap; no delivery has two turns; nothing is there that was not sent;
//   each turn, stepped again from the state before it, gives the stored state and replies;
//   the cases in the database are those that the turns filed, once each.
journal_figures expect_true_journal(
    const test_site& site, const dialogs::engine& engine, const citizen_client& citizen
);

// The engine with the embedded flows.
const dialogs::engine& embedded_engine();

}  // namespace testing_support
