#pragma once
// From data files to the book. Every fault of every file is found before anything is thrown.

#include "dialogs/engine/book.hpp"
#include "dialogs/engine/engine.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

struct fault_list {
    std::vector<std::string> faults;
    void add(std::string_view path, int line, std::string_view what);
};

// Throws flow_error.
book load_book(const std::vector<source_file>& files);

// load.cpp reads one flow file into the book; check.cpp looks at the whole afterwards.
void read_flow_file(book& into, const source_file& file, fault_list& faults);
void check_book(const book& whole, fault_list& faults);

}  // namespace dialogs
