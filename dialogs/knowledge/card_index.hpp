#pragma once
// Finds answer cards by a citizen's words: the phrases written on the cards, by their runs of one and two characters. Small
// enough to live in memory; made once, then read from any thread.

#include "dialogs/knowledge/grams.hpp"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dialogs {

class card_index {
public:
    struct hit {
        std::uint32_t card = 0;
        double score = 0;
        double covered = 0;
    };

    // A way of saying what the card answers. Cards are numbered by the caller.
    void add_phrase(std::uint32_t card, std::string_view text);
    // What else the card speaks of; counts for less.
    void add_prose(std::uint32_t card, std::string_view text);
    void build();

    // Best first; equal scores in the order of numbers.
    std::vector<hit> search(std::string_view question) const;

private:
    struct phrase {
        std::uint32_t card = 0;
        double weight = 0;  // of its grams, together
    };
    struct entry {
        double weight = 0;  // of the gram itself: rare ones say more
        std::vector<std::uint32_t> phrases;  // that contain it
        std::vector<std::uint32_t> cards;    // with such a phrase, ascending
        std::vector<std::uint32_t> prose;    // ascending
    };

    std::vector<phrase> phrases_;
    std::unordered_map<gram, entry> grams_;
    std::uint32_t cards_ = 0;
};

}  // namespace dialogs
