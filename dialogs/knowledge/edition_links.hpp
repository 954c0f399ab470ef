#pragma once
// What one edition of a law says about another: the same text, the article that replaces an article, the day it
// begins, the laws it repeals.

#include "dialogs/knowledge/law_editions.hpp"

#include <map>
#include <optional>

namespace dialogs {

// Nine of ten articles are alike word for word.
bool same_text(const law_edition& one, const law_edition& other);

// Articles without an id get that of the article with the same number.
void take_equal_ids(law_edition& into, const law_edition& from);

// Articles without an id get that of the article of the edition before that they are most like, if they are alike.
void take_replaced_ids(law_edition& into, const law_edition& from);

// "本法自2026年3月1日起施行"; nullopt when its last articles name no day.
std::optional<day_number> stated_start(const law_edition& edition);

// "《…》同时废止": the last edition of each law named so, if older, ends on the day the naming edition begins.
void mark_repealed(std::vector<law_edition>& all, const std::map<std::u32string, std::size_t>& groups);

}  // namespace dialogs
