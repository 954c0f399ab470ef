#pragma once
// Every effect with a canary wherever a person's words go.

#include "tests/unit/storage/samples.hpp"

#include <string>
#include <vector>

namespace storage {

// What a person wrote, in every effect that has room for it.
inline std::vector<dialogs::effect> every_service(std::int64_t id)
{
    const std::string n = std::to_string(id);
    const bot::instant at = at_ms(noon_ms);
    const std::vector<dialogs::evidence> files{{"picture", canary, at}};
    const dialogs::party who{canary, canary, canary, canary};
    dialogs::file_complaint complaint;
    complaint.id = bot::record_id{1000 + id};
    complaint.code = "TS-" + n;
    complaint.target = complaint.matter = complaint.place = complaint.occurred = complaint.name = complaint.phone =
        canary;
    complaint.evidence = files;
    auto filed = make_case(100 + id, "HJ-1-" + n);
    filed.details = {{"months", "label", canary}};
    return {
        complaint,
        filed,
        dialogs::deliver_material{bot::record_id{2000 + id}, at, "", "BOX-" + n, at, canary, files},
        dialogs::supplement_case{"HJ-1-" + n, canary, files, at},
        dialogs::rate_case{"HJ-1-" + n, 3, canary, at},
        dialogs::withdraw_case{"HJ-1-" + n, canary, at},
        dialogs::reopen_case{"HJ-1-" + n, canary, at},
        dialogs::data_request{"export", "SJ-" + n, canary, at},
        dialogs::open_psych_case{bot::record_id{3000 + id}, "XL-" + n, "talk", canary, canary, at},
        dialogs::screening_done{"gad7", {3, 3, 3, 3, 3, 3, 3}, 21, canary, at},
        dialogs::send_later{at, "psych_follow_up", "psych/" + n, canary},
    };
}

}  // namespace storage
