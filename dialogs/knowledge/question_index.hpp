#pragma once
// Answered questions as they lie in the file questions.index: which articles answered them, the index of their grams, and
// their vectors. Articles are kept by id and by name, so that the laws can be imported anew without it.

#include "dialogs/knowledge/consultations.hpp"
#include "dialogs/knowledge/encoder.hpp"
#include "dialogs/knowledge/gram_index.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

constexpr std::uint32_t questions_form = 2;  // 1 had no vectors of answers
constexpr std::string_view questions_file_name = "questions.index";

struct question_record {
    std::uint32_t first_name = 0;  // of names()
    std::uint32_t names = 0;
    std::uint32_t hint = 0;
    float vector_scale = 0;         // of the question's vector
    float answer_scale = 0;         // of the answer's; 0: there is no answer
};

class question_index {
public:
    question_index() = default;
    // bad_message: the sections do not fit together. The file's bytes must outlive the index.
    static bot::result<question_index> open(const section_reader& file);

    std::span<const question_record> questions() const { return questions_; }
    // Of each question: "#id" or the name of an article.
    std::vector<std::string_view> names_of(std::uint32_t question) const;
    const gram_index& grams() const { return grams_; }
    // Of the encoder that made the vectors; 0 for none.
    std::uint64_t made_by() const { return encoder_; }
    std::size_t dimensions() const { return dimensions_; }
    // Of all questions, one after the other.
    std::span<const std::int8_t> vectors() const { return vectors_; }
    std::span<const std::int8_t> answer_vector(std::uint32_t question) const
    {
        return answers_.subspan(question * dimensions_, dimensions_);
    }

private:
    struct place {
        std::uint32_t offset = 0;
        std::uint32_t size = 0;
    };
    friend std::string build_question_index(std::span<const consultation>, const encoder&, std::uint64_t);

    std::span<const question_record> questions_;
    std::span<const place> names_;
    std::string_view texts_;
    std::span<const std::int8_t> vectors_;
    std::span<const std::int8_t> answers_;
    gram_index grams_;
    std::uint64_t encoder_ = 0;
    std::size_t dimensions_ = 0;
};

// The bytes of questions.index. Only rows that name an article are kept.
std::string build_question_index(std::span<const consultation> rows, const encoder& model, std::uint64_t model_checksum);

}  // namespace dialogs
