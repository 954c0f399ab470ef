#include "dialogs/engine/readers.hpp"
#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/numerals.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>

namespace dialogs {

namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;
using view = std::u32string_view;

constexpr int first_year = 1900;

// What stands at one place of the text: an expression of time that ends at `end`, and the day it means, if that is
// a day, month or year in the past.
struct reading {
    std::size_t end = 0;  // 0: no expression of time here
    std::optional<said_date> meant;
};

struct integer {
    int value = 0;
    int digits = 0;
    std::size_t end = 0;
};

template <std::size_t N>
bool is_any(view text, const std::array<view, N>& words)
{
    return std::any_of(words.begin(), words.end(), [text](view word) { return text.starts_with(word); });
}

bool is_number_start(char32_t point)
{
    return is_digit(point) || chinese_digit(point) >= 0 || point == U'十';
}

class date_reader {
public:
    date_reader(view text, cases::date today) : text_{text}, today_{today} {}

    std::optional<said_date> read() const
    {
        if (is_lunar())
            return std::nullopt;
        if (const auto whole = whole_text())
            return *whole;
        for (std::size_t at = 0; at < text_.size();) {
            const auto here = expression_at(at);
            if (here.meant)
                return here.meant;
            const bool number = here.end == 0 && is_number_start(text_[at]);
            at = std::max(here.end, at + 1);
            while (number && at < text_.size() && is_number_start(text_[at]))
                ++at;  // never begin inside a number
        }
        return std::nullopt;
    }

private:
    // ---- the text ----

    view rest(std::size_t at) const { return text_.substr(std::min(at, text_.size())); }
    char32_t peek(std::size_t at) const { return at < text_.size() ? text_[at] : U'\0'; }
    bool is_one(std::size_t at, view any) const { return at < text_.size() && any.find(text_[at]) != view::npos; }
    bool follows(std::size_t at, view before) const { return text_.substr(0, at).ends_with(before); }

    std::size_t skip_link(std::size_t at) const
    {
        while (is_one(at, U" 的"))
            ++at;
        return at;
    }

    std::optional<integer> integer_at(std::size_t at) const
    {
        if (is_digit(peek(at))) {
            integer out{0, 0, at};
            for (; is_digit(peek(out.end)); ++out.end, ++out.digits)
                if (out.digits < 8)
                    out.value = out.value * 10 + static_cast<int>(peek(out.end) - U'0');
            return out.digits <= 8 ? std::optional{out} : std::nullopt;
        }
        const auto number = is_number_start(peek(at)) ? numeral_at(text_, at) : std::nullopt;
        if (!number || number->vague || !number->whole() || *number->whole() > 9999)
            return std::nullopt;
        const int digits = number->has_unit ? 0 : static_cast<int>(number->end - number->begin);
        return integer{static_cast<int>(*number->whole()), digits, number->end};
    }

    // Lunar dates are not converted; guessing the solar date would be wrong by a month.
    bool is_lunar() const
    {
        for (const view word : {U"农历", U"阴历", U"旧历", U"正月", U"腊月", U"冬月", U"除夕", U"闰月"})
            if (text_.find(word) != view::npos)
                return true;
        for (auto at = text_.find(U'初'); at != view::npos; at = text_.find(U'初', at + 1))
            if (chinese_digit(peek(at + 1)) > 0 && !follows(at, U"最") && !follows(at, U"当") && !follows(at, U"起"))
                return true;
        return text_.find(U"初十") != view::npos;
    }

    // ---- the calendar ----

    std::optional<said_date> checked(int y, std::optional<unsigned> m, std::optional<unsigned> d) const
    {
        const year of{y};
        if (y < first_year || of > today_.year())
            return std::nullopt;
        if (!m)
            return said_date{of, std::nullopt, std::nullopt};
        const month in{*m};
        if (!in.ok() || of / in > today_.year() / today_.month())
            return std::nullopt;
        if (!d)
            return said_date{of, in, std::nullopt};
        const cases::date full{of, in, day{*d}};
        return full.ok() && full <= today_ ? std::optional{said_date{of, in, day{*d}}} : std::nullopt;
    }

    std::optional<said_date> exactly(cases::date full) const
    {
        return checked(int{full.year()}, unsigned{full.month()}, unsigned{full.day()});
    }

    // Without a year: the last time there was such a month or day.
    std::optional<said_date> last_time(unsigned m, std::optional<unsigned> d) const
    {
        const int now = int{today_.year()};
        const auto this_year = checked(now, m, d);
        return this_year ? this_year : checked(now - 1, m, d);
    }

    std::chrono::year_month months_ago(int n) const { return today_.year() / today_.month() - months{n}; }

