#include "storage/effects/row.hpp"

#include "cases/life_cycle.hpp"
#include "storage/instants.hpp"
#include "storage/places.hpp"

#include <array>

namespace storage {
namespace {

using enum cases::case_state;

std::string in_list(const auto& states)
{
    std::string out;
    for (const auto state : states)
        out.append(out.empty() ? " IN ('" : ",'").append(cases::to_string(state)).append("'");
    return out + ")";
}

}  // namespace

row::row(const effect_site& at, std::string_view statement) : row(at.db, statement)
{
    number(at.citizen).number(at.turn_no).number(at.nth);
}

row& row::number(std::int64_t value)
{
    q_.bind(at_++, value);
    return *this;
}

row& row::time(bot::instant value)
{
    return number(ms(value));
}

row& row::time(const std::optional<bot::instant>& value)
{
    if (value) return time(*value);
    q_.bind_null(at_++);
    return *this;
}

row& row::text(std::string_view value)
{
    q_.bind_text(at_++, value);
    return *this;
}

row& row::text_or_null(std::string_view value)
{
    if (!value.empty()) return text(value);
    q_.bind_null(at_++);
    return *this;
}

row& row::bytes(std::string_view value)
{
    q_.bind_bytes(at_++, value);
    return *this;
}

row& row::sealed(const data_key& key, std::string_view place, std::string_view clear)
{
    return bytes(kept_.emplace_back(seal(key, place, clear)));
}

void refuse_turn(const char* why)
{
    throw sql::failure(sql::fault::duplicate, 0, why);
}

void insert_evidence(const effect_site& at, const std::vector<dialogs::evidence>& items)
{
    std::int64_t item = 0;
    for (const dialogs::evidence& each : items) {
        const place where("effect_evidence", "media_id", at.citizen, at.turn_no, at.nth, item);
        row(at,
            "INSERT INTO effect_evidence (citizen_id, turn_no, nth, item, kind, media_id, received_at)"
            " VALUES (?,?,?,?,?,?,?)")
            .number(item++)
            .text(each.kind)
            .sealed(at.key, where, each.media_id)
            .time(each.received_at)
            .run();
    }
}

const std::string& open_states()
{
    static const std::string list = in_list(std::array{
        submitted,
        need_more,
        accepted,
        awaiting_consent,
        assigned,
        in_hand,
        scheduled,
        mediating,
        suspended,
        agreed,
        performing
    });
    return list;
}

const std::string& ended_states()
{
    static const std::string list =
        in_list(std::array{declined, closed_success, closed_failed, closed_withdrawn, transferred});
    return list;
}

}  // namespace storage
