#include "tests/unit/dialogs/safety_corpus.hpp"

#include <boost/json.hpp>

#include <sstream>
#include <stdexcept>

std::vector<crisis_sentence> read_crisis_sentences(std::string_view json_lines)
{
    std::vector<crisis_sentence> all;
    std::istringstream lines{std::string{json_lines}};
    for (std::string line; std::getline(lines, line);) {
        const auto row = boost::json::parse(line).as_object();
        const auto text = [&](const char* key) { return std::string{row.at(key).as_string()}; };
        crisis_sentence one{text("text"), text("level"), text("who"), text("kind"), text("note")};
        if (one.level.size() != 2 || one.grade() < 0 || one.grade() > 4)
            throw std::runtime_error{"no level: " + line};
        all.push_back(std::move(one));
    }
    return all;
}
