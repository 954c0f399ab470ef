#pragma once
// An inverted index of grams with BM25 (k1 1.2, b 0.75). The weight of a gram in a document is computed when the index is
// built and kept in a byte, so that a query is one addition a posting.

#include "dialogs/knowledge/grams.hpp"
#include "dialogs/knowledge/section_file.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace dialogs {

// Postings a query may cost. A page of text has thousands of grams; the rarest are taken first.
constexpr std::size_t most_postings = 2'500'000;

struct scored {
    std::uint32_t document = 0;
    float score = 0;
};

class gram_index {
public:
    gram_index() = default;
    // bad_message: the sections do not fit together.
    static bot::result<gram_index> open(const section_reader& file);

    std::size_t documents() const { return documents_; }
    // ln(1 + (N - n + 0.5) / (n + 0.5)); that of an unseen gram is that of n = 0.
    float idf(gram what) const;

    // One score a document, 0 where nothing matches. pairs: if given, the idf of the grams of two or more code points that
    // the document has, however often, is added there; its size is documents().
    std::vector<float> score(std::span<const counted_gram> query, std::vector<float>* pairs = nullptr) const;

private:
    struct range {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        std::size_t size() const { return end - begin; }
    };
    range postings_of(gram what) const;
    float idf_of(std::size_t count) const;

    std::size_t documents_ = 0;
    std::span<const gram> terms_;              // ascending
    std::span<const std::uint32_t> offsets_;   // terms + 1
    std::span<const std::uint32_t> postings_;  // documents, ascending within a term
    std::span<const std::uint8_t> weights_;    // beside the postings
};

class gram_index_builder {
public:
    // Documents are numbered in the order in which they are added.
    void add(std::vector<gram>& grams);
    // Ends the building: sorts what was added in place, since it is the largest thing in memory.
    void write(section_writer& file);

private:
    struct occurrence {
        gram what;
        std::uint32_t document;
        std::uint32_t times;
    };
    std::vector<occurrence> occurrences_;
    std::vector<std::uint32_t> lengths_;
};

// The n best above zero, best first; equal scores in the order of documents.
std::vector<scored> best_of(std::span<const float> scores, std::size_t n);

}  // namespace dialogs
