#pragma once
// The commands about laws: import, search, show. Each gives the process's exit code and throws std::runtime_error for what
// main() prints in one sentence.

#include "cases/calendar.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace bot::app {

struct law_options {
    std::string index;  // folder of the library
    std::string name;
    std::string article;
    cases::date asof;
    int top = 100;
    bool json = false;
};
int law_search(const law_options& options, std::istream& in, std::ostream& out);
int law_show(const law_options& options, std::ostream& out);

struct import_options {
    std::vector<std::string> files;  // JSON lines or Markdown (.md), each also with .gz
    std::string into;                // folder of the library; made if missing
};
int import_laws(const import_options& options, std::ostream& out);
int import_consultations(const import_options& options, std::ostream& out);

// Adds `hejie law …` and `hejie import …`.
void add_law_commands(CLI::App& app, int& code);

}  // namespace bot::app
