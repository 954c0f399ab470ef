#pragma once
// Labelled texts as they come: JSON lines, or JSON lines with their labels in a table apart, because the texts may not
// stand where the labels do.
//
//   dispute   {"text","type":"PK"}           working codes, the likelier first; or {"id","q"} and a table: id type section
//   section   {"text","section":7}           the number or the name; or the same table
//   intent    {"text","intent":"ask_law"}
//   risk      {"text","high":true}; {"text","level":"C3"} (C2 and above is high, V and A are left out);
//             or {"turns":[…]} and a table: line level; or any texts, when the source is said to be calm,
//             but for those whose intent is need_comfort
//   elements  {"s","labels":[…],"doc":7}

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs::learning {

struct row {
    std::string text;
    std::vector<std::string> labels;  // of risk: "high" or none
    std::int64_t group = 0;           // its id, document or line (of risk from 1 on): rows of one group are never on both sides of a split
    bool frozen() const { return group % 5 == 0; }
};

struct row_source {
    std::string_view path;    // for messages
    std::string_view lines;   // JSON lines
    std::string_view table;   // tab-separated labels, may be empty
    std::string_view table_path;
    bool calm = false;        // texts without labels, none of them high
};

// Throws std::runtime_error as "path:line: what is wrong". `sections`: the names that numbers stand for.
std::vector<row> read_rows(
    std::string_view task, const row_source& source, const std::vector<std::string>& sections
);

}  // namespace dialogs::learning
