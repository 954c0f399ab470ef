#pragma once
// Which articles answer a question, best first.

#include "dialogs/knowledge/law_index.hpp"

#include <string_view>
#include <vector>

namespace dialogs {

std::vector<scored> search_articles(const law_index& laws, std::string_view query, std::size_t top, day_number day);

}  // namespace dialogs
