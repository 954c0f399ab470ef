#pragma once
// All data files compiled into plain structs: what a turn reads. Made once (load.hpp), never changed afterwards, so
// any number of threads may read it.

#include "cases/calendar.hpp"
#include "cases/jurisdiction.hpp"
#include "dialogs/engine/conversation.hpp"
#include "dialogs/engine/texts.hpp"
#include "dialogs/knowledge/answer_cards.hpp"
#include "dialogs/knowledge/clock_table.hpp"
#include "dialogs/understanding/eligibility.hpp"
#include "dialogs/understanding/lexicon.hpp"
#include "dialogs/understanding/minor_words.hpp"
#include "dialogs/understanding/safety_screen.hpp"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dialogs {

struct ending;      // endings.hpp
class law_library;  // knowledge/law_library.hpp
class understanding;  // understanding/understanding.hpp

// Lets unordered_map<string, …> be asked with a string_view.
struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};
template <class T>
using by_text = std::unordered_map<std::string, T, text_hash, std::equal_to<>>;

enum class slot_type : unsigned char {
    choice, yes_no, text, date, money, phone, name, number, identity, place, street, kind, evidence, summary,
    pick,   // one of what is known of the world: own cases, free slots, own appointments
    scale,  // a choice whose number, typed, means its value ("0" … "3" of a questionnaire)
    say,    // a text without a question
    run,    // a step of code (endings.hpp), without a question
    talk,   // each message is given to a step of code until that says it is enough
};

// What a choice does beside filling its slot.
enum class deed : unsigned char {
    none,
    leave,  // ends every dialogue under way and opens what "go" names: menu/page or flow/start
    end,    // the flow is done with this answer
    alarm,  // somebody is in danger now: the violence template, a person is called, the dialogue is put aside
};

struct option {
    std::string value;
    std::string label;
    std::string target;  // flow/step/value
    std::string note;    // said when chosen
    std::string go;      // with deed::leave
    deed does = deed::none;
    int line = 0;
};

// Whether a slot holds (or does not hold) one of some values; without values: whether it is filled.
struct condition {
    std::string slot;
    bool wanted = true;
    std::vector<std::string> values;
    int line = 0;
};

struct step {
    std::string id;
    std::string slot;
    slot_type type = slot_type::text;
    std::string label;  // in summary and recap; empty: not shown there
    std::string ask, ask_all, none_label, why, pick_again, picked;
    std::vector<std::string> again;  // said at the first and at the second unreadable answer
    bool required = true;
    bool unknown = false;  // "not clear" is an answer
    bool several = false;  // text told in several messages
    int min = 1, max = 200;
    int most = 20;  // pieces of evidence
    std::vector<option> options;
    by_text<int> words;  // label, value and synonyms of the options, plain
    std::vector<condition> when;  // all must hold
    std::vector<std::string> resets;  // slots that depend on this one
    std::vector<std::string> strip;   // taken off the front of a name
    std::vector<std::string> called;  // names of the answer beside the label, in corrections
    std::vector<std::string> hear;    // what stands before the answer in free text
    bool companies = false;           // the name of a company in free text is the answer
    std::vector<std::string> outside;        // names of places that are not ours,
    std::vector<std::string> outside_unless; // unless one of these follows (the city Rui'an, but not Rui'an Road)
    std::optional<std::array<double, 4>> area;  // south, north, west, east
    wants needs;                    // of the world, before it is asked or answered
    std::string from;               // pick: own_cases, own_appointments, free_slots, free_days (of those), cards … (consult_lists.hpp),
    std::vector<std::string> only;  // of cases in these states (or "open", "closed", "unrated", "reopenable"), appointments of these kinds,
    std::string item;               // how one reads,
    std::string empty, empty_go;    // what is said when there is none, and where to go: menu/page or flow/start
    bool alone = false;             // the only one is taken without asking
    std::vector<std::string> fills; // slots that a step of code may fill beside its own
    std::string code;               // run, talk: the name in the table of endings.hpp
    const ending* does = nullptr;
    int line = 0;

    bool has_code() const { return type == slot_type::run || type == slot_type::talk; }
    bool asks() const { return type != slot_type::say && type != slot_type::run; }
};

