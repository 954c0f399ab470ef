#include "dialogs/engine/readers.hpp"
#include "dialogs/engine/readers_date_calendar.hpp"
#include "dialogs/engine/readers_date_lunar.hpp"
#include "dialogs/engine/readers_date_numbers.hpp"
#include "dialogs/engine/readers_date_text.hpp"
#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/numerals.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>

namespace dialogs {

namespace {

using view = std::u32string_view;

class date_reader {
public:
    date_reader(view text, cases::date today)
        : text_{text}, today_{today}, calendar_{today}, numbers_{text_, calendar_}
    {
    }

    std::optional<said_date> read() const
    {
        if (const auto named = read_lunar_or_festival(text_.rest(0), today_)) return named;
        if (text_.is_lunar()) return std::nullopt;
        if (const auto whole = numbers_.whole_text()) return *whole;
        for (std::size_t at = 0; at < text_.size();) {
            const auto here = expression_at(at);
            if (here.meant) return here.meant;
            const bool number = here.end == 0 && is_number_start(text_.peek(at));
            at = std::max(here.end, at + 1);
            while (number && at < text_.size() && is_number_start(text_.peek(at)))
                ++at;  // never begin inside a number
        }
        return std::nullopt;
    }

private:
    // Expressions, by what they begin with.
    date_reading expression_at(std::size_t at) const
    {
        for (const auto read :
             {&date_reader::future,
              &date_reader::near_day,
              &date_reader::week_day,
              &date_reader::month_back,
              &date_reader::year_back,
              &date_reader::number})
            if (const auto found = (this->*read)(at); found.end > at) return found;
        return {};
    }

    // Taken whole, so that the 5号 of 下个月5号 is not read by itself.
    date_reading future(std::size_t at) const
    {
        static constexpr auto words =
            std::to_array<view>({U"大后天", U"后天",     U"明天",   U"明日", U"明晚", U"明早",   U"明年",
                                 U"后年",   U"下下个月", U"下个月", U"下月", U"下周", U"下星期", U"下个星期",
                                 U"下礼拜", U"每个月",   U"每月",   U"每年", U"每周", U"月底前"});
        for (const auto word : words) {
            if (!text_.rest(at).starts_with(word)) continue;
            const auto behind = text_.skip_link(at + word.size());
            const auto more = is_number_start(text_.peek(behind)) ? numbers_.at(behind) : date_reading{};
            return {std::max(behind, more.end), std::nullopt};
        }
        return {};
    }

    date_reading near_day(std::size_t at) const
    {
        struct near {
            view word;
            int ago;
        };
        static constexpr auto words =
            std::to_array<near>({{U"大前天", 3}, {U"大前日", 3}, {U"前天", 2}, {U"前日", 2}, {U"前晚", 2},
                                 {U"昨天", 1},   {U"昨日", 1},   {U"昨晚", 1}, {U"昨夜", 1}, {U"昨儿", 1},
                                 {U"昨早", 1},   {U"昨下午", 1}, {U"今天", 0}, {U"今日", 0}, {U"今早", 0},
                                 {U"今晚", 0},   {U"今晨", 0},   {U"今儿", 0}, {U"刚才", 0}, {U"刚刚", 0}});
        for (const auto& one : words) {
            const auto end = at + one.word.size();
            // 以前天天吵 is no 前天.
            if (text_.rest(at).starts_with(one.word) &&
                !(one.ago == 2 && (text_.peek(end) == U'天' || text_.follows(at, U"以"))))
                return {end, calendar_.exactly(calendar_.day_ago(one.ago))};
        }
        return {};
    }

