#pragma once
// Trains an encoder from pairs of texts that belong together: a clause and the rest of its article, a question and its
// answer, a question and its article. Each left text must find its right one among those of the batch and some that are
// known to be tempting (softmax over cosines). One thread and a fixed seed: the same texts give the same bytes.

#include "dialogs/knowledge/grams.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

struct encoder_options {
    std::size_t rows = 92'000;       // grams that get a vector: those found in the most texts
    std::size_t dimensions = 128;    // a multiple of 8
    std::size_t batch = 256;
    std::size_t tempting = 3;        // of a pair's tempting texts, so many are drawn a step
    float temperature = 0.05F;
    float kept = 0.4F;               // of a text's grams, so many are looked at in a step: none may be relied upon
    std::size_t block = 8;           // neighbouring pairs that stay together: articles of one law are hard to tell apart
    float rate = 3e-3F;              // of Adam
    std::uint64_t seed = 1;
};

struct text_pair {
    std::uint32_t left = 0;
    std::uint32_t right = 0;
    std::vector<std::uint32_t> also_right;  // never counted against the pair
    std::vector<std::uint32_t> tempting;    // wrong, and look right
};

class encoder_trainer {
public:
    explicit encoder_trainer(encoder_options options);
    ~encoder_trainer();
    encoder_trainer(encoder_trainer&&) noexcept;

    // A second trainer that goes on from here by itself.
    encoder_trainer copy() const;

    // Texts are numbered in the order in which they are added. weight: how much the text's grams count when the rows are
    // chosen; 0 for a text that must not influence the choice.
    std::uint32_t add_text(std::string_view text, std::uint32_t weight);
    // Once, after all texts: chooses the rows and draws the first vectors.
    void begin();
    // One pass over the pairs in a drawn order; gives the mean loss.
    double pass(std::span<const text_pair> pairs);
    // Unit vector of a text as trained so far.
    std::vector<float> vector_of(std::uint32_t text) const;
    // The bytes of the encoder's file.
    std::string finish() const;

private:
    struct state;
    explicit encoder_trainer(std::unique_ptr<state> at);
    std::unique_ptr<state> state_;
};

}  // namespace dialogs
