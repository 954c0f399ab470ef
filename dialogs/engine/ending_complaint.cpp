// From a filled complaint to its receipt. Who reports is nobody's business but the workers' (domain reference §4).
#include "cases/calendar.hpp"
#include "dialogs/engine/ending_parts.hpp"
#include "dialogs/engine/endings.hpp"

namespace dialogs {

bool end_complaint(turn_maker& turn, frame& done)
{
    const bool anonymous = slot_of(done, "anonymous").value == "anonymous";
    file_complaint filed{
        .id = {turn.new_id(0xC0317)},
        .code = turn.new_code(),
        .at = turn.now(),
        .anonymous = anonymous,
        .target = slot_of(done, "target").value,
        .matter = slot_of(done, "matter").value,
        .place = slot_of(done, "place").value,
        .occurred = slot_of(done, "date").value,
        .name = anonymous ? std::string{} : slot_of(done, "name").value,
        .phone = anonymous ? std::string{} : slot_of(done, "phone").value,
        .unit = slot_of(done, "street").value,
        .evidence = done.evidence,
    };
    const auto by = answered_by(turn, done, 3, "receipt_by", "receipt_by_days");
    turn.say(fill(turn.own_text(done, anonymous ? "receipt_anonymous" : "receipt"),
                  {{"code", filed.code}, {"submitted", turn.show_moment(filed.at)}, {"unit", turn.data().unit_name(filed.unit)}, {"by", by}}),
             ways(turn, {"cmd/progress"}));
    turn.effect(std::move(filed));
    return true;
}

}  // namespace dialogs
