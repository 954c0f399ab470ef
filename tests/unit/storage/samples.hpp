#pragma once
// Citizens and turns for tests; what a person wrote carries a canary that must never lie in a database file.

#include "storage/storage.hpp"

#include <string>

namespace storage {

// Long and odd enough not to occur by chance.
inline const std::string canary = "金丝雀canary-7f3a";

inline bot::instant at_ms(std::int64_t ms)
{
    return bot::instant(std::chrono::milliseconds(ms));
}
inline constexpr std::int64_t noon_ms = 1'795'000'000'123;

inline delivery_key delivery(std::uint64_t n)
{
    delivery_key key{};
    for (std::size_t i = 0; i < 8; ++i) key[i] = static_cast<std::uint8_t>(n >> (8 * i));
    key[15] = 0xA5;
    return key;
}

inline address address_of(std::int64_t citizen)
{
    return {"main", "oOpenId-" + std::to_string(citizen)};
}

// The citizen's turn_no-th turn. Turn 1 brings the citizen's row.
inline turn_append make_turn(const citizen& who, std::int32_t turn_no)
{
    turn_append turn;
    turn.who = who;
    if (turn_no == 1) turn.first_seen = address_of(who.id.value);
    turn.turn_no = turn_no;
    turn.key =
        delivery(static_cast<std::uint64_t>(who.id.value) * 1000 + static_cast<std::uint64_t>(turn_no));
    turn.at = at_ms(noon_ms + turn_no);
    turn.inbound = canary + " inbound " + std::to_string(turn_no);
    turn.replies = canary + " replies " + std::to_string(turn_no);
    turn.state = canary + " state " + std::to_string(turn_no);
    return turn;
}

inline dialogs::file_case make_case(std::int64_t id, const std::string& code)
{
    dialogs::file_case filed;
    filed.id = bot::case_id{id};
    filed.code = code;
    filed.submitted_at = at_ms(noon_ms + id);
    filed.accept_by = at_ms(noon_ms + id + 432'000'000);
    filed.dispute_type = "migrant_wage_arrears";
    filed.unit = "330302001";
    filed.applicant = {canary + "张三", "13800000001", canary + "五马街道1号", canary + "无"};
    filed.respondent = {canary + "某某餐饮有限公司", "0577-88888888", canary + "朔门街", canary + "老板姓李"};
    filed.narrative = canary + " 拖欠工资😀\n\"'); DROP TABLE dispute_case; --" + std::string("\0x", 2);
    filed.occurred = canary + "2026-03";
    filed.place = canary + "工地";
    filed.requests = canary + "付清工资";
    filed.amount_fen = 350'000;
    filed.other_body = canary + "已报警";
    filed.acting_for = canary + "母亲";
    filed.minor = true;
    filed.evidence = {
        {"picture", canary + "media-1", at_ms(noon_ms)}, {"voice", canary + "media-2", at_ms(noon_ms + 5)}
    };
    return filed;
}

}  // namespace storage
