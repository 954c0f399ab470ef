#pragma once
// The rows of what a turn brings about, beside the case and its queue line (case_rows). Written in the turn's
// transaction; where an effect depends on the world (a free place, an open case) its UPDATE says so, and a turn that
// finds it otherwise is a conflict: the pipeline steps it again with fresh facts.

#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"
#include "storage/turn_journal.hpp"

namespace storage {

// All effects of the turn, in their order. Throws sql::failure.
void insert_effect_rows(sql::connection& db, const keyring& keys, const turn_append& turn);

}  // namespace storage
