#include "dialogs/knowledge/card_index.hpp"

#include <algorithm>
#include <cmath>

namespace dialogs {

namespace {

constexpr int longest_gram = 2;
// One character alone says little; what only the prose of a card contains says less than a phrase of it.
constexpr double single_character = 0.35;
constexpr double in_prose = 0.5;
// How much it counts that one phrase is met as a whole, against how much of the question the card speaks of.
constexpr double whole_phrase = 0.8;
// A question's first lines say what it is about.
constexpr std::size_t longest_question = 400;

bool is_single(gram what) { return what < (gram{1} << 21); }

void put_once(std::vector<std::uint32_t>& list, std::uint32_t card)
{
    if (list.empty() || list.back() != card)
        list.push_back(card);
}

}  // namespace

void card_index::add_phrase(std::uint32_t card, std::string_view text)
{
    cards_ = std::max(cards_, card + 1);
    const auto place = static_cast<std::uint32_t>(phrases_.size());
    phrases_.push_back({card, 0});
    for (const auto& g : grams_of(searchable(text), longest_gram)) {
        auto& at = grams_[g.what];
        at.phrases.push_back(place);
        put_once(at.cards, card);
    }
}

void card_index::add_prose(std::uint32_t card, std::string_view text)
{
    cards_ = std::max(cards_, card + 1);
    for (const auto& g : grams_of(searchable(text), longest_gram))
        put_once(grams_[g.what].prose, card);
}

void card_index::build()
{
    for (auto& [what, at] : grams_) {
        const double found = static_cast<double>(at.cards.size());
        at.weight = std::log(1 + (cards_ - found + 0.5) / (found + 0.5)) * (is_single(what) ? single_character : 1);
        for (const auto in : at.phrases)
            phrases_[in].weight += at.weight;
    }
}

std::vector<card_index::hit> card_index::search(std::string_view question) const
{
    auto points = searchable(question);
    points.resize(std::min(points.size(), longest_question));
    const double unseen = std::log(1 + 2.0 * (cards_ + 0.5));
    double whole = 0;
    std::vector<double> met(phrases_.size()), spoken(cards_);
    for (const auto& g : grams_of(points, longest_gram)) {
        const auto known = grams_.find(g.what);
        if (known == grams_.end()) {
            // Names and numbers of the citizen's own story are not missing from a card.
            whole += unseen * 0.25 * (is_single(g.what) ? single_character : 1);
            continue;
        }
        const auto& at = known->second;
        whole += at.weight;
        for (const auto in : at.phrases)
            met[in] += at.weight;
        for (const auto card : at.cards)
            spoken[card] += at.weight;
        for (const auto card : at.prose)
            if (!std::binary_search(at.cards.begin(), at.cards.end(), card))
                spoken[card] += at.weight * in_prose;
    }
    std::vector<double> best(cards_);
    for (std::size_t i = 0; i < phrases_.size(); ++i)
        if (phrases_[i].weight > 0)
            best[phrases_[i].card] = std::max(best[phrases_[i].card], met[i] / phrases_[i].weight);
    std::vector<hit> out;
    for (std::uint32_t card = 0; card < cards_; ++card)
        if (spoken[card] > 0 && whole > 0) {
            const double covered = spoken[card] / whole;
            out.push_back({card, covered + whole_phrase * best[card], covered});
        }
    std::sort(out.begin(), out.end(), [](const hit& a, const hit& b) {
        return a.score != b.score ? a.score > b.score : a.card < b.card;
    });
    return out;
}

}  // namespace dialogs