    // ---- expressions, by what they begin with ----

    reading expression_at(std::size_t at) const
    {
        for (const auto read : {&date_reader::future, &date_reader::near_day, &date_reader::week_day,
                                &date_reader::month_back, &date_reader::year_back, &date_reader::numbered})
            if (const auto found = (this->*read)(at); found.end > at)
                return found;
        return {};
    }

    // Taken whole, so that the 5号 of 下个月5号 is not read by itself.
    reading future(std::size_t at) const
    {
        static constexpr auto words = std::to_array<view>(
            {U"大后天", U"后天", U"明天", U"明日", U"明晚", U"明早", U"明年", U"后年", U"下下个月", U"下个月", U"下月", U"下周",
             U"下星期", U"下个星期", U"下礼拜", U"每个月", U"每月", U"每年", U"每周", U"月底前"});
        for (const auto word : words) {
            if (!rest(at).starts_with(word))
                continue;
            const auto behind = skip_link(at + word.size());
            const auto more = is_number_start(peek(behind)) ? numbered(behind) : reading{};
            return {std::max(behind, more.end), std::nullopt};
        }
        return {};
    }

    reading near_day(std::size_t at) const
    {
        struct near {
            view word;
            int ago;
        };
        static constexpr auto words = std::to_array<near>(
            {{U"大前天", 3}, {U"大前日", 3}, {U"前天", 2}, {U"前日", 2}, {U"前晚", 2}, {U"昨天", 1}, {U"昨日", 1}, {U"昨晚", 1},
             {U"昨夜", 1}, {U"昨儿", 1}, {U"昨早", 1}, {U"昨下午", 1}, {U"今天", 0}, {U"今日", 0}, {U"今早", 0}, {U"今晚", 0},
             {U"今晨", 0}, {U"今儿", 0}, {U"刚才", 0}, {U"刚刚", 0}});
        for (const auto& one : words) {
            const auto end = at + one.word.size();
            // 以前天天吵 is no 前天.
            if (rest(at).starts_with(one.word) && !(one.ago == 2 && (peek(end) == U'天' || follows(at, U"以"))))
                return {end, exactly(cases::date{sys_days{today_} - days{one.ago}})};
        }
        return {};
    }

    // 上周五, 上上星期三, 这周一, 周五, 礼拜天
    reading week_day(std::size_t at) const
    {
        struct prefix {
            view word;
            int weeks;
        };
        static constexpr auto prefixes =
            std::to_array<prefix>({{U"上上个", 2}, {U"上上", 2}, {U"上个", 1}, {U"上", 1}, {U"这个", 0}, {U"这", 0}, {U"本", 0}, {U"", -1}});
        for (const auto& one : prefixes) {
            if (!rest(at).starts_with(one.word))
                continue;
            auto end = at + one.word.size();
            const bool week = rest(end).starts_with(U"周");
            if (!week && !rest(end).starts_with(U"星期") && !rest(end).starts_with(U"礼拜"))
                continue;
            end += week ? 1 : 2;
            const int weekday = weekday_of(peek(end));
            if (weekday == 0 || (one.weeks > 0 && at > 0 && is_one(at - 1, U"晚早马网路")))
                return {};
            return {end + 1, in_week(one.weeks, weekday)};
        }
        return {};
    }

    // 1 Monday … 7 Sunday, 0 for anything else.
    static int weekday_of(char32_t point)
    {
        if (point == U'日' || point == U'天')
            return 7;
        const int digit = is_digit(point) ? static_cast<int>(point - U'0') : chinese_digit(point);
        return digit >= 1 && digit <= (is_digit(point) ? 7 : 6) ? digit : 0;
    }

    std::optional<said_date> in_week(int weeks_back, int weekday) const
    {
        const auto now = static_cast<int>(std::chrono::weekday{sys_days{today_}}.iso_encoding());
        if (weeks_back < 0)  // 周五 alone: the last one, today included
            return exactly(cases::date{sys_days{today_} - days{(now - weekday + 7) % 7}});
        return exactly(cases::date{sys_days{today_} - days{now - weekday + 7 * weeks_back}});
    }

    // 上个月, 上上个月十五号, 本月3号
    reading month_back(std::size_t at) const
    {
        struct back {
            view word;
            int ago;
        };
        static constexpr auto words = std::to_array<back>(
            {{U"上上个月", 2}, {U"上上月", 2}, {U"上个月", 1}, {U"上月", 1}, {U"这个月", 0}, {U"本月", 0}, {U"当月", 0}});
        for (const auto& one : words) {
            if (!rest(at).starts_with(one.word) || (one.ago > 0 && at > 0 && is_one(at - 1, U"晚早")))
                continue;
            const auto in = months_ago(one.ago);
            const auto part = day_part(skip_link(at + one.word.size()));
            const auto end = part ? part->end : at + one.word.size();
            const auto d = part ? std::optional{static_cast<unsigned>(part->value)} : std::nullopt;
            return {end, checked(int{in.year()}, unsigned{in.month()}, d)};
        }
        return {};
    }

