#pragma once
// How a filed case lies in its tables: written by the journal, read by the case store.

#include "dialogs/turn.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/sql/connection.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

// A text of a case that is stored sealed.
struct sealed_field {
    std::string_view column;
    std::string& (*of)(dialogs::file_case& filed);
};

// In the order of the columns.
const std::array<sealed_field, 14>& sealed_fields();

// A case ready for its row.
struct case_row {
    const dialogs::file_case* filed = nullptr;
    std::int64_t citizen = 0;
    std::int32_t turn_no = 0;
    std::optional<short_hash> phone_hash;
    std::array<std::string, 14> sealed;
    std::vector<std::string> media;  // of filed->evidence, sealed
};

case_row seal_case(
    const dialogs::file_case& filed,
    std::int64_t citizen,
    std::int32_t turn_no,
    const data_key& key,
    const keyring& keys
);

// dispute_case, case_evidence and mediator_queue. Throws sql::failure.
void insert_cases(sql::connection& db, const std::vector<case_row>& rows);

inline std::string_view as_bytes(const short_hash& hash)
{
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace storage
