#include "dialogs/engine/readers_date_lunar.hpp"

#include "dialogs/engine/readers_date_text.hpp"
#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/numerals.hpp"

#include <algorithm>
#include <array>

namespace dialogs {

namespace {

using view = std::u32string_view;
using days = std::chrono::days;

// A lunar year in 17 bits: bit 15 … 4 are months 1 … 12 (1: 30 days, 0: 29), the low four the leap month (0: none), bit 16
// its length. The test compares them with ICU and the published first days.
constexpr std::array<std::uint32_t, last_lunar_year - first_lunar_year + 1> table{
    0x0c960, 0x0d954, 0x0d4a0, 0x0da50, 0x07552, 0x056a0, 0x0abb7, 0x025d0, 0x092d0, 0x0cab5,
    0x0a950, 0x0b4a0, 0x0baa4, 0x0ad50, 0x055d9, 0x04ba0, 0x0a5b0, 0x15176, 0x052b0, 0x0a930,
    0x07954, 0x06aa0, 0x0ad50, 0x05b52, 0x04b60, 0x0a6e6, 0x0a4e0, 0x0d260, 0x0ea65, 0x0d530,
    0x05aa0};
constexpr std::chrono::sys_days first_new_year = std::chrono::year(2000) / 2 / 5;

std::uint32_t bits(int year) { return table.at(static_cast<std::size_t>(year - first_lunar_year)); }
int month_length(int year, int month) { return bits(year) & (0x10000u >> month) ? 30 : 29; }
int leap_month(int year) { return static_cast<int>(bits(year) & 15u); }
int leap_length(int year) { return !leap_month(year) ? 0 : bits(year) & 0x10000u ? 30 : 29; }

int year_length(int year)
{
    int sum = leap_length(year);
    for (int month = 1; month <= 12; ++month)
        sum += month_length(year, month);
    return sum;
}

std::chrono::sys_days new_year(int year)
{
    auto at = first_new_year;
    for (int y = first_lunar_year; y < year; ++y)
        at += days(year_length(y));
    return at;
}

enum class rule { gregorian, lunar, year_end };

struct festival {
    view name;
    rule by;
    int month, day;
};

constexpr auto festivals = std::to_array<festival>({
    {U"元旦", rule::gregorian, 1, 1},     {U"妇女节", rule::gregorian, 3, 8},   {U"三八节", rule::gregorian, 3, 8},
    {U"劳动节", rule::gregorian, 5, 1},   {U"五一", rule::gregorian, 5, 1},     {U"儿童节", rule::gregorian, 6, 1},
    {U"六一", rule::gregorian, 6, 1},     {U"国庆", rule::gregorian, 10, 1},    {U"双十一", rule::gregorian, 11, 11},
    {U"双11", rule::gregorian, 11, 11},   {U"双十二", rule::gregorian, 12, 12}, {U"圣诞", rule::gregorian, 12, 25},
    {U"平安夜", rule::gregorian, 12, 24}, {U"大年初一", rule::lunar, 1, 1},     {U"年初一", rule::lunar, 1, 1},
    {U"春节", rule::lunar, 1, 1},         {U"元宵", rule::lunar, 1, 15},        {U"端午", rule::lunar, 5, 5},
    {U"七夕", rule::lunar, 7, 7},         {U"中秋", rule::lunar, 8, 15},        {U"重阳", rule::lunar, 9, 9},
    {U"除夕", rule::year_end, 0, 0},      {U"大年三十", rule::year_end, 0, 0},  {U"年三十", rule::year_end, 0, 0},
});

class lunar_reader {
public:
    lunar_reader(view text, cases::date today) : text_(text), walk_(text), today_(today) {}

    std::optional<said_date> read() const
    {
        if (auto named = named_festival())
            return named;
        return lunar_date();
    }

private:
    // How many years back the words before `at` say; -1: they say none. `full`: the year itself, written in digits.
    struct said_year {
        int back = -1, full = 0;
    };

    said_year year_before(std::size_t at) const
    {
        auto before = text_.substr(0, at);
        for (bool more = true; more;) {
            more = false;
            for (const view link : {view(U"的"), view(U" "), view(U"农历"), view(U"阴历"), view(U"旧历")})
                if (before.ends_with(link))
                    before.remove_suffix(link.size()), more = true;
        }
        if (before.ends_with(U"大前年")) return {3, 0};
        if (before.ends_with(U"前年")) return {2, 0};
        if (before.ends_with(U"去年") || before.ends_with(U"上年")) return {1, 0};
        if (before.ends_with(U"今年")) return {0, 0};
        if (before.size() >= 5 && before.back() == U'年') {
            const auto digits = before.substr(before.size() - 5, 4);
            if (std::all_of(digits.begin(), digits.end(), is_digit))
                return {-1, static_cast<int>((digits[0] - U'0') * 1000 + (digits[1] - U'0') * 100 + (digits[2] - U'0') * 10 + (digits[3] - U'0'))};
        }
        return {};
    }

    bool past(const cases::date& day) const { return day.ok() && std::chrono::sys_days(day) <= std::chrono::sys_days(today_); }

