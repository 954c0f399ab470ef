#pragma once
// Legal answer cards: what a good clerk answers to a question that many people ask, in our own words, each on dated articles
// (dialogs/answers/*.yaml, a file a topic group). They stand by themselves, without any imported law.

#include "dialogs/knowledge/cited_law.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

struct answer_card {
    std::string id;
    std::string title;  // as a citizen would call it; a choice's label
    std::string label;  // topic of consultation
    std::vector<std::string> types;    // kinds of dispute, likeliest first; may be empty
    std::vector<std::string> phrases;  // ways of saying it
    std::vector<std::string> facts;    // clauses that ask what changes the answer
    std::string restate, rule, means;
    std::vector<cited_law> law;
    std::vector<std::string> deadlines;  // ids of lexicon/clocks.yaml
    std::vector<std::string> evidence;
    std::vector<std::string> ways;  // ids of lexicon/answer_words.yaml, in the sensible order
    bool aid = false;     // legal aid is to be mentioned early
    bool danger = false;  // harm may be behind it: the police first
    std::string path;
    int line = 0;
};

struct way_out {
    std::string id;
    std::string text;
    std::string label, to;  // of the tap; may be empty
};

struct card_hit {
    const answer_card* card = nullptr;
    double score = 0;    // falls from one hit to the next; comparable within one question only
    double covered = 0;  // 0 … 1: how much of what the question says the card speaks of
};

struct card_file {
    std::string path;
    std::string content;
};

class answer_cards {
public:
    answer_cards();
    // words: lexicon/answer_words.yaml. Throws flow_error with every fault as "file:line: what is wrong".
    answer_cards(std::span<const card_file> answers, const card_file& words);
    ~answer_cards();
    answer_cards(answer_cards&&) noexcept;
    answer_cards& operator=(answer_cards&&) noexcept;

    const std::vector<answer_card>& all() const;
    const answer_card* find(std::string_view id) const;
    const way_out* way(std::string_view id) const;
    // Topics that have cards, in the order in which they are offered.
    const std::vector<std::string>& topics() const;
    std::vector<const answer_card*> of_topic(std::string_view label) const;

    // The cards that speak of what the question says, best first. Empty when none does.
    std::vector<card_hit> search(std::string_view question, std::size_t most) const;

    struct impl;  // answer_cards.cpp

private:
    std::unique_ptr<impl> impl_;
};

}  // namespace dialogs
