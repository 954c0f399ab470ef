#include "dialogs/engine/ownership.hpp"

namespace dialogs {

bool change_owner(conversation& of, owner to, changed_by who)
{
    if (of.held_by == to)
        return false;
    if (who == changed_by::citizen && (of.held_by == owner::person || to == owner::person))
        return false;
    of.held_by = to;
    return true;
}

}  // namespace dialogs
