#pragma once
// What the narrowing of a legal question offers to pick from: the likeliest answer cards, topics, the cards of a topic.
// Worked out of what the frame holds, so the same question offers the same list.

#include "dialogs/engine/book.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

struct listed {
    std::string value, label;
};

// cards, likely_topics, topics, topic_cards
bool is_consult_list(std::string_view from);
std::vector<listed> consult_list(const book& data, const frame& f, std::string_view from);

// Instead of picking one they told more: it belongs to the question, and what is offered is worked out again. False when
// enough was told.
bool retell(frame& f, std::string_view more);

// How well the cards answer a question: by one card beyond doubt, by some to choose from, by none.
enum class narrowed : unsigned char { none, some, sure };
struct narrowing {
    narrowed how = narrowed::none;
    std::vector<card_hit> likely;  // best first, at most three
};
narrowing narrow(const answer_cards& cards, std::string_view question);

}  // namespace dialogs
