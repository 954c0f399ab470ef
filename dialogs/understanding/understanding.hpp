#pragma once
// What a text is about: intent, topic, dispute type with alternatives, how likely it shows danger, and the elements of a
// case in it. One interface in front of the reviewed phrase tables and the trained models, for the engine and for
// `hejie understand`. Pure and const: safe from any thread, the same text gives the same answer.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

struct likely {
    std::string name;
    double p = 0;  // 0 … 1
};

struct understood {
    std::string intent;             // file_dispute, ask_law, need_comfort, complain, deliver_material, book_appointment,
    double intent_p = 0;            // ask_progress, withdraw, supplement, rate, human, privacy, greet, thanks, other
    std::vector<likely> topics;     // sections of legal consultation, likeliest first
    std::vector<likely> dispute;    // working codes (M, N, L …), likeliest first, at most all 20
    std::vector<likely> national;   // the same as ids of the 18 national categories (cases/dispute_type.hpp)
    bool dispute_sure = false;      // the first is likely enough to be taken without offering three
    double p_high = 0;              // that the words show danger, by the model alone; the screen decides (safety_screen.hpp)
    std::vector<likely> elements;   // case elements above their threshold
};

class understanding {
public:
    virtual ~understanding() = default;
    virtual understood read(std::string_view text) const = 0;
    // The part that the safety screen needs, before anything else: under a millisecond.
    virtual double danger(std::string_view text) const = 0;
};

}  // namespace dialogs
