// Appointments for mediation: a free time is taken, changed, given back; reminders come and go with it.
#include "cases/calendar.hpp"
#include "dialogs/engine/ending_parts.hpp"
#include "dialogs/engine/endings.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr std::string_view kind = "mediation";
constexpr auto day_before = std::chrono::hours(24), hours_before = std::chrono::hours(2);

const appointment_view* appointment_of(const turn_maker& turn, const frame& f)
{
    const auto& own = turn.facts().own_appointments.value();
    const auto& id = slot_of(f, "which").value;
    const auto at = std::find_if(own.begin(), own.end(), [&](const appointment_view& a) { return std::to_string(a.id.value) == id; });
    return at == own.end() ? nullptr : &*at;
}

const slot_view* slot_wanted(const turn_maker& turn, const frame& f)
{
    const auto& free = turn.facts().free_slots.value();
    const auto& id = slot_of(f, "slot").value;
    const auto at = std::find_if(free.begin(), free.end(), [&](const slot_view& s) { return std::to_string(s.id) == id; });
    return at == free.end() ? nullptr : &*at;
}

std::string about(bot::record_id id) { return "appointment/" + std::to_string(id.value); }

// The same questions again, but for the time.
bool choose_again(turn_maker& turn, const frame& done)
{
    auto slots = done.slots;
    for (const auto* gone : {"day", "slot", "confirm", ".day", ".slot", ".confirm"})
        slots.erase(gone);
    turn.begin_with(done.flow, std::move(slots));
    return false;
}

void call_off_appointment(turn_maker& turn, const appointment_view& old)
{
    turn.effect(cancel_appointment{old.id, turn.now()});
    turn.effect(call_off{about(old.id)});
}

void remind(turn_maker& turn, const frame& done, const book_appointment& booked, std::string_view place)
{
    const auto send = [&](std::chrono::hours before, std::string_view text, std::string_view what) {
        const auto due = booked.starts_at - before;
        if (due > turn.now())
            turn.effect(send_later{due, std::string(what), about(booked.id),
                                   fill(turn.own_text(done, text), {{"starts", turn.show_moment(booked.starts_at)},
                                                                    {"weekday", turn.show_weekday(booked.starts_at)},
                                                                    {"place", place}})});
    };
    send(day_before, "remind_day", "appointment_24h");
    send(hours_before, "remind_hours", "appointment_2h");
}

bool take_time(turn_maker& turn, const frame& done)
{
    const auto* slot = slot_wanted(turn, done);
    if (!slot) {
        turn.say(turn.own_text(done, "taken"));
        return choose_again(turn, done);
    }
    const auto& for_case = slot_of(done, "case").value;
    const book_appointment booked{{turn.new_id(0xA9907)}, std::string(kind), slot->id, slot->starts_at,
                                  for_case == "none" ? std::string{} : for_case, slot_of(done, "phone").value, turn.now()};
    const auto with = slot->with.empty() ? std::string{} : fill(turn.own_text(done, "with"), {{"with", slot->with}});
    auto text = fill(turn.own_text(done, "booked"), {{"starts", turn.show_moment(slot->starts_at)},
                                                     {"weekday", turn.show_weekday(slot->starts_at)},
                                                     {"place", slot->place},
                                                     {"with", with}});
    const auto* old = slot_of(done, "do").value == "change" ? appointment_of(turn, done) : nullptr;
    if (old) {
        call_off_appointment(turn, *old);
        text += "\n" + fill(turn.own_text(done, "changed"), {{"old", turn.show_moment(old->starts_at)}});
    }
    turn.say(std::move(text), ways(turn, {"cmd/progress"}));
    turn.effect(booked);
    remind(turn, done, booked, slot->place);
    return true;
}

}  // namespace

bool appointment_look(turn_maker& turn, frame& f)
{
    const auto& own = turn.facts().own_appointments.value();
    const bool has = std::any_of(own.begin(), own.end(), [](const appointment_view& a) { return a.kind == kind; });
    f.slots["has"] = {has ? "yes" : "no", {}};
    return true;
}

bool appointment_old(turn_maker& turn, frame& f)
{
    const auto* old = appointment_of(turn, f);
    const bool bound = old && !old->case_code.empty();
    f.slots["case"] = {bound ? old->case_code : "none", bound ? old->case_code : std::string{}};
    return true;
}

bool end_appointment(turn_maker& turn, frame& done)
{
    const auto& wish = slot_of(done, "do").value;
    const auto& confirmed = slot_of(done, "confirm").value;
    if (wish == "keep" || wish == "cancel") {
        const auto* old = appointment_of(turn, done);
        const bool cancels = old && slot_of(done, "sure").value == "yes";
        if (cancels)
            call_off_appointment(turn, *old);
        const auto* text = !old ? "gone" : cancels ? "cancelled" : wish == "keep" ? "kept" : "not_cancelled";
        turn.say(fill(turn.own_text(done, text), {{"old", slot_of(done, "which").shown}}));
        return true;
    }
    if (confirmed == "yes")
        return take_time(turn, done);
    if (confirmed == "again" && turn.facts().free_slots.value().size() > 1)
        return choose_again(turn, done);
    if (confirmed == "again")
        turn.say(turn.own_text(done, "only_one"), ways(turn, {"callback/start"}));
    else
        turn.say(turn.own_text(done, "not_booked"));
    return true;
}

bool end_callback(turn_maker& turn, frame& done)
{
    const auto& when = slot_of(done, "when");
    turn.say(fill(turn.own_text(done, "noted"), {{"phone", slot_of(done, "phone").value},
                                                 {"when", when.value.empty() ? turn.own_text(done, "any_time") : when.value},
                                                 {"by", answered_by(turn, done, 2)}}));
    turn.effect(ask_for_person{.reason = "appointment", .at = turn.now()});
    return true;
}

}  // namespace dialogs