    // 上周五, 上上星期三, 这周一, 周五, 礼拜天
    date_reading week_day(std::size_t at) const
    {
        struct prefix {
            view word;
            int weeks;
        };
        static constexpr auto prefixes = std::to_array<prefix>(
            {{U"上上个", 2},
             {U"上上", 2},
             {U"上个", 1},
             {U"上", 1},
             {U"这个", 0},
             {U"这", 0},
             {U"本", 0},
             {U"", -1}}
        );
        for (const auto& one : prefixes) {
            if (!text_.rest(at).starts_with(one.word)) continue;
            auto end = at + one.word.size();
            const bool week = text_.rest(end).starts_with(U"周");
            if (!week && !text_.rest(end).starts_with(U"星期") && !text_.rest(end).starts_with(U"礼拜"))
                continue;
            end += week ? 1 : 2;
            const int weekday = weekday_of(text_.peek(end));
            if (weekday == 0 || (one.weeks > 0 && at > 0 && text_.is_one(at - 1, U"晚早马网路"))) return {};
            return {end + 1, calendar_.in_week(one.weeks, weekday)};
        }
        return {};
    }

    // 1 Monday … 7 Sunday, 0 for anything else.
    static int weekday_of(char32_t point)
    {
        if (point == U'日' || point == U'天') return 7;
        const int digit = is_digit(point) ? static_cast<int>(point - U'0') : chinese_digit(point);
        return digit >= 1 && digit <= (is_digit(point) ? 7 : 6) ? digit : 0;
    }

    // 上个月, 上上个月十五号, 本月3号
    date_reading month_back(std::size_t at) const
    {
        struct back {
            view word;
            int ago;
        };
        static constexpr auto words = std::to_array<back>(
            {{U"上上个月", 2},
             {U"上上月", 2},
             {U"上个月", 1},
             {U"上月", 1},
             {U"这个月", 0},
             {U"本月", 0},
             {U"当月", 0}}
        );
        for (const auto& one : words) {
            if (!text_.rest(at).starts_with(one.word) ||
                (one.ago > 0 && at > 0 && text_.is_one(at - 1, U"晚早")))
                continue;
            const auto in = calendar_.months_ago(one.ago);
            const auto part = numbers_.day_part(text_.skip_link(at + one.word.size()));
            const auto end = part ? part->end : at + one.word.size();
            const auto d = part ? std::optional{static_cast<unsigned>(part->value)} : std::nullopt;
            return {end, calendar_.checked(int{in.year()}, unsigned{in.month()}, d)};
        }
        return {};
    }

    // 去年, 前年三月, 今年3月5号
    date_reading year_back(std::size_t at) const
    {
        struct back {
            view word;
            int ago;
        };
        static constexpr auto words = std::to_array<back>(
            {{U"大前年", 3}, {U"前年", 2}, {U"去年", 1}, {U"上年", 1}, {U"今年", 0}, {U"本年", 0}}
        );
        for (const auto& one : words)
            if (text_.rest(at).starts_with(one.word))
                return numbers_.month_behind_year(calendar_.this_year() - one.ago, at + one.word.size());
        return {};
    }

    date_reading number(std::size_t at) const { return numbers_.at(at); }

    date_text text_;
    cases::date today_;
    past_calendar calendar_;
    dated_numbers numbers_;
};

}  // namespace

std::string said_date::canonical() const
{
    std::array<char, 32> buffer{};
    const int y = int{year};
    if (until && month && day)
        std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u/%04d-%02u-%02u", y, unsigned{*month}, unsigned{*day},
                      int{until->year()}, unsigned{until->month()}, unsigned{until->day()});
    else if (month && day)
        std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", y, unsigned{*month}, unsigned{*day});
    else if (month)
        std::snprintf(buffer.data(), buffer.size(), "%04d-%02u", y, unsigned{*month});
    else
        std::snprintf(buffer.data(), buffer.size(), "%04d", y);
    return buffer.data();
}

std::optional<said_date> read_past_date(std::string_view text, cases::date today)
{
    // The day stands early in an answer; a pasted book must not hold the turn up.
    constexpr std::size_t longest_answer = 400;
    const auto points = to_points(normalise(first_characters(text, longest_answer)));
    return today.ok() ? date_reader{points, today}.read() : std::nullopt;
}

}  // namespace dialogs