    // 去年, 前年三月, 今年3月5号
    reading year_back(std::size_t at) const
    {
        struct back {
            view word;
            int ago;
        };
        static constexpr auto words =
            std::to_array<back>({{U"大前年", 3}, {U"前年", 2}, {U"去年", 1}, {U"上年", 1}, {U"今年", 0}, {U"本年", 0}});
        for (const auto& one : words)
            if (rest(at).starts_with(one.word))
                return month_behind_year(int{today_.year()} - one.ago, at + one.word.size());
        return {};
    }

    // A year was read up to `end`; a month and a day may follow.
    reading month_behind_year(int y, std::size_t end) const
    {
        const auto m = integer_at(skip_link(end));
        if (!m || peek(m->end) != U'月' || m->value < 1)
            return {end, checked(y, std::nullopt, std::nullopt)};
        const auto behind = skip_month_word(m->end);
        const auto d = day_part(skip_link(behind));
        return {
            d ? d->end : behind, checked(y, static_cast<unsigned>(m->value),
                                         d ? std::optional{static_cast<unsigned>(d->value)} : std::nullopt)};
    }

    std::size_t skip_month_word(std::size_t at) const { return rest(at).starts_with(U"月份") ? at + 2 : at + 1; }

    // "15日", "十五号", and a bare "15" that counts nothing else.
    std::optional<integer> day_part(std::size_t at) const
    {
        auto number = integer_at(at);
        if (!number || number->value < 1 || number->value > 99 || number->digits > 2)
            return std::nullopt;
        if (is_one(number->end, U"日号")) {
            ++number->end;
            return number;
        }
        static constexpr view counted = U"个天年月元块万千百人楼层点次岁%.,-/:周多几";
        if (number->value > 31 || is_one(number->end, counted) || is_number_start(peek(number->end)))
            return std::nullopt;
        return number;
    }

    reading numbered(std::size_t at) const
    {
        if (rest(at).starts_with(U"半年") && is_ago(at + 2))
            return {at + 3, in_month(months_ago(6))};
        if (rest(at).starts_with(U"半个月") && is_ago(at + 3))
            return {at + 4, in_month(month_of(15))};
        const auto number = integer_at(at);
        if (!number)
            return {};
        for (const auto read : {&date_reader::ago, &date_reader::full_year, &date_reader::separated,
                                &date_reader::short_year, &date_reader::month_day, &date_reader::day_only})
            if (const auto found = (this->*read)(at, *number); found.end > at)
                return found;
        return {};
    }

    bool is_ago(std::size_t at) const
    {
        static constexpr auto words = std::to_array<view>({U"前", U"以前", U"之前", U"多前", U"多以前"});
        return is_any(rest(at), words);
    }

    std::chrono::year_month month_of(int days_ago) const
    {
        const cases::date then{sys_days{today_} - days{days_ago}};
        return then.year() / then.month();
    }

    std::optional<said_date> in_month(std::chrono::year_month in) const
    {
        return checked(int{in.year()}, unsigned{in.month()}, std::nullopt);
    }

    // 三天前, 两个月前, 3年前: as exact as the unit.
    reading ago(std::size_t, const integer& n) const
    {
        const auto unit_behind = [&](std::initializer_list<view> words) -> std::size_t {
            for (const auto word : words)
                if (rest(n.end).starts_with(word) && is_ago(n.end + word.size()))
                    return n.end + word.size() + 1;
            return 0;
        };
        constexpr int most = 100 * 366;
        if (n.value < 1 || n.value > most)
            return {};
        if (const auto end = unit_behind({U"天", U"日"}); end > 0)
            return {end, exactly(cases::date{sys_days{today_} - days{n.value}})};
        if (const auto end = unit_behind({U"周", U"个星期", U"个礼拜", U"星期", U"礼拜"}); end > 0)
            return {end, in_month(month_of(std::min(n.value, 5000) * 7))};
        if (const auto end = unit_behind({U"个月", U"月", U"个多月"}); end > 0)
            return {end, in_month(months_ago(std::min(n.value, 1200)))};
        if (const auto end = unit_behind({U"年"}); end > 0)
            return {end, checked(int{today_.year()} - n.value, std::nullopt, std::nullopt)};
        return {};
    }