    // What make(year) gives for the year that is said, or for the newest year in which it is past.
    template <class Make>
    std::optional<said_date> in_year(const said_year& said, int this_year, Make make) const
    {
        if (said.full || said.back >= 0) {
            const auto made = make(said.full ? said.full : this_year - said.back);
            return made && past(first_day(*made)) ? made : std::nullopt;
        }
        for (int back = 0; back < 2; ++back)
            if (const auto made = make(this_year - back); made && past(first_day(*made)))
                return made;
        return std::nullopt;
    }

    static cases::date first_day(const said_date& d) { return d.year / *d.month / *d.day; }
    static said_date exact(cases::date d) { return {d.year(), d.month(), d.day()}; }

    std::optional<said_date> named_festival() const
    {
        const festival* named = nullptr;
        auto at = view::npos;
        for (const auto& f : festivals)
            if (const auto here = text_.find(f.name); here < at) {
                named = &f;
                at = here;
            }
        if (!named || counts_on(at + named->name.size()))
            return std::nullopt;
        const auto lunar_now = lunar_year_of(today_);
        if (named->by == rule::gregorian)
            return in_year(year_before(at), int{today_.year()}, [&](int y) -> std::optional<said_date> {
                return exact(std::chrono::year(y) / named->month / named->day);
            });
        if (!lunar_now)
            return std::nullopt;
        // Spring Festival falls in the Gregorian year that is meant; so do the others.
        return in_year(year_before(at), int{today_.year()}, [&](int y) { return lunar_festival(*named, y); });
    }

    // 五一路 and 国庆村 are places; 五一年 is a year.
    bool counts_on(std::size_t end) const { return walk_.is_one(end, U"路街村巷桥号广年届月万千百"); }

    static std::optional<said_date> lunar_festival(const festival& f, int year)
    {
        const auto month = days_of({f.by == rule::year_end ? year - 1 : year, f.by == rule::year_end ? 12 : f.month});
        if (!month)
            return std::nullopt;
        if (f.by == rule::year_end)
            return exact(month->last);
        return exact(cases::date(std::chrono::sys_days(month->first) + days(f.day - 1)));
    }

    // 正月初五, 腊月, 农历三月初三
    std::optional<said_date> lunar_date() const
    {
        for (std::size_t at = 0; at < text_.size(); ++at) {
            std::size_t end = 0;
            const int month = month_at(at, end);
            if (month == 0)
                continue;
            const auto lunar_now = lunar_year_of(today_);
            if (!lunar_now)
                return std::nullopt;
            const int day = day_at(end);
            return in_year(year_before(at), *lunar_now, [&](int y) -> std::optional<said_date> {
                const auto range = days_of({y, month});
                if (!range)
                    return std::nullopt;
                if (day > 0) {
                    const auto meant = std::chrono::sys_days(range->first) + days(day - 1);
                    return meant > std::chrono::sys_days(range->last) ? std::nullopt : std::optional(exact(cases::date(meant)));
                }
                auto made = exact(range->first);
                made.until = range->last;
                return made;
            });
        }
        return std::nullopt;
    }

    int month_at(std::size_t at, std::size_t& end) const
    {
        struct named {
            view word;
            int month;
        };
        static constexpr auto names = std::to_array<named>({{U"正月", 1}, {U"冬月", 11}, {U"腊月", 12}});
        if (at > 0 && text_[at - 1] == U'闰')
            return 0;
        for (const auto& n : names)
            if (walk_.rest(at).starts_with(n.word)) {
                end = at + n.word.size();
                return n.month;
            }
        const bool lunar = at >= 2 && (walk_.follows(at, U"农历") || walk_.follows(at, U"阴历") || walk_.follows(at, U"旧历"));
        const auto number = lunar ? walk_.integer_at(at) : std::nullopt;
        if (!number || walk_.peek(number->end) != U'月' || number->value < 1 || number->value > 12)
            return 0;
        end = number->end + 1;
        return number->value;
    }

    int day_at(std::size_t at) const
    {
        at = walk_.skip_link(at);
        const bool first_ten = walk_.peek(at) == U'初', twenties = walk_.peek(at) == U'廿';
        if (first_ten || twenties) {
            const auto digit = walk_.integer_at(at + 1);
            return digit && digit->value <= 10 ? digit->value + (twenties ? 20 : 0) : twenties ? 20 : 0;
        }
        const auto number = walk_.integer_at(at);
        return number && number->value >= 1 && number->value <= 30 ? number->value : 0;
    }

    view text_;
    date_text walk_;
    cases::date today_;
};

}  // namespace

std::optional<day_range> days_of(lunar_month of)
{
    if (of.year < first_lunar_year || of.year > last_lunar_year || of.month < 1 || of.month > 12)
        return std::nullopt;
    auto at = new_year(of.year);
    for (int month = 1; month < of.month; ++month)
        at += days(month_length(of.year, month) + (leap_month(of.year) == month ? leap_length(of.year) : 0));
    return day_range{cases::date(at), cases::date(at + days(month_length(of.year, of.month) - 1))};
}

std::optional<int> lunar_year_of(cases::date day)
{
    const auto at = std::chrono::sys_days(day);
    for (int year = first_lunar_year; year <= last_lunar_year; ++year)
        if (at >= new_year(year) && at < new_year(year) + days(year_length(year)))
            return year;
    return std::nullopt;
}

std::optional<said_date> read_lunar_or_festival(std::u32string_view text, cases::date today) { return lunar_reader(text, today).read(); }

}  // namespace dialogs
