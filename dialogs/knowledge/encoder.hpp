#pragma once
// Texts as vectors: one vector a gram, a text is the weighted sum of those of its grams, made a unit. What lies close is
// about the same thing, also in other words. Trained by encoder_training; this reads the numbers.

#include "dialogs/knowledge/grams.hpp"
#include "dialogs/knowledge/section_file.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace dialogs {

constexpr std::uint32_t encoder_form = 2;  // 1 had a byte a component
constexpr int encoder_longest_gram = 3;

// A vector in bytes: each component times `scale` is the number.
struct byte_vector {
    std::vector<std::int8_t> values;
    float scale = 0;  // 0: the text has no known gram
};
byte_vector to_bytes(std::span<const float> vector);

class encoder {
public:
    encoder() = default;
    // bad_message: the sections do not fit together. The bytes must outlive the encoder.
    // In the file a component has four bits, two in a byte, the first one low, as a number from -8 to 7.
    static bot::result<encoder> open(const section_reader& file);

    std::size_t dimensions() const { return dimensions_; }
    bool empty() const { return keys_.empty(); }
    // A unit vector, or zeros when no gram is known.
    std::vector<float> encode(std::span<const counted_gram> grams) const;

private:
    std::size_t dimensions_ = 0;
    std::span<const std::uint32_t> keys_;   // hashes of grams, ascending
    std::span<const float> scales_;         // of each row
    std::vector<std::int8_t> values_;       // rows × dimensions, unpacked
};

// A row in four bits a component, the scale chosen so that little is lost.
struct packed_vector {
    std::vector<std::uint8_t> bytes;
    float scale = 0;
};
packed_vector pack(std::span<const float> vector);

// Grams are kept by a hash of 32 bits: two of some hundred thousand that share one do no harm.
std::uint32_t gram_hash(gram what);

// 1 + ln(times): the tenth time says less than the first.
float repeated(std::uint32_t times);

}  // namespace dialogs
