#pragma once
// Who answers a citizen (architecture, invariant 5): the bot, the bot while a person was asked for, or a person.

#include "dialogs/engine/conversation.hpp"

namespace dialogs {

// The one place where the owner of a conversation changes. A person who holds it is only replaced by another word about
// the owner from the staff's side, never by what the citizen says. False when nothing changed.
enum class changed_by : unsigned char { citizen, staff };
bool change_owner(conversation& of, owner to, changed_by who);

}  // namespace dialogs
