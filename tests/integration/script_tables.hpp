#pragma once
// What one turn of a conversation script has left in the tables, in the words of the scripts.

#include "storage/sql/connection.hpp"
#include "storage/turn_journal.hpp"
#include "tests/support/script.hpp"

#include <vector>

namespace testing_support {

// Everything but the filed case and the alert, which have tests of their own, and what was called off, of which the rows
// do not say by which turn. at: the time of the turn.
std::vector<test::expected_effect> effects_in_tables(
    storage::sql::connection& db, const storage::citizen& who, std::int32_t turn_no, bot::instant at
);
// Whether the tables know effects of this name by their turn.
bool in_tables(std::string_view effect);

}  // namespace testing_support
