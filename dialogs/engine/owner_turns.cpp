// Asking for a person, and what the staff's side makes known about who answers.
#include "cases/calendar.hpp"
#include "dialogs/engine/ownership.hpp"
#include "dialogs/engine/turn_maker.hpp"

namespace dialogs {

namespace {

// Nobody waits longer than the longest holiday for the next working day.
constexpr int longest_closure = 20;

}  // namespace

// What staff do is a turn of the conversation: appended, and answered only when it gives the citizen back to the bot.
void turn_maker::hear_owner()
{
    const auto* changed = std::get_if<owner_changed>(&input_.what);
    after_.open_question = false;  // somebody else has spoken since
    if (!changed || !change_owner(after_, changed->to, changed_by::staff) || changed->to != owner::bot)
        return;
    say(changed->reason == "no_answer" ? text_id::person_missed : text_id::person_left, paused_choices());
    if (top() && top()->flow != danger_flow) {
        ask();
        after_.open_question = true;
    }
}

void turn_maker::ask_person(std::string_view reason)
{
    const bool danger = top() && top()->flow == danger_flow;
    const bool fresh = change_owner(after_, owner::waiting, changed_by::citizen);
    if (fresh)
        effect(ask_for_person{std::string(reason), danger ? 2 : 0, input_.now});
    const auto words = danger ? text_id::human_crisis : fresh ? text_id::human : text_id::human_waiting;
    auto text = fill(data_.text(words), {{"hours", staff_hours()}});
    if (danger)
        return say(std::move(text));
    top() ? ask_after(std::move(text)) : say(std::move(text), paused_choices());
}

// When a person can see the message: from the calendar, without a date where the calendar ends.
std::string turn_maker::staff_hours() const
{
    const auto local = input_.now + bot::china_offset;
    const auto minute = std::chrono::floor<std::chrono::minutes>(local - std::chrono::floor<std::chrono::days>(local)).count();
    const auto& hours = data_.staff_hours;
    auto day = std::chrono::sys_days(cases::china_date(input_.now));
    const auto works = data_.days.is_working_day(day);
    if (works && *works && minute >= hours.open && minute < hours.close)
        return data_.text(text_id::hours_now);
    if (!works || *works == false || minute >= hours.close)
        day += std::chrono::days(1);
    for (int i = 0; works && i < longest_closure; ++i, day += std::chrono::days(1)) {
        const auto next = data_.days.is_working_day(day);
        if (!next)
            break;
        if (*next)
            return fill(show_day(data_.text(text_id::hours_then), bot::instant(day - bot::china_offset)), {});
    }
    return data_.text(text_id::hours_unknown);
}

}  // namespace dialogs
