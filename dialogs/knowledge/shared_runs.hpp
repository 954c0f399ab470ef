#pragma once
// How much of a query stands in a text as it is written there: runs of three characters, and the longest stretch of them.
// The index of grams knows single characters and pairs only; who quotes half a sentence of a law is found by this.

#include "dialogs/knowledge/grams.hpp"

#include <bitset>
#include <span>
#include <string_view>
#include <vector>

namespace dialogs {

class shared_runs {
public:
    // Of the query's grams, of which only those of three characters count.
    explicit shared_runs(std::span<const counted_gram> grams);

    struct found {
        float share = 0;    // of the query's different runs
        float longest = 0;  // characters
    };
    // The text is read as it is, without normalisation: a law is written in plain characters.
    found in(std::string_view text) const;

private:
    static constexpr std::size_t sieve_bits = 4096;
    static std::size_t place(gram what) { return (what * 0x9E3779B97F4A7C15ULL) >> 52; }

    std::vector<gram> runs_;             // ascending
    std::bitset<sieve_bits> sieve_;      // most runs of a text fall through it without a search
};

}  // namespace dialogs
