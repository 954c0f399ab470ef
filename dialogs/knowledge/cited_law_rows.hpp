#pragma once
// Reads the "law:" lists of tables. Only for the .cpp files that read tables.

#include "dialogs/knowledge/cited_law.hpp"

#include <vector>

namespace dialogs {

namespace yaml {
class node;
}

class sheet;

// A fault for each row without law, article or version, and one for a list that is empty: no article, no rule.
std::vector<cited_law> read_cited_laws(sheet& file, const yaml::node& of);

}  // namespace dialogs
