#pragma once
// What the trained models see of a text, read once for all of them: its grams, the scores of the groups of phrases that
// clerks keep, and the text's place among the word vectors.

#include "dialogs/understanding/text_grams.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

class hint_table;
class word_vectors;

struct text_features {
    std::vector<gram_count> grams;
    std::vector<float> hints;   // by position in hint_table::names
    std::vector<float> vector;  // of length 1, or empty when there are no vectors or the text has no known word
};

class feature_reader {
public:
    // Both may be absent: then their part stays empty.
    feature_reader(std::shared_ptr<const hint_table> hints, std::shared_ptr<const word_vectors> vectors);

    text_features read(std::string_view text, int longest = longest_gram) const;
    const hint_table* hints() const { return hints_.get(); }
    std::size_t dimensions() const;  // of the vectors; 0 without them

private:
    std::shared_ptr<const hint_table> hints_;
    std::shared_ptr<const word_vectors> vectors_;
};

}  // namespace dialogs
