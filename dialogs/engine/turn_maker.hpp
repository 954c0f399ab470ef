#pragma once
// One turn in the making: the conversation as it was, what came in, and what is becoming of it. Lives for one step.
// Its parts: dispatch (turn_maker.cpp, commands.cpp, idle.cpp, taps.cpp), dialogues on dialogues (stack.cpp), moving about
// (moving.cpp, picking.cpp), questions (asking.cpp), answers (answering.cpp, answering_where.cpp), danger (danger.cpp), who
// answers (owner_turns.cpp), what does not fit (long_replies.cpp), progress (progress.cpp).

#include "dialogs/engine/book.hpp"
#include "dialogs/engine/engine.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dialogs {

// An inbound as the engine sees it, whatever its kind.
struct heard {
    enum class kind : unsigned char { words, picture, voice, video, file, location, link, arrival, menu, staff, nothing };
    kind what = kind::nothing;
    std::string text;    // the citizen's words: typed, transcribed, a title, a label
    std::string plain;   // the same, for comparing
    std::string target;  // of a tapped choice
    std::string media_id;
    double latitude = 0, longitude = 0;
};
heard hear(const said& what);

class turn_maker {
public:
    // The newest version of the data first; no other is looked at but for dialogues that began with it.
    turn_maker(const library& data, const conversation& before, const step_input& input);
    std::variant<stepped, wants> make();

    // ---- for endings and steps of code (endings.hpp)
    const book& data() const { return data_; }
    const heard& said() const { return heard_; }
    bot::instant now() const { return input_.now; }
    // What is known of the world. A flow or a step says what it needs under "wants"; then it is there.
    const known& facts() const { return input_.facts; }
    const conversation& state() const { return after_; }
    void say(std::string text, std::vector<choice> choices = {});
    void say(text_id id, std::vector<choice> choices = {}) { say(data_.text(id), std::move(choices)); }
    void effect(dialogs::effect happens) { out_.effects.push_back(std::move(happens)); }
    // A sentence of the flow's own. Throws std::out_of_range for one that the table of endings does not name.
    const std::string& own_text(const frame& f, std::string_view name) const;
    // Unique to the turn and the salt, the same for every delivery of the message.
    std::int64_t new_id(std::uint64_t salt) const;
    std::string new_code(std::uint64_t salt = 0) const;
    void consent_given_to_notice();
    void consent_taken_back() { after_.consent.clear(); }
    // Within the time after words of acute danger in which nothing is urged (domain reference §20.4).
    bool acute_recently() const { return !may_remind(); }
    // From the code of a step: the flow on top ends without its ending; what is below is asked again.
    void leave_flow();
    // Somebody is or may be in danger, found by something else than words: as if they had been read (§18, §20).
    void raise_alarm(crisis_level level, std::string reason) { alarm({.level = level, .reasons = {std::move(reason)}}); }
    // Opens a flow (its consent first) on top of what is under way, or goes back to it where it is under way or put aside.
    void begin(std::string_view flow_id);
    // The same with slots filled beforehand: their steps are not asked.
    void begin_with(std::string_view flow_id, std::map<std::string, slot_value> slots);
    // The same with what was told so far, to be added to and confirmed in its first step that takes a story.
    void begin_telling(std::string_view flow_id, std::string told);
    void open_target(std::string_view target);  // menu/page, cmd/name, flow/start
    void ask_after(std::string text);           // says it and asks the question on top again
    void ask_as(std::string words);             // the question on top in these words, with its choices
    choice target_choice(std::string label, std::string target) const { return {std::move(label), std::move(target)}; }
    std::string show_date(std::string_view canonical) const;
    std::string show_moment(bot::instant at) const;
    std::string show_day(std::string_view text, bot::instant at) const;  // fills {year} {month} {day}
    std::string show_weekday(bot::instant at) const;
    std::string show_case(const case_view& view) const;

private:
    // What a choice list of the current step offers, static or made for this conversation.
    struct offered {
        std::string value, label, target;
    };

