#pragma once
// Which columns hold what a person wrote: for the copy that a person may ask for, and for erasing. A sealed column that
// is missing here is a fault that a test finds by comparing with the schema.

#include <span>
#include <string_view>

namespace storage {

struct personal_table {
    std::string_view name;
    std::string_view of;      // "citizen_id", "id" (of the citizen) or "case_id"
    std::string_view keys;    // whole numbers; the sealed columns' place is made of them
    std::string_view clear;   // whole numbers: shown as they are
    std::string_view words;   // texts in clear
    std::string_view sealed;  // blank-separated, like the others
};

std::span<const personal_table> personal_tables();

}  // namespace storage
