#pragma once
// dialogs/lexicon/phrasing.yaml: what a language model is told, and what must not go out or come back.

#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

struct phrasing_table {
    std::string system, question, article, label;
    std::vector<std::string> name_leads, road_ends, number_ends, never;
    std::string plates;
    std::string name_word, number_word, address_word, plate_word, code_word;
};

// Throws flow_error ("file:line: what is wrong").
phrasing_table read_phrasing(std::string_view path, std::string_view yaml);
// As the build embedded it.
phrasing_table embedded_phrasing();

}  // namespace dialogs