    // ---- dispatch
    void dispatch();
    void hear_words();
    bool try_tap(std::string_view target);
    bool tap_on_decision(std::string_view step_id, bool yes);
    bool tap_on_question(std::string_view value);
    bool try_page_choice();
    bool try_command();
    bool try_opener();
    bool try_code();
    bool try_invitation(std::string_view text);
    void run_command(command what);
    void go_on();
    void idle_words();
    bool try_told_opener();
    bool try_intent(double sure, const std::string& told);
    void open_with_story(std::string_view flow_id, const std::string& told);
    void hear_media();
    void hear_location();
    void offer_filing();
    std::vector<choice> keep_for_filing();
    void hear_offer();
    void hear_owner();
    void ask_person(std::string_view reason);
    std::string staff_hours() const;
    void say_more();
    void shorten();
    bool is_bare() const;
    bool try_after_silence();
    bool answers_clearly() const;

    // ---- dialogues on dialogues (stack.cpp)
    frame* top() { return after_.stack.empty() ? nullptr : &after_.stack.back(); }
    static bool is_notice(const frame& f);
    frame& form();
    frame pop_form();
    frame fresh_frame(std::string_view flow_id) const;
    bool worth_keeping(const frame& f) const;
    void keep_aside(frame f);
    void put_aside();
    void take_paused();
    void next_from_shelf();
    bool bring_forward(std::string_view flow_id);
    bool back_down_to(std::string_view flow_id);
    void enter(frame fresh);
    void return_to_question();
    bool clear_out();
    void take_newest(frame& f);
    void ask_cancel();
    void hear_cancel();
    void cancel_form();
    void offer_resume(bool restart = false);
    void hear_resume();
    void resume();
    void start_anew();
    void only_ask();
    bool try_question();

    // ---- moving about (moving.cpp)
    const flow* known_flow(const frame& f) const;
    const flow& flow_of(const frame& f) const;
    const step& step_of(const frame& f) const;
    bool visible(const step& s, const frame& f) const;
    static bool answered(const frame& f, std::string_view step_id);
    const step* next_step(const frame& f) const;
    void proceed();
    bool pass(const step& s, frame& f);
    bool pass_pick(const step& s, frame& f);
    void finish_flow();
    bool need(const wants& what, const frame& f);
    bool wants_any() const;
    void open_page(std::string_view id);
    void welcome(std::string_view page_id);
    void go_back();
    void correct(const step& s, frame& f);
    awaiting natural_wait(const frame& f) const;
    bool being_corrected(const frame& f) const;

    // ---- questions (asking.cpp)
    reply question();
    void ask();
    void prompt(std::string text, std::vector<choice> choices);  // a question in other words: the next answer is to it
    std::vector<offered> offers(frame& f, const step& s) const;
    void prepare(frame& f, const step& s) const;
    std::string worded(const std::string& text, const frame& f, std::string_view hint = {}) const;
    std::vector<offered> items(const frame& f, const step& s) const;
    std::vector<offered> picks(frame& f, const step& s) const;
    std::string summary_lines(const frame& f) const;
    std::string recap(const frame& f) const;
    std::vector<const step*> lines_of(const frame& f) const;
    std::string shown(const slot_value& value, std::size_t characters) const;
    choice command_choice(text_id label, std::string_view command_name) const;
    choice flow_choice(const frame& f, text_id label, std::string_view step_id, std::string_view value) const;
    std::vector<choice> paused_choices() const;
    bool may_remind() const;

    // ---- answers (answering.cpp)
    void answer();
    void answer_typed(const step& s, frame& f);
    bool asks_instead(const step& s) const;
    void answer_option(const offered& chosen);
    int match(const std::vector<offered>& list, const step& s) const;
    void answer_text(const step& s, frame& f);
    void collect(const step& s, frame& f, bool finish);
    void answer_name(const step& s);
    void answer_date();
    void answer_place(const step& s, frame& f);
    void place_named(const std::string& name, frame& f);
    const cases::street* fill_place(const std::string& name, const step& s, frame& f);
    void answer_kind(frame& f);
    void answer_street(frame& f);
    void answer_pick(const step& s, frame& f);
    void answer_talk(const step& s, frame& f);
    void answer_evidence(frame& f);
    void add_evidence(frame& f);
    void answer_summary();
    void store(std::string value, std::string shown_as, std::string note = {}, bool ends = false);
    void drop_dependants(frame& f, const step& changed) const;
    void keep_old();
    void miss(std::string text = {});