struct flow {
    std::string id;
    std::string title;
    bool needs_consent = false;
    bool keeps = true;  // put aside when left, and offered again; short dialogues are not
    std::string finish;
    const ending* ends = nullptr;
    wants needs;  // of the world, in every turn of it; "$slot" stands for what that slot holds
    std::vector<step> steps;
    by_text<int> index;          // step id -> position
    by_text<std::string> texts;  // its own sentences, by name
    by_text<int> text_lines;
    int evidence = -1;           // position of the step that takes pictures; -1: none
    std::string path;
    int line = 0;

    const step* find(std::string_view step_id) const;
};

struct page_choice {
    std::string label, to;
    int line = 0;
};
struct page {
    std::string id;
    std::string text;
    std::vector<choice> choices;
    std::string path;
    int line = 0;
};

struct intent_target {
    std::string to;  // as a choice's
    int line = 0;
};

struct book {
    using text_table = std::array<std::string, text_names.size()>;
    text_table texts;
    text_table unstaffed;       // what is said instead while nobody is on call; empty: the same
    bool duty_on_call = false;  // somebody is told of every alert, around the clock
    by_text<command> commands;     // plain word -> command; not the two crisis lists
    std::array<by_text<bool>, command_names.size()> command_words;
    by_text<page> pages;           // by id
    by_text<std::string> openers;  // plain word -> "menu/page" or "flow/start"
    by_text<flow> flows;
    std::string notice_version;
    std::string code_prefix;
    std::string version;  // of the data: a hash of all files
    struct {
        int open = 9 * 60, close = 17 * 60;  // minutes of a working day
    } staff_hours;
    struct {
        std::vector<std::string> ends, about;  // plain
        std::vector<std::string> marks;        // at the very end of a text
    } questions;
    struct {
        std::vector<std::string> leads, verbs, wrong, becomes, is;
    } corrections;
    struct {
        std::vector<std::string> after_name, before_place, after_place, before_company, companies;
    } gleaning;

    struct {
        double sure = 1, sure_in_offer = 1;  // how likely the model must find an intent that opens something
        by_text<intent_target> opens;        // by the intent's name (understanding.hpp)
        std::string path;
    } intents;

    std::optional<dispute_lexicon> disputes;
    cases::jurisdiction district;
    cases::calendar days;
    answer_cards cards;
    clock_table clocks;
    std::shared_ptr<const law_library> laws;  // imported laws; may be absent
    std::shared_ptr<const understanding> models;  // may be absent: then the tables alone judge
    std::optional<safety_screen> safety;
    std::optional<minor_words> minors;
    std::optional<eligibility> eligible;

    const std::string& text(text_id id) const { return texts[static_cast<std::size_t>(id)]; }
    bool says(command what, std::string_view plain_text) const
    {
        return command_words[static_cast<std::size_t>(what)].contains(plain_text);
    }
    // Whether a text asks what the law says, whatever question is open.
    bool asks_law(std::string_view plain_text) const;
    bool sounds_asking(std::string_view text) const;
    // The safety screen with all that there is: table and model.
    screening look_for_danger(std::string_view text) const;
    // Kinds of dispute worth offering for what was told, likeliest first; empty when nothing speaks for one.
    std::vector<type_guess> likely_types(std::string_view text) const;
    // What a text opens by what the models take it for, empty when they are less sure than asked or there are none.
    std::string_view opened_by(std::string_view text, double sure) const;
    // Of the street or town, or of the district.
    std::string_view unit_name(std::string_view code) const;
};

// Versions of the data, the newest first.
using library = std::vector<std::shared_ptr<const book>>;

using filling = std::pair<std::string_view, std::string_view>;
// The text with its {placeholders} filled, and without the white space that an empty one leaves at the end.
std::string fill(std::string_view text, std::span<const filling> with);
inline std::string fill(std::string_view text, std::initializer_list<filling> with)
{
    return fill(text, std::span(with.begin(), with.size()));
}

// For comparing with data: normalised, no spaces between Han characters, no punctuation or particle at the ends.
std::string plain(std::string_view text);

}  // namespace dialogs
