#pragma once
// Writing the rows of effects: one statement being filled in, and what every effect's row knows of its turn.

#include "dialogs/effects.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

// The turn that an effect belongs to, and its place in it.
struct effect_site {
    sql::connection& db;
    const keyring& keys;
    std::int64_t citizen = 0;
    std::int32_t turn_no = 0;
    const data_key& key;
    std::int64_t nth = 0;
};

// Parameters are bound in the order of the calls. Texts must live until run(); what is sealed is kept here.
class row {
public:
    row(sql::connection& db, std::string_view statement) : q_(db.prepare(statement)) {}
    // Binds citizen, turn number and place in the turn first.
    row(const effect_site& at, std::string_view statement);

    row& number(std::int64_t value);
    row& time(bot::instant value);
    row& time(const std::optional<bot::instant>& value);
    row& text(std::string_view value);
    row& text_or_null(std::string_view value);  // empty: NULL
    row& bytes(std::string_view value);
    row& sealed(const data_key& key, std::string_view place, std::string_view clear);

    std::int64_t run() { return q_.execute(); }  // rows matched

private:
    sql::statement& q_;
    int at_ = 0;
    std::deque<std::string> kept_;
};

// Thrown when the world is not as the turn believed: the turn is a conflict and is stepped again.
[[noreturn]] void refuse_turn(const char* why);

// The evidence that came with the effect.
void insert_evidence(const effect_site& at, const std::vector<dialogs::evidence>& items);

// " IN ('submitted','accepted',…)": the states a case is under way in, and those it has ended in.
const std::string& open_states();
const std::string& ended_states();

}  // namespace storage
