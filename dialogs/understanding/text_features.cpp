#include "dialogs/understanding/text_features.hpp"

#include "dialogs/understanding/hint_table.hpp"
#include "dialogs/understanding/word_vectors.hpp"

#include <utility>

namespace dialogs {

namespace {

// What matters stands at the beginning and at the end; a book pasted into the chat must not hold the turn up.
constexpr std::size_t read_characters = 1200;

// A question ends otherwise than a story, so the grams at the edges are told apart. Neither occurs in folded text.
const std::u32string begin_mark = U"\x1";
const std::u32string end_mark = U"\x2";

}  // namespace

feature_reader::feature_reader(std::shared_ptr<const hint_table> hints, std::shared_ptr<const word_vectors> vectors)
    : hints_(std::move(hints)), vectors_(std::move(vectors))
{
}

text_features feature_reader::read(std::string_view text, int longest) const
{
    const auto folded = folded_text(text, read_characters);
    text_features features;
    features.grams = count_text_grams(begin_mark + folded + end_mark, longest);
    if (hints_)
        features.hints = hints_->scores(folded);
    if (vectors_)
        features.vector = vectors_->of(features.grams);
    return features;
}

std::size_t feature_reader::dimensions() const
{
    return vectors_ ? vectors_->dimensions() : 0;
}

}  // namespace dialogs
