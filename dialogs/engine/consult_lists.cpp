#include "dialogs/engine/consult_lists.hpp"

#include "dialogs/engine/endings.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr std::size_t most_likely = 3;
constexpr std::size_t longest_question = 1500;  // bytes
// Found by trying everyday sentences (tests/unit/dialogs/card_questions.tsv): below the first no card
// speaks of it, and below the second a further card is not offered; from the third on, and so much ahead of the next, there is
// nothing to ask.
constexpr double speaks_of_it = 0.575, near_it = 0.45, beyond_doubt = 1.0, ahead = 0.32;

void add_topic(std::vector<listed>& out, const std::string& topic)
{
    const bool there = std::any_of(out.begin(), out.end(), [&](const listed& l) { return l.value == topic; });
    if (!there && out.size() < most_likely)
        out.push_back({topic, topic});
}

// The topics of the best cards, then those that the cards of the likely kinds of dispute stand under.
std::vector<listed> likely_topics(const book& data, const frame& f)
{
    std::vector<listed> out;
    const auto& question = slot_of(f, "question").value;
    for (const auto& hit : data.cards.search(question, 2 * most_likely))
        add_topic(out, hit.card->label);
    for (const auto& guess : data.likely_types(question))
        for (const auto& card : data.cards.all())
            if (!card.types.empty() && card.types.front() == guess.id)
                add_topic(out, card.label);
    return out;
}

}  // namespace

bool is_consult_list(std::string_view from)
{
    return from == "cards" || from == "likely_topics" || from == "topics" || from == "topic_cards";
}

std::vector<listed> consult_list(const book& data, const frame& f, std::string_view from)
{
    std::vector<listed> out;
    if (from == "cards")
        for (const auto& hit : narrow(data.cards, slot_of(f, "question").value).likely)
            out.push_back({hit.card->id, hit.card->title});
    if (from == "likely_topics")
        return likely_topics(data, f);
    if (from == "topics")
        for (const auto& topic : data.cards.topics())
            out.push_back({topic, topic});
    if (from == "topic_cards")
        for (const auto* card : data.cards.of_topic(slot_of(f, "topic").value))
            out.push_back({card->id, card->title});
    return out;
}

bool retell(frame& f, std::string_view more)
{
    auto& question = f.slots["question"];
    if (question.value.size() + more.size() > longest_question)
        return false;
    question.value += "\n" + std::string(more);
    question.shown = question.value;
    f.slots = {{"question", question}};
    f.asked = {"question"};
    return true;
}

narrowing narrow(const answer_cards& cards, std::string_view question)
{
    narrowing out{narrowed::none, cards.search(question, most_likely)};
    std::erase_if(out.likely, [](const card_hit& h) { return h.score < near_it; });
    if (out.likely.empty() || out.likely.front().score < speaks_of_it)
        return {};
    const auto& best = out.likely.front();
    const double next = out.likely.size() > 1 ? out.likely[1].score : 0;
    out.how = best.score >= beyond_doubt && best.score - next >= ahead ? narrowed::sure : narrowed::some;
    return out;
}

}  // namespace dialogs
