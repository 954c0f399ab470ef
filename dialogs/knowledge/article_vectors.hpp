#pragma once
// The vectors of all articles as they lie in the file vectors.index, made by one encoder for one laws.index.

#include "dialogs/knowledge/encoder.hpp"
#include "dialogs/knowledge/law_index.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

constexpr std::uint32_t vectors_form = 1;
constexpr std::string_view vectors_file_name = "vectors.index";

// What search reads of an article, for the index of grams and for the encoder.
std::string article_words(std::string_view law, std::string_view path, std::string_view text);

class article_vectors {
public:
    article_vectors() = default;
    // bad_message: the sections do not fit together. The file's bytes must outlive the vectors.
    static bot::result<article_vectors> open(const section_reader& file);

    std::size_t articles() const { return scales_.size(); }
    std::size_t dimensions() const { return dimensions_; }
    std::uint64_t made_by() const { return encoder_; }

    // Cosine of each article with the query's vector.
    std::vector<float> cosines(std::span<const float> query) const;

    // Of one article with any vector of the same dimensions.
    float product(std::uint32_t article, const byte_vector& other) const;
    // Adds an article's vector, times the factor.
    void add_to(std::vector<float>& sum, std::uint32_t article, float factor) const;

private:
    std::span<const float> scales_;
    std::span<const std::int8_t> values_;
    std::uint64_t encoder_ = 0;
    std::size_t dimensions_ = 0;
};

// The bytes of vectors.index.
std::string build_article_vectors(const law_index& laws, const encoder& model, std::uint64_t model_checksum);

}  // namespace dialogs
