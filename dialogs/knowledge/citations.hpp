#pragma once
// Articles that a text names: "民法典第一千零七十九条", "劳动合同法38、46条", "《民诉法》第六十七条第一款和第68条".

#include "dialogs/knowledge/article_number.hpp"
#include "dialogs/knowledge/law_names.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace dialogs {

struct citation {
    std::uint32_t group = 0;  // of the law
    article_number number;

    bool operator==(const citation&) const = default;
};

// In the order of the text, each once.
std::vector<citation> find_citations(std::string_view text, const law_names& names);

}  // namespace dialogs
