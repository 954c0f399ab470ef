// Parts of a filed case that only some cases have.

#include "storage/effects/rows.hpp"
#include "storage/places.hpp"

#include <set>

namespace storage {

void insert_row(const effect_site& at, const dialogs::file_case& it)
{
    const std::int64_t id = it.id.value;
    if (!it.second_type.empty() || it.contact_blocked)
        row(at.db,
            "INSERT INTO case_extra (case_id, second_type, contact_blocked, cleared_by, cleared_at)"
            " VALUES (?,?,?,'',NULL)")
            .number(id)
            .text(it.second_type)
            .number(it.contact_blocked ? 1 : 0)
            .run();
    std::int64_t nth = 0;
    for (const dialogs::detail& each : it.details) {
        const place where("case_detail", "value", id, nth);
        row(at.db, "INSERT INTO case_detail (case_id, nth, id, label, value) VALUES (?,?,?,?,?)")
            .number(id)
            .number(nth++)
            .text(each.id)
            .text(each.label)
            .sealed(at.key, where, each.value)
            .run();
    }
    for (const std::string& flag : std::set<std::string>(it.flags.begin(), it.flags.end()))
        row(at.db, "INSERT INTO case_flag (case_id, flag) VALUES (?,?)").number(id).text(flag).run();
}

}  // namespace storage
