#pragma once
// What the flow files cannot say: the code at the end of a flow ("finish: name") and in its steps of type run and talk
// ("run: name"). One function each, in a file ending_<name>.cpp; a line of the table in endings.cpp makes it known.
//
// An ending is given the maker of the turn and the frame that is done, which is already off the stack: it says things,
// adds effects, begins another flow, opens a page. The code of a step is given the frame on the stack and may fill its
// slots; it gives false when it is not enough yet (talk) or when it has opened something else.

#include <span>
#include <string_view>

namespace dialogs {

class turn_maker;
struct frame;

struct ending {
    std::string_view name;
    bool (*run)(turn_maker&, frame&);
    // Apart by spaces, checked when the flows are loaded.
    std::string_view slots;  // that the flow must fill
    std::string_view texts;  // that the flow must bring under "texts"; others it may not bring
    bool reviewed = false;   // the flow must end in a summary
};

std::span<const ending> endings();
const ending* find_ending(std::string_view name);

// After an ending, give true: the question below is asked again, or nothing is under way.
bool end_consent(turn_maker& turn, frame& done);
bool end_file_case(turn_maker& turn, frame& done);
bool end_complaint(turn_maker& turn, frame& done);
bool end_material(turn_maker& turn, frame& done);
bool end_appointment(turn_maker& turn, frame& done);
bool end_callback(turn_maker& turn, frame& done);
bool end_withdraw(turn_maker& turn, frame& done);
bool end_reopen(turn_maker& turn, frame& done);
bool end_supplement(turn_maker& turn, frame& done);
bool end_rate(turn_maker& turn, frame& done);
bool end_privacy(turn_maker& turn, frame& done);
bool end_answer_invitation(turn_maker& turn, frame& done);

// Codes of steps.
bool judge_eligibility(turn_maker& turn, frame& f);  // fills "stop" with the rule that advised against, and says why
bool show_invitation(turn_maker& turn, frame& f);    // fills "state"; says what the other side asks for
bool material_code(turn_maker& turn, frame& f);      // reads the code of a case that is not the sender's own
bool appointment_look(turn_maker& turn, frame& f);   // fills "has": whether one is booked
bool appointment_old(turn_maker& turn, frame& f);    // fills "case" with what the booked one is for
bool rate_quiet(turn_maker& turn, frame& f);         // nobody is asked to rate soon after words of danger
bool privacy_view(turn_maker& turn, frame& f);       // says what is stored
bool privacy_scope(turn_maker& turn, frame& f);      // fills "scope_means": what no longer works without it

// Steps of consult.psych and of the questionnaires (consult_psych.cpp).
bool psych_open(turn_maker& turn, frame& f);
bool psych_listen(turn_maker& turn, frame& f);
bool psych_told(turn_maker& turn, frame& f);
bool psych_want(turn_maker& turn, frame& f);
bool psych_end(turn_maker& turn, frame& done);
bool end_screen_phq9(turn_maker& turn, frame& done);
bool end_screen_gad7(turn_maker& turn, frame& done);

// Steps of consult.legal (consult_legal.cpp).
bool legal_find(turn_maker& turn, frame& f);
bool legal_topic(turn_maker& turn, frame& f);
bool legal_prepare(turn_maker& turn, frame& f);
bool legal_answer(turn_maker& turn, frame& f);
bool legal_articles(turn_maker& turn, frame& f);
bool legal_next(turn_maker& turn, frame& f);
bool legal_end(turn_maker& turn, frame& done);

// The value of a slot; empty when it is not filled.
const struct slot_value& slot_of(const frame& f, std::string_view name);

}  // namespace dialogs
