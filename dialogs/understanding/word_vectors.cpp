#include "dialogs/understanding/word_vectors.hpp"

#include <cmath>
#include <utility>

namespace dialogs {

word_vectors::word_vectors(vector_table table) : table_(std::move(table)), index_(table_.keys) {}

std::vector<float> word_vectors::of(std::span<const gram_count> grams) const
{
    std::vector<float> sum(table_.dimensions);
    for (const auto& gram : grams) {
        const auto row = index_.find(gram.key);
        if (row == key_index::none)
            continue;
        const float weight = table_.scales[row] * (1 + std::log(gram.times));
        const std::int8_t* values = &table_.values[row * table_.dimensions];
        for (std::size_t d = 0; d < sum.size(); ++d)
            sum[d] += weight * static_cast<float>(values[d]);
    }
    double squares = 0;
    for (const float value : sum)
        squares += static_cast<double>(value) * static_cast<double>(value);
    if (squares == 0)
        return {};
    const auto length = static_cast<float>(std::sqrt(squares));
    for (float& value : sum)
        value /= length;
    return sum;
}

}  // namespace dialogs
