#pragma once
// Typed values read from Chinese as people write it. Each gives nullopt when the text says no such value; none throws.
// Dates are China's civil dates; `today` is the day the message was received.

#include "cases/calendar.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dialogs {

// "三万五", "1.2万", "3500块", "两千三百元", "１２０００", "大概五千", "35,000.50元"; in fen. Not negative.
std::optional<std::int64_t> read_money_fen(std::string_view text);
// An amount in a text that was not asked for one: only with its unit ("元", "万"), never a bare number.
std::optional<std::int64_t> read_stated_money_fen(std::string_view text);
// 35000.50 -> "35000.50元", 3500000 fen -> "35000元".
std::string show_money(std::int64_t fen);

// A day, a month or a year, as exact as it was said.
struct said_date {
    std::chrono::year year{};
    std::optional<std::chrono::month> month;
    std::optional<std::chrono::day> day;
    std::optional<cases::date> until = {};  // a stretch of days: a lunar month
    std::string canonical() const;  // "2026-03-05", "2026-03", "2026", "2026-01-19/2026-02-16"
};
// "昨天", "上个月十五号", "三月五号", "2026年3月", "大前天", "3月15", "2026/3/5", "前年", "上周五", "国庆那天", "去年腊月",
// "正月初五". Dates in the future are nullopt.
std::optional<said_date> read_past_date(std::string_view text, cases::date today);

// Mobile (11 digits, 1[3-9]…), also with spaces, dashes, +86; landlines with area code. Canonical digits.
std::optional<std::string> read_phone(std::string_view text);

// 18-digit identity number with a right checksum (GB 11643), upper-case X.
std::optional<std::string> read_identity_number(std::string_view text);

// A whole number: "3", "三", "十二", "第2项", "２". 0..9999.
std::optional<int> read_number(std::string_view text);

enum class yes_no { yes, no };
// "是", "对", "好的", "同意", "嗯", "可以" / "不", "没有", "不是", "不同意", "算了". Mixed or other: nullopt.
std::optional<yes_no> read_yes_no(std::string_view text);

// "不知道", "不清楚", "说不准", "忘了", "不确定".
bool says_unknown(std::string_view text);
// "跳过", "不填", "没有", "无", "先不说".
bool says_skip(std::string_view text);

}  // namespace dialogs
