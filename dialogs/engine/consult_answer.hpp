#pragma once
// How an answer card reads to one citizen: its parts in the order of domain reference §10, with what they told, the articles
// of the law store where there is one, and the deadlines counted from their own dates. Pure text; who says it is consult_legal.

#include "dialogs/engine/book.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dialogs {

struct told_fact {
    std::string fact;   // as the card asks it
    std::string value;  // as said; empty: not told
};

struct legal_matter {
    const answer_card* card = nullptr;
    std::vector<told_fact> facts;
    std::string clock_question;  // that was asked for a day
    std::string start;           // the day said: "2026-03-05", "2026-03", "2026"; empty: not told
    cases::date today;
};

struct written_answer {
    std::vector<std::string> parts;  // a reply each
    bool more_articles = false;      // some article is longer than what was shown
};

// texts: the flow's own.
written_answer write_answer(const book& data, const by_text<std::string>& texts, const legal_matter& matter);
// Every article of the card in full, as the law store has it; empty without a store.
std::vector<std::string> write_articles(const book& data, const by_text<std::string>& texts, const answer_card& card, cases::date today);
// What the law store has on a question that no card answers; nullopt without a store or without a find.
std::optional<std::string> write_found(const book& data, const by_text<std::string>& texts, const std::string& question, cases::date today);

// The card's clock whose starting day is to be asked for: the first one that is counted from a day.
const clock_entry* clock_to_ask(const book& data, const answer_card& card);

}  // namespace dialogs
