// What is said while nothing is under way, and what comes unasked: a told dispute, pictures, places.
#include "dialogs/engine/readers.hpp"
#include "dialogs/engine/turn_maker.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>

namespace dialogs {

namespace {

// A text at least this long tells something.
constexpr long telling_length = 10;
// How much of a told dispute is taken over into the form.
constexpr std::size_t longest_offer = 500;
// Bytes of a story that is told in several messages while mediation is offered.
constexpr std::size_t longest_story = 1500;
// Bytes: at four characters a word at the end of a told story is said on purpose.
constexpr std::size_t shortest_opener = 12;

}  // namespace

void turn_maker::idle_words()
{
    if (data_.says(command::ack, heard_.plain))
        return say(text_id::thanks, paused_choices());
    const auto length = count_characters(heard_.text);
    const bool telling = length >= telling_length || (length >= 4 && !data_.disputes->guess(heard_.text).empty());
    if (telling && try_told_opener())
        return;
    if (try_intent(data_.intents.sure, heard_.text))
        return;
    if (telling && data_.asks_law(heard_.plain) && try_question())
        return;
    if (telling && !after_.paused)
        return offer_filing();
    if (try_question())
        return;
    after_.misses = std::min(before_.misses + 1, 99);
    say(after_.misses == 1 ? text_id::idle : after_.misses == 2 ? text_id::idle_again : text_id::idle_person);
    welcome("main");
}

// A story that ends in asking for mediation, a complaint that begins with one: words at either end open what they name,
// and the rest is told already.
bool turn_maker::try_told_opener()
{
    const std::string_view said = heard_.plain;
    std::string_view word, target;
    for (const auto& [opener, to] : data_.openers) {
        const bool better = opener.size() > word.size() || (opener.size() == word.size() && opener < word);
        if (better && opener.size() >= shortest_opener && to.ends_with("/start") && (said.starts_with(opener) || said.ends_with(opener))) {
            word = opener;
            target = to;
        }
    }
    const auto flow_id = target.substr(0, target.find('/'));
    const auto found = data_.flows.find(flow_id);
    if (found == data_.flows.end() || flow_id == question_flow)
        return false;
    open_with_story(flow_id, heard_.text);
    return true;
}

// What is wanted, said in other words than the commands: what was told goes along where the flow can take it.
bool turn_maker::try_intent(double sure, const std::string& told)
{
    const auto target = data_.opened_by(heard_.text, sure);
    if (target.empty())
        return false;
    const auto flow_id = target.substr(0, target.find('/'));
    if (!data_.flows.contains(flow_id))
        open_target(target);
    else if (flow_id == question_flow)
        begin_with(flow_id, {{std::string(question_slot), {told, told}}});
    else
        open_with_story(flow_id, told);
    return true;
}

void turn_maker::open_with_story(std::string_view flow_id, const std::string& told)
{
    const auto& steps = data_.flows.find(flow_id)->second.steps;
    const auto takes_stories = [](const step& s) { return (s.several && s.type == slot_type::text) || s.type == slot_type::talk; };
    const bool story = count_characters(told) >= telling_length && std::any_of(steps.begin(), steps.end(), takes_stories);
    story ? begin_telling(flow_id, std::string(first_characters(told, longest_offer))) : begin(flow_id);
}

// Somebody told a dispute without opening anything: it is kept, so that it need not be told again in the form.
std::vector<choice> turn_maker::keep_for_filing()
{
    frame f{.flow = "filing", .step = data_.flows.find("filing")->second.steps.front().id, .waits = awaiting::offer};
    f.draft = first_characters(heard_.text, longest_offer);
    std::vector<choice> choices{flow_choice(f, text_id::offer_yes, "offer", "yes"), {data_.text(text_id::offer_legal), "consult.legal/start"},
                                flow_choice(f, text_id::offer_no, "offer", "no"), command_choice(text_id::crisis_c1_human, "human")};
    after_.stack = {std::move(f)};
    return choices;
}

void turn_maker::offer_filing()
{
    const auto guesses = data_.likely_types(heard_.text);
    const auto* kind = guesses.empty() ? nullptr : data_.disputes->find(guesses.front().id);
    auto choices = keep_for_filing();
    prompt(kind ? fill(data_.text(text_id::offer), {{"kind", kind->name}}) : data_.text(text_id::offer_plain), std::move(choices));
}

void turn_maker::hear_media()
{
    frame* f = top();
    after_.album = true;
    const bool holds = f && flow_of(*f).evidence >= 0 && f->waits != awaiting::offer;
    if (!holds)
        return f ? ask_after(data_.text(text_id::media_idle)) : say(text_id::media_idle, paused_choices());
    add_evidence(*f);
}

void turn_maker::hear_location()
{
    frame* f = top();
    const bool asked = f && (f->waits == awaiting::answer || f->waits == awaiting::correction) &&
                       (step_of(*f).type == slot_type::place || step_of(*f).type == slot_type::street);
    if (asked)
        return answer();
    f ? ask_after(data_.text(text_id::location_unasked)) : say(text_id::location_idle, paused_choices());
}

void turn_maker::hear_offer()
{
    const bool yes = heard_.plain == plain(data_.text(text_id::offer_yes));
    const bool no = heard_.plain == plain(data_.text(text_id::offer_no));
    const auto read = yes || no ? std::nullopt : read_yes_no(heard_.text);
    if (yes || read == yes_no::yes)
        return begin(top()->flow);
    frame& f = *top();
    if (no || read == yes_no::no) {
        after_.stack.clear();
        say(text_id::offer_declined);
        return welcome("main");
    }
    const bool words = heard_.what == heard::kind::words && heard_.target.empty();
    if (words && try_intent(data_.intents.sure_in_offer, f.draft + '\n' + heard_.text))
        return;
    // More of the story rather than an answer.
    const bool taken = words && f.draft.size() + heard_.text.size() < longest_story;
    if (taken)
        f.draft += '\n' + heard_.text;
    f.retries = std::min(f.retries + 1, 99);
    const auto text = f.retries >= 3 ? text_id::offer_person : taken ? text_id::offer_more : text_id::offer_plain;
    auto choices = question().choices;
    if (f.retries >= 3)
        choices.push_back(command_choice(text_id::crisis_c1_human, "human"));
    prompt(data_.text(text), std::move(choices));
}

}  // namespace dialogs
