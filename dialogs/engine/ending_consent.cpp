#include "dialogs/engine/endings.hpp"
#include "dialogs/engine/turn_maker.hpp"

namespace dialogs {

bool end_consent(turn_maker& turn, frame& done)
{
    turn.consent_given_to_notice();
    if (slot_of(done, "sensitive").value == "agree")
        turn.effect(consent_given{turn.data().notice_version, turn.now(), "sensitive"});
    return true;
}

}  // namespace dialogs