    // ---- an earlier answer put right (correcting.cpp)
    struct correction {
        const dialogs::step* step = nullptr;
        std::string value;
    };
    struct named_step {
        const dialogs::step* step = nullptr;
        std::string_view rest;  // behind the name
    };
    bool try_correction();
    correction read_correction(const frame& f, const std::vector<const step*>& among) const;
    correction numbered_correction(const frame& f, const std::vector<const step*>& lines) const;
    named_step name_in(std::string_view text, const std::vector<const step*>& among) const;
    const step* whose_value(const frame& f, const std::vector<const step*>& among, std::string_view value) const;
    std::optional<slot_value> read_plain_value(const step& s, std::string_view text) const;

    // ---- facts beside the answer (understood.cpp)
    bool look_for_more(frame& f, std::string_view text);
    std::vector<const step*> gleaned_steps(const frame& f) const;
    reply gleaned_question(const frame& f) const;
    void hear_gleaned();
    bool put_right_gleaned(frame& f);
    void take_gleaned(const step* wrong);
    void drop_gleaned();
    std::string shown_as(const step& s, const std::string& value) const;

    // ---- danger (danger.cpp)
    bool screen();
    void alarm(screening seen);
    text_id template_of(const screening& seen, std::string_view& asked) const;
    void comfort(const screening& seen);
    void comfort_violence();
    void call_person(int urgency);
    void plan_follow_ups();
    void hear_private(frame& f);
    void quick_exit();
    void remind_of_machine();
    void in_danger_frame();
    void leave_danger();

    // ---- progress
    void progress(std::string_view code);
    void progress_of(std::string_view code);
    void progress_of_all();
    std::string list_of(const std::vector<case_view>& own) const;
    std::string other_lines() const;
    std::vector<choice> ways_on(const case_view& view) const;
    std::string state_of(const case_view& view) const;
    std::string next_of(const case_view& view) const;
    std::string overdue(const case_view& view, bot::instant last) const;
    std::string show_service(const service_view& view) const;
    std::string by_when(std::optional<bot::instant> last, int days, bool working) const;

    const book& data_;
    const library& versions_;
    const conversation& before_;
    const step_input& input_;
    conversation after_;
    turn out_;
    heard heard_;
    wants wants_;         // of the world, when it is not known
    bool asked_ = false;  // the turn ends with the question of the top
};

// The dialogue of somebody in danger is a frame of this name: no form, no menu, until they choose to leave it.
inline constexpr std::string_view danger_flow = "safety";
inline constexpr std::string_view consent_flow = "consent";
// Where questions of law go, in this slot, whatever is under way.
inline constexpr std::string_view question_flow = "consult.legal";
inline constexpr std::string_view question_slot = "question";

// "Not clear" alone is no answer; "not clear about the name, it is the one upstairs" is one.
inline constexpr long shrug_length = 6;
bool shrugs(std::string_view text);
// Without white space at the ends.
std::string trimmed(std::string_view text);

// What an invitation's code begins with, and the scene of its QR code.
inline constexpr std::string_view invitation_prefix = "YQ";
inline constexpr std::string_view invitation_scene = "invite:";

// Query codes: prefix, China's date as yymmdd, six characters, a check character.
std::string make_code(std::string_view prefix, bot::instant at, std::uint64_t seed);
enum class code_check { none, misspelt, good };
// Whether a text is a query code; `into` gets its canonical spelling.
code_check read_code(std::string_view prefix, std::string_view text, std::string& into);
// Well-mixed bits of a seed; the same for the same input.
std::uint64_t mix(std::uint64_t seed);

}  // namespace dialogs
