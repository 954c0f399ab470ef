#include "storage/effects/effect_rows.hpp"

#include "storage/effects/rows.hpp"

namespace storage {

void insert_effect_rows(sql::connection& db, const keyring& keys, const turn_append& turn)
{
    effect_site at{db, keys, turn.who.id.value, turn.turn_no, turn.who.key};
    for (const dialogs::effect& effect : turn.effects) {
        std::visit([&at](const auto& it) { insert_row(at, it); }, effect);
        ++at.nth;
    }
}

}  // namespace storage
