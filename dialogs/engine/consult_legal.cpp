// The steps of code of consult.legal: from a question to an answer card, and what comes after it.
#include "dialogs/engine/consult_answer.hpp"
#include "dialogs/engine/consult_lists.hpp"
#include "dialogs/engine/endings.hpp"
#include "dialogs/engine/turn_maker.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>

namespace dialogs {

namespace {

// Shorter than this is no new question.
constexpr long question_characters = 4;
constexpr std::string_view fact_slots[] = {"f1", "f2", "f3"}, answer_slots[] = {"a1", "a2", "a3"};

const flow& flow_of(const turn_maker& turn, const frame& f) { return turn.data().flows.find(f.flow)->second; }

const answer_card* card_of(const turn_maker& turn, const frame& f) { return turn.data().cards.find(slot_of(f, "card").value); }

// The facts of the card with what was said to them; "skip" and "stop" are stored as nothing or as their own value.
std::vector<told_fact> facts_of(const answer_card& card, const frame& f)
{
    std::vector<told_fact> out;
    for (std::size_t i = 0; i < card.facts.size(); ++i) {
        std::string value;
        if (i < std::size(answer_slots))
            value = slot_of(f, answer_slots[i]).value;
        out.push_back({card.facts[i], value == "stop" ? std::string{} : value});
    }
    return out;
}

std::string told_story(const turn_maker& turn, const frame& f)
{
    auto out = slot_of(f, "question").value;
    if (const auto* card = card_of(turn, f))
        for (const auto& fact : facts_of(*card, f))
            if (!fact.value.empty())
                out += "\n" + fill(turn.own_text(f, "told_item"), {{"fact", fact.fact}, {"value", fact.value}});
    return out;
}

}  // namespace

bool legal_find(turn_maker& turn, frame& f)
{
    const auto found = narrow(turn.data().cards, slot_of(f, "question").value);
    constexpr std::string_view names[] = {"none", "some", "sure"};
    f.slots["found"].value = names[static_cast<std::size_t>(found.how)];
    if (found.how == narrowed::sure)
        f.slots["card"] = {found.likely.front().card->id, found.likely.front().card->title};
    if (found.how == narrowed::none)
        f.slots["card"].value = "none";
    return true;
}

bool legal_topic(turn_maker&, frame& f)
{
    const auto& picked = slot_of(f, "topic_all");
    if (picked.value != "none" && !picked.value.empty())
        f.slots["topic"] = picked;
    return true;
}

bool legal_prepare(turn_maker& turn, frame& f)
{
    if (const auto& picked = slot_of(f, "topic_card"); !picked.value.empty() && picked.value != "none")
        f.slots["card"] = picked;
    const auto* card = card_of(turn, f);
    if (!card)
        return true;
    for (std::size_t i = 0; i < std::size(fact_slots) && i < card->facts.size(); ++i)
        f.slots[std::string(fact_slots[i])] = {card->facts[i], card->facts[i]};
    if (const auto* clock = clock_to_ask(turn.data(), *card))
        f.slots["clock_question"] = {clock->question, clock->question};
    return true;
}

bool legal_answer(turn_maker& turn, frame& f)
{
    const auto& texts = flow_of(turn, f).texts;
    const auto today = cases::china_date(turn.now());
    std::erase(f.asked, "next");
    std::erase(f.asked, "next_article");
    f.slots.erase("next");
    if (turn.state().stack.size() == 1)
        f.slots["alone"].value = "yes";
    const auto* card = card_of(turn, f);
    if (!card) {
        auto found = write_found(turn.data(), texts, slot_of(f, "question").value, today);
        turn.say(found ? std::move(*found) : turn.own_text(f, "nothing"));
        return true;
    }
    auto answer = write_answer(turn.data(), texts,
                               {card, facts_of(*card, f), slot_of(f, "clock_question").value, slot_of(f, "start").value, today});
    for (auto& part : answer.parts)
        turn.say(std::move(part));
    if (answer.more_articles)
        f.slots["cut"].value = "yes";
    return true;
}

bool legal_articles(turn_maker& turn, frame& f)
{
    if (const auto* card = card_of(turn, f))
        for (auto& article : write_articles(turn.data(), flow_of(turn, f).texts, *card, cases::china_date(turn.now())))
            turn.say(std::move(article));
    f.slots.erase("next");
    std::erase(f.asked, "next_article");
    std::erase(f.asked, "articles");
    return true;
}

// Anything said after an answer that is none of the choices is the next question.
bool legal_next(turn_maker& turn, frame& f)
{
    const auto question = trimmed(turn.said().text);
    if (count_characters(question) < question_characters) {
        turn.ask_after(turn.own_text(f, "again"));
        return false;
    }
    f.slots = {{"question", {question, question}}};
    f.asked = {"question"};
    return true;
}

bool legal_end(turn_maker& turn, frame& done)
{
    const auto& next = slot_of(done, "next").value;
    if (next == "mediate") {
        turn.begin_telling("filing", told_story(turn, done));
        return false;
    }
    if (next == "again") {
        turn.begin(done.flow);
        return false;
    }
    if (next == "done")
        turn.say(turn.own_text(done, "closing"));
    return true;
}

}  // namespace dialogs
