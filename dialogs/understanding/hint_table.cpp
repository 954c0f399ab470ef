#include "dialogs/understanding/hint_table.hpp"

#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/sheet.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <utility>

namespace dialogs {

hint_table::hint_table(
    std::string_view types_path, std::string_view dispute_types, std::string_view groups_path,
    std::string_view word_groups
)
{
    add(types_path, dispute_types, "categories", "type.");
    add(groups_path, word_groups, "groups", "");
    phrases_.build();
}

void hint_table::add(std::string_view path, std::string_view yaml, const char* list, std::string_view prefix)
{
    sheet file{path, yaml};
    for (const auto& row : file.rows(file.root(), list)) {
        const auto owner = static_cast<std::uint32_t>(names_.size());
        names_.push_back(std::string{prefix} + file.text(row, "id"));
        for (const auto& phrase : file.texts(row, "phrases"))
            if (!phrases_.add(normalise(phrase), owner))
                file.fault(row, "cannot read the phrase " + phrase);
    }
    file.finish();
}

std::vector<float> hint_table::scores(std::u32string_view folded) const
{
    std::vector<phrase_hit> scratch;
    std::vector<pattern_match> matches;
    phrases_.find(folded, scratch, matches);
    std::vector<float> scores(names_.size());
    std::set<std::pair<std::uint32_t, std::u32string_view>> counted;  // a phrase said twice counts once
    for (const auto& one : matches) {
        const auto said = folded.substr(one.begin, one.end - one.begin);
        const auto longer_around = [&](const pattern_match& other) {
            return other.owner == one.owner && other.begin <= one.begin && other.end >= one.end &&
                   other.written > one.written;
        };
        if (std::none_of(matches.begin(), matches.end(), longer_around) && counted.emplace(one.owner, said).second)
            scores[one.owner] += static_cast<float>(one.written * one.written);
    }
    constexpr float one_phrase = 17;  // 1 + the square of four characters
    for (float& score : scores)
        score = std::log1p(score) / std::log(one_phrase);
    return scores;
}

}  // namespace dialogs
