#pragma once
// A vector for each frequent gram, so that words that stand in like surroundings lie close together; a text's is the
// weighted sum. For what the labelled sentences never said. Trained by dialogs/learning/skip_gram.

#include "dialogs/understanding/key_index.hpp"
#include "dialogs/understanding/text_grams.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

struct vector_table {
    std::size_t dimensions = 0;
    std::vector<std::uint32_t> keys;
    std::vector<float> scales;         // of a row: its weight in a text and the unit of its bytes in one
    std::vector<std::int8_t> values;   // keys × dimensions
    std::string notes;                 // what it was made from, for people
};

class word_vectors {
public:
    explicit word_vectors(vector_table table);

    std::size_t dimensions() const { return table_.dimensions; }
    const std::string& notes() const { return table_.notes; }
    // Of length 1; empty when no gram is known.
    std::vector<float> of(std::span<const gram_count> grams) const;

private:
    vector_table table_;
    key_index index_;
};

}  // namespace dialogs
