#pragma once
// The 18 national categories of people's-mediation statistics, in their order (domain reference §9). The string id is
// used everywhere; Chinese names and other systems' codes are data (dialogs/lexicon/dispute_types.yaml).

#include <array>
#include <optional>
#include <string_view>

namespace cases {

inline constexpr std::array<std::string_view, 18> dispute_types{
    "marriage_family",     "neighborhood",       "housing_homestead",  "contract",
    "production_business", "damages",            "forest_land",        "expropriation_demolition",
    "environmental_pollution", "migrant_wage_arrears", "other_labor",  "tourism",
    "ecommerce",           "other_consumer",     "medical",            "traffic_accident",
    "property_management", "other",
};

// True for one of the ids above.
bool is_dispute_type(std::string_view id);

}  // namespace cases