    static bool is_full_year(const integer& n) { return n.digits == 4 && n.value >= first_year && n.value <= 2199; }

    reading full_year(std::size_t, const integer& n) const
    {
        if (!is_full_year(n) || peek(n.end) != U'年')
            return {};
        return month_behind_year(n.value, n.end + 1);
    }

    // 2026-03-05, 2026/3/5, 2026.3, 20260305
    reading separated(std::size_t at, const integer& n) const
    {
        if (n.digits == 8 && is_digit(peek(at)) && n.value / 10'000 >= first_year && n.value / 10'000 <= 2199)
            return {
                n.end, checked(n.value / 10'000, static_cast<unsigned>(n.value / 100 % 100),
                               static_cast<unsigned>(n.value % 100))};
        if (!is_full_year(n) || !is_one(n.end, U"-/."))
            return {};
        const auto m = integer_at(n.end + 1);
        if (!m || m->digits > 2 || m->value < 1 || m->value > 12)
            return {};
        const auto in = static_cast<unsigned>(m->value);
        const auto d = peek(m->end) == peek(n.end) ? integer_at(m->end + 1) : std::nullopt;
        if (!d || d->digits > 2)
            return {m->end, checked(n.value, in, std::nullopt)};
        return {d->end, checked(n.value, in, static_cast<unsigned>(d->value))};
    }

    // 24年3月, 从98年: two digits. 住了20年 is a length of time.
    reading short_year(std::size_t at, const integer& n) const
    {
        if (n.digits != 2 || peek(n.end) != U'年')
            return {};
        const auto m = integer_at(skip_link(n.end + 1));
        const bool with_month = m && peek(m->end) == U'月';
        const bool named = at == 0 || is_one(at - 1, U"从在是于自到 ,");
        if (!with_month && (!named || is_one(n.end + 1, U"了前多来以左内后间里")))
            return {};
        const int century = n.value <= int{today_.year()} % 100 ? 2000 : 1900;
        return month_behind_year(century + n.value, n.end + 1);
    }

    reading month_day(std::size_t, const integer& n) const
    {
        if (peek(n.end) != U'月')
            return {};
        const auto behind = skip_month_word(n.end);
        const auto d = day_part(skip_link(behind));
        if (n.value < 1 || n.value > 12)
            return {d ? d->end : behind, std::nullopt};
        const auto in = static_cast<unsigned>(n.value);
        return d ? reading{d->end, last_time(in, static_cast<unsigned>(d->value))}
                 : reading{behind, last_time(in, std::nullopt)};
    }

    // 15号: of this month, or of the last one when this month's is still to come. 15号楼 is a house.
    reading day_only(std::size_t, const integer& n) const
    {
        if (!is_one(n.end, U"日号") || n.value < 1 || n.value > 31 ||
            is_one(n.end + 1, U"楼门院线房店桌机床室厂车公码库馆桥井"))
            return {};
        const auto d = static_cast<unsigned>(n.value);
        const auto before = months_ago(1);
        const auto this_month = checked(int{today_.year()}, unsigned{today_.month()}, d);
        return {n.end + 1, this_month ? this_month : checked(int{before.year()}, unsigned{before.month()}, d)};
    }

    // "3-5", "3.15", "3/15", "26/3/5", "2026", "202603": too short to be found inside a sentence.
    std::optional<std::optional<said_date>> whole_text() const
    {
        const auto n = is_digit(peek(0)) ? integer_at(0) : std::nullopt;
        if (!n)
            return std::nullopt;
        if (n->end == text_.size() && n->digits == 4 && is_full_year(*n))
            return checked(n->value, std::nullopt, std::nullopt);
        if (n->end == text_.size() && n->digits == 6 && n->value / 100 >= first_year && n->value / 100 <= 2199)
            return checked(n->value / 100, static_cast<unsigned>(n->value % 100), std::nullopt);
        if (n->digits > 2 || !is_one(n->end, U"-/."))
            return std::nullopt;
        const auto second = integer_at(n->end + 1);
        if (!second || second->digits > 2)
            return std::nullopt;
        if (second->end == text_.size() && n->value >= 1)
            return last_time(static_cast<unsigned>(n->value), static_cast<unsigned>(second->value));
        const auto third = peek(second->end) == peek(n->end) ? integer_at(second->end + 1) : std::nullopt;
        if (!third || third->end != text_.size() || third->digits > 2)
            return std::nullopt;
        return checked(2000 + n->value, static_cast<unsigned>(second->value), static_cast<unsigned>(third->value));
    }

    view text_;
    cases::date today_;
};

}  // namespace

std::string said_date::canonical() const
{
    std::array<char, 32> buffer{};
    const int y = int{year};
    if (month && day)
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
