// The steps of code of consult.psych and of the two questionnaires (domain reference §18). No diagnosis, no danger score.
#include "dialogs/engine/endings.hpp"
#include "dialogs/engine/turn_maker.hpp"

#include <algorithm>
#include <charconv>
#include <span>

namespace dialogs {

namespace {

using std::chrono::hours;

constexpr hours day{24};
constexpr hours after_session[] = {7 * day}, after_moderate[] = {3 * day, 14 * day},
                after_high[] = {day, 3 * day, 7 * day, 14 * day, 30 * day};
constexpr auto day_before = hours(24), hours_before = hours(2);
constexpr int reflections = 6, open_questions = 4;
// After so many messages a counsellor is named once.
constexpr int messages_before_suggestion = 3;

int number_of(const std::string& text)
{
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void follow_up(turn_maker& turn, std::span<const hours> plan, const std::string& about, const std::string& text)
{
    for (const auto after : plan)
        turn.effect(send_later{turn.now() + after, "psych_follow_up", about, text});
}

choice counsellor_choice(const turn_maker& turn, const frame& f)
{
    return turn.target_choice(turn.own_text(f, "counsellor"), "consult.psych/start");
}

struct band {
    int from;
    std::string_view name;
    std::span<const hours> plan;
    bool doctor;
};
constexpr band phq_bands[] = {{20, "severe", after_high, true},       {15, "moderately_severe", after_high, true},
                              {10, "moderate", after_moderate, true}, {5, "mild", after_session, false},
                              {0, "minimal", after_session, false}};
constexpr band gad_bands[] = {{15, "severe", after_high, true},
                              {10, "moderate", after_moderate, true},
                              {5, "mild", after_session, false},
                              {0, "minimal", after_session, false}};

const band& band_of(std::span<const band> bands, int total)
{
    return *std::find_if(bands.begin(), bands.end(), [total](const band& b) { return total >= b.from; });
}

// Ends a questionnaire. alarming: the item that asks for thoughts of death or self-harm; 0: there is none.
bool end_screening(turn_maker& turn, const frame& done, std::string_view kind, int items, int alarming, std::span<const band> bands)
{
    if (!slot_of(done, "closed").value.empty())
        return true;
    if (slot_of(done, "agree").value != "agree") {
        turn.say(turn.own_text(done, "refused"));
        return true;
    }
    screening_done result{.kind = std::string(kind), .at = turn.now()};
    for (int i = 1; i <= items; ++i) {
        result.answers.push_back(number_of(slot_of(done, "q" + std::to_string(i)).value));
        result.total += result.answers.back();
    }
    const auto& band = band_of(bands, result.total);
    result.band = band.name;
    const bool alarmed = alarming > 0 && result.answers[static_cast<std::size_t>(alarming - 1)] > 0;
    const auto total = std::to_string(result.total);
    turn.effect(consent_given{turn.data().notice_version, turn.now(), "screening"});
    turn.effect(std::move(result));
    const auto about = std::string(kind) + "/" + std::to_string(turn.new_id(0x5C4EE4));
    follow_up(turn, alarmed ? std::span<const hours>(after_high) : band.plan, about, turn.own_text(done, "follow_up"));
    if (alarmed) {
        // Whatever the total: the gentle question at once, and nothing else in this turn (§18).
        turn.raise_alarm(crisis_level::c2, std::string(kind) + ".item" + std::to_string(alarming));
        return false;
    }
    auto text = fill(turn.own_text(done, band.name), {{"total", total}});
    if (band.doctor)
        text += "\n" + turn.own_text(done, "doctor");
    turn.say(std::move(text), {counsellor_choice(turn, done), turn.data().pages.find("psych")->second.choices.front()});
    return true;
}

void remind(turn_maker& turn, const frame& done, const book_appointment& booked, std::string_view place)
{
    const auto send = [&](hours before, std::string_view text, std::string_view kind) {
        if (booked.starts_at - before > turn.now())
            turn.effect(send_later{booked.starts_at - before, std::string(kind), "appointment/" + std::to_string(booked.id.value),
                                   fill(turn.own_text(done, text), {{"starts", turn.show_moment(booked.starts_at)}, {"place", place}})});
    };
    send(day_before, "remind_day", "appointment_24h");
    send(hours_before, "remind_hours", "appointment_2h");
}

const slot_view* slot_wanted(const turn_maker& turn, const frame& f)
{
    const auto& free = turn.facts().free_slots.value();
    const auto& id = slot_of(f, "slot").value;
    const auto at = std::find_if(free.begin(), free.end(), [&](const slot_view& s) { return std::to_string(s.id) == id; });
    return at == free.end() ? nullptr : &*at;
}

void see_counsellor(turn_maker& turn, const frame& done)
{
    const auto& phone = slot_of(done, "phone").value;
    const open_psych_case opened{{turn.new_id(0x95C4)}, turn.new_code(0x95C4), "counsellor", slot_of(done, "name").value, phone, turn.now()};
    const auto about = "psych/" + std::to_string(opened.id.value);
    turn.effect(consent_given{turn.data().notice_version, turn.now(), "counselling"});
    turn.effect(opened);
    const auto* slot = slot_wanted(turn, done);
    if (!slot) {
        turn.say(turn.own_text(done, slot_of(done, "slot").value == "none" ? "asked" : "taken"));
        turn.effect(ask_for_person{"counselling", 0, turn.now()});
        return;
    }
    const book_appointment booked{{turn.new_id(0xA9907)}, "counselling", slot->id, slot->starts_at, opened.code, phone, turn.now()};
    turn.say(fill(turn.own_text(done, "booked"), {{"starts", turn.show_moment(slot->starts_at)},
                                                  {"weekday", turn.show_weekday(slot->starts_at)},
                                                  {"place", slot->place}}));
    turn.effect(booked);
    remind(turn, done, booked, slot->place);
    turn.effect(send_later{slot->starts_at + after_session[0], "psych_follow_up", about, turn.own_text(done, "visit_text")});
}

}  // namespace

// Open only where somebody is on call; else the hotlines, honestly (§20.2).
bool psych_open(turn_maker& turn, frame& f)
{
    if (turn.data().duty_on_call)
        return true;
    f.slots["closed"].value = "yes";
    turn.say(turn.own_text(f, "closed"), turn.data().pages.find("psych")->second.choices);
    return true;
}

// Whoever came with what weighs on them is neither asked how they want to talk nor what it is.
bool psych_told(turn_maker& turn, frame& f)
{
    const bool told = !f.draft.empty();
    f.slots["invite"].shown = turn.own_text(f, told ? "invite_told" : "invite");
    if (!told)
        return true;
    f.slots["wish"].value = "talk";
    f.asked.push_back("wish");
    turn.say(turn.own_text(f, "machine"));
    return true;
}

// A short word that shows one is heard, never the same twice in a row, and one open question at most.
bool psych_listen(turn_maker& turn, frame& f)
{
    auto& count = f.slots[".heard"].value;
    const int before = number_of(count);
    count = std::to_string(before + 1);
    const auto first = static_cast<int>(static_cast<std::uint64_t>(turn.new_id(0)) % reflections);
    auto& offset = f.slots[".first"].value;
    if (offset.empty())
        offset = std::to_string(first);
    const auto name = [](std::string_view kind, int n) { return std::string(kind) + std::to_string(n + 1); };
    auto text = turn.own_text(f, name("hear_", (number_of(offset) + before) % reflections));
    if (before + 1 == messages_before_suggestion)
        text += "\n" + turn.own_text(f, "suggest");
    else
        text += turn.own_text(f, name("open_", (number_of(offset) + before) % open_questions));
    turn.ask_as(std::move(text));
    return false;
}

bool psych_want(turn_maker&, frame& f)
{
    if (slot_of(f, "wish").value == "counsellor" || slot_of(f, "after").value == "counsellor")
        f.slots["books"].value = "yes";
    return true;
}

bool psych_end(turn_maker& turn, frame& done)
{
    const auto& wish = slot_of(done, "wish").value;
    if (!slot_of(done, "closed").value.empty())
        return true;
    if (wish == "mood" || wish == "worry") {
        turn.begin(wish == "mood" ? "screen.phq9" : "screen.gad7");
        return false;
    }
    if (!slot_of(done, "books").value.empty()) {
        if (slot_of(done, "agree").value == "agree")
            see_counsellor(turn, done);
        else
            turn.say(turn.own_text(done, "refused"));
        return true;
    }
    if (wish == "other") {
        turn.say(turn.own_text(done, "for_other"));
        return true;
    }
    if (slot_of(done, "visit").value == "yes") {
        turn.effect(consent_given{turn.data().notice_version, turn.now(), "care"});
        follow_up(turn, after_session, "psych/" + std::to_string(turn.new_id(0x95C5)), turn.own_text(done, "visit_text"));
        turn.say(turn.own_text(done, "visit_agreed"));
        return true;
    }
    turn.say(turn.own_text(done, "goodbye"));
    return true;
}

bool end_screen_phq9(turn_maker& turn, frame& done) { return end_screening(turn, done, "phq9", 9, 9, phq_bands); }
bool end_screen_gad7(turn_maker& turn, frame& done) { return end_screening(turn, done, "gad7", 7, 0, gad_bands); }

}  // namespace dialogs
