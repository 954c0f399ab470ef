#pragma once
// The mapping between the 20 working codes of the dispute-type classifier, the 18 national categories, the sections of
// legal-consultation sites and other systems' codes: lexicon/type_codes.yaml.

#include "dialogs/understanding/understanding.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dialogs {

struct working_code {
    std::string code;
    std::string name;
    std::vector<std::pair<std::string, double>> national;  // shares, together 1
    std::string section;
};

struct type_codes {
    std::vector<working_code> codes;
    std::vector<std::string> sections;
    std::map<std::string, std::string, std::less<>> city;  // by national category

    // Likeliest first. `hints`: how strongly the text's phrases speak for a category, by its id.
    std::vector<likely> to_national(
        const std::vector<likely>& by_code, const std::map<std::string, double, std::less<>>& hints
    ) const;
};

// Throws flow_error (engine.hpp) with all faults.
type_codes read_type_codes(std::string_view path, std::string_view yaml);

}  // namespace dialogs
