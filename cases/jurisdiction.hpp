#pragma once
// One district, its streets and towns, their communities and former names (domain reference §11). Values only; the
// table is read from dialogs/lexicon/jurisdiction.yaml.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cases {

struct street {
    std::string code;  // 330302006
    std::string name;  // full name as printed
    std::vector<std::string> aliases;      // short names people say
    std::vector<std::string> communities;  // known community names; more are imported later
};

struct jurisdiction {
    std::string district_code;
    std::string district_name;
    std::vector<street> streets;
    std::vector<std::string> former_names;  // units merged away: known, but never resolved by guess
    std::vector<std::string> district_aliases;  // short names of the district
    // Words that make a road, a bridge or a gate of the short name before them: nothing is concluded from those.
    std::vector<std::string> landmark_words;
    std::vector<std::string> lookalikes;  // places elsewhere whose names contain one of ours
};

// What a text about a place says of the responsible street or town.
struct place_match {
    std::vector<const street*> streets;  // by longest name first; more than one: ask
    bool former_name = false;            // a merged-away unit was named: ask
    bool district_named = false;
};

place_match find_street(const jurisdiction& where, std::string_view text);
const street* street_by_code(const jurisdiction& where, std::string_view code);

// The unit a new case goes to: the street where the dispute arose, else the district (routing rule of §11).
std::string_view responsible_unit(const jurisdiction& where, const street* arose_in);

}  // namespace cases
