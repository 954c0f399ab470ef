#include "bot/turns/unasked.hpp"

#include "dialogs/engine/engine.hpp"

namespace bot::turns {

void add_unasked_effects(const dialogs::said& what, bot::instant at, dialogs::turn& to)
{
    const auto* changed = std::get_if<dialogs::owner_changed>(&what);
    const auto* staff = std::get_if<dialogs::staff_said>(&what);
    if (changed)
        to.effects.push_back(dialogs::owner_set{std::string(dialogs::to_string(changed->to)), changed->who, at});
    if (staff)
        to.effects.push_back(dialogs::send_later{at, "staff", "", staff->text});
    if ((changed || staff) && !to.replies.empty())
        to.effects.push_back(dialogs::send_later{at, "reply", "", dialogs::serialise(to.replies)});
}

}  // namespace bot::turns
