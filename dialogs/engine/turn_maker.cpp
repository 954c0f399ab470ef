#include "dialogs/engine/turn_maker.hpp"

#include "dialogs/engine/readers.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr auto long_silence = std::chrono::minutes(30);
// A text at least this long, after a long silence, is taken for the answer and not for a "hello again".
constexpr long telling_length = 10;

struct hearer {
    heard operator()(const said_text& s) const { return {heard::kind::words, s.text, {}, s.choice, {}}; }
    heard operator()(const sent_picture& s) const { return {heard::kind::picture, {}, {}, {}, s.media_id}; }
    heard operator()(const sent_voice& s) const { return {heard::kind::voice, s.transcript, {}, {}, s.media_id}; }
    heard operator()(const sent_video& s) const { return {heard::kind::video, {}, {}, {}, s.media_id}; }
    heard operator()(const sent_file& s) const { return {heard::kind::file, s.title, {}, {}, s.media_id}; }
    heard operator()(const sent_location& s) const
    {
        return {heard::kind::location, s.label, {}, {}, {}, s.latitude, s.longitude};
    }
    heard operator()(const sent_link& s) const { return {heard::kind::link, s.title, {}, {}, {}}; }
    heard operator()(const followed& s) const { return {heard::kind::arrival, {}, {}, s.scene}; }
    heard operator()(const scanned& s) const { return {heard::kind::arrival, {}, {}, s.scene}; }
    heard operator()(const unfollowed&) const { return {}; }
    heard operator()(const tapped_menu& s) const { return {heard::kind::menu, {}, {}, s.key, {}}; }
    heard operator()(const noticed&) const { return {}; }
    heard operator()(const owner_changed&) const { return {heard::kind::staff}; }
    heard operator()(const staff_said&) const { return {heard::kind::staff}; }
};

}  // namespace

heard hear(const said& what)
{
    heard out = std::visit(hearer{}, what);
    if (count_characters(out.text) < 0)
        out.text = normalise(out.text);  // broken bytes are neither stored nor repeated
    out.plain = plain(out.text);
    return out;
}

turn_maker::turn_maker(const library& data, const conversation& before, const step_input& input)
    : data_(*data.front()), versions_(data), before_(before), input_(input), after_(before), heard_(hear(input.what))
{
}

std::variant<stepped, wants> turn_maker::make()
{
    if (heard_.what == heard::kind::nothing)
        return stepped{before_, {}};
    if (heard_.what == heard::kind::staff) {
        hear_owner();
        return stepped{std::move(after_), std::move(out_)};
    }
    const bool draft_deleted = clear_out();
    after_.last_turn = input_.now;
    after_.page.clear();
    after_.misses = 0;
    after_.album = false;
    if (!screen() && after_.held_by != owner::person) {
        if (draft_deleted)
            say(text_id::draft_gone);
        dispatch();
    }
    if (wants_any())
        return wants_;
    remind_of_machine();
    shorten();
    after_.open_question = asked_ || !top();
    return stepped{std::move(after_), std::move(out_)};
}

const std::string& turn_maker::own_text(const frame& f, std::string_view name) const
{
    return flow_of(f).texts.at(std::string(name));
}

std::int64_t turn_maker::new_id(std::uint64_t salt) const { return bot::time_ordered_id(input_.now, mix(input_.seed ^ salt)); }

std::string turn_maker::new_code(std::uint64_t salt) const { return make_code(data_.code_prefix, input_.now, input_.seed ^ salt); }

void turn_maker::dispatch()
{
    if (top() && top()->flow == danger_flow)
        return in_danger_frame();
    switch (heard_.what) {
    case heard::kind::words:
        return hear_words();
    case heard::kind::voice:
        if (!heard_.plain.empty())
            return hear_words();
        if (top() && step_of(*top()).type == slot_type::evidence)
            return add_evidence(*top());
        return top() ? ask_after(data_.text(text_id::voice_unclear)) : say(text_id::voice_unclear);
    case heard::kind::arrival:
        if (try_invitation(heard_.target))
            return;
        put_aside();
        return welcome("welcome");
    case heard::kind::menu:
        if (!try_tap(heard_.target)) {
            put_aside();
            welcome("main");
        }
        return;
    case heard::kind::location:
        return hear_location();
    case heard::kind::link:
        return top() ? ask_after(data_.text(text_id::link_unasked)) : say(text_id::link_unasked);
    default:
        return hear_media();
    }
}

void turn_maker::hear_words()
{
    if (!heard_.target.empty() && try_tap(heard_.target))
        return;
    frame* f = top();
    const bool asking = f && (f->waits == awaiting::answer || f->waits == awaiting::correction);
    const bool greeting = data_.says(command::hello, heard_.plain);
    if (f && (greeting || !data_.commands.contains(heard_.plain)) && try_after_silence())
        return;
    // The words of the open question's choices win over commands of the same name.
    const bool own_word = asking && step_of(*f).words.contains(heard_.plain);
    if (!own_word && (try_command() || try_opener() || try_code() || try_page_choice()))
        return;
    if (!f)
        return idle_words();
    if (!before_.open_question && is_bare())
        return ask();  // something else was said since the question: this yes is not for it
    if (f->waits <= awaiting::correction && try_correction())
        return;
    switch (f->waits) {
    case awaiting::heard:
        return hear_gleaned();
    case awaiting::cancel:
        return hear_cancel();
    case awaiting::resume:
        return hear_resume();
    case awaiting::offer:
        return hear_offer();
    default:
        return answer();
    }
}

// Words that mean nothing without the question they answer.
bool turn_maker::is_bare() const
{
    return heard_.target.empty() && (read_yes_no(heard_.text) || read_number(heard_.text));
}

// After a long silence a text may be a new beginning: unless it clearly answers, the form is offered again first.
bool turn_maker::try_after_silence()
{
    const auto& f = *top();
    if (!before_.last_turn || input_.now - *before_.last_turn <= long_silence)
        return false;
    const bool deciding = f.waits == awaiting::cancel || f.waits == awaiting::offer || f.waits == awaiting::resume;
    if (deciding) {
        if (is_bare())
            ask();
        return is_bare();
    }
    if (f.asked.empty() || !flow_of(f).keeps || answers_clearly())
        return false;
    offer_resume();
    return true;
}

bool turn_maker::answers_clearly() const
{
    const auto& f = after_.stack.back();
    const auto& s = step_of(f);
    if (s.type == slot_type::summary || f.waits == awaiting::heard)
        return std::any_of(s.options.begin(), s.options.end(), [&](const option& o) { return o.label == heard_.plain; });
    if (s.words.contains(heard_.plain))
        return true;
    switch (s.type) {
    case slot_type::date:
        return read_past_date(heard_.text, cases::china_date(input_.now)).has_value();
    case slot_type::money:
        return read_money_fen(heard_.text).has_value();
    case slot_type::phone:
        return read_phone(heard_.text).has_value();
    case slot_type::text:
    case slot_type::place:
        return count_characters(heard_.text) >= telling_length || data_.says(command::done, heard_.plain);
    case slot_type::evidence:
        return data_.says(command::done, heard_.plain) || data_.says(command::skip, heard_.plain);
    default:
        return false;
    }
}

}  // namespace dialogs
