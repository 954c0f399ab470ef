#include "dialogs/engine/readers_date_numbers.hpp"

#include "dialogs/understanding/code_points.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace dialogs {

using view = std::u32string_view;

namespace {

bool is_full_year(const said_integer& n)
{
    return n.digits == 4 && n.value >= first_year && n.value <= 2199;
}

}  // namespace

date_reading dated_numbers::at(std::size_t at) const
{
    if (text_.rest(at).starts_with(U"半年") && text_.is_ago(at + 2))
        return {at + 3, calendar_.in_month(calendar_.months_ago(6))};
    if (text_.rest(at).starts_with(U"半个月") && text_.is_ago(at + 3))
        return {at + 4, calendar_.in_month(calendar_.month_of(15))};
    const auto number = text_.integer_at(at);
    if (!number) return {};
    for (const auto read :
         {&dated_numbers::ago,
          &dated_numbers::full_year,
          &dated_numbers::separated,
          &dated_numbers::short_year,
          &dated_numbers::month_day,
          &dated_numbers::day_only})
        if (const auto found = (this->*read)(at, *number); found.end > at) return found;
    return {};
}

// 三天前, 两个月前, 3年前: as exact as the unit.
date_reading dated_numbers::ago(std::size_t, const said_integer& n) const
{
    const auto unit_behind = [&](std::initializer_list<view> words) -> std::size_t {
        for (const auto word : words)
            if (text_.rest(n.end).starts_with(word) && text_.is_ago(n.end + word.size()))
                return n.end + word.size() + 1;
        return 0;
    };
    constexpr int most = 100 * 366;
    if (n.value < 1 || n.value > most) return {};
    if (const auto end = unit_behind({U"天", U"日"}); end > 0)
        return {end, calendar_.exactly(calendar_.day_ago(n.value))};
    if (const auto end = unit_behind({U"周", U"个星期", U"个礼拜", U"星期", U"礼拜"}); end > 0)
        return {end, calendar_.in_month(calendar_.month_of(std::min(n.value, 5000) * 7))};
    if (const auto end = unit_behind({U"个月", U"月", U"个多月"}); end > 0)
        return {end, calendar_.in_month(calendar_.months_ago(std::min(n.value, 1200)))};
    if (const auto end = unit_behind({U"年"}); end > 0)
        return {end, calendar_.checked(calendar_.this_year() - n.value, std::nullopt, std::nullopt)};
    return {};
}

date_reading dated_numbers::full_year(std::size_t, const said_integer& n) const
{
    if (!is_full_year(n) || text_.peek(n.end) != U'年') return {};
    return month_behind_year(n.value, n.end + 1);
}

// 2026-03-05, 2026/3/5, 2026.3, 20260305
date_reading dated_numbers::separated(std::size_t at, const said_integer& n) const
{
    if (n.digits == 8 && is_digit(text_.peek(at)) && n.value / 10'000 >= first_year &&
        n.value / 10'000 <= 2199)
        return {
            n.end,
            calendar_.checked(
                n.value / 10'000,
                static_cast<unsigned>(n.value / 100 % 100),
                static_cast<unsigned>(n.value % 100)
            )
        };
    if (!is_full_year(n) || !text_.is_one(n.end, U"-/.")) return {};
    const auto m = text_.integer_at(n.end + 1);
    if (!m || m->digits > 2 || m->value < 1 || m->value > 12) return {};
    const auto in = static_cast<unsigned>(m->value);
    const auto d = text_.peek(m->end) == text_.peek(n.end) ? text_.integer_at(m->end + 1) : std::nullopt;
    if (!d || d->digits > 2) return {m->end, calendar_.checked(n.value, in, std::nullopt)};
    return {d->end, calendar_.checked(n.value, in, static_cast<unsigned>(d->value))};
}

// 24年3月, 从98年: two digits. 住了20年 is a length of time.
date_reading dated_numbers::short_year(std::size_t at, const said_integer& n) const
{
    if (n.digits != 2 || text_.peek(n.end) != U'年') return {};
    const auto m = text_.integer_at(text_.skip_link(n.end + 1));
    const bool with_month = m && text_.peek(m->end) == U'月';
    const bool named = at == 0 || text_.is_one(at - 1, U"从在是于自到 ,");
    if (!with_month && (!named || text_.is_one(n.end + 1, U"了前多来以左内后间里"))) return {};
    const int century = n.value <= calendar_.this_year() % 100 ? 2000 : 1900;
    return month_behind_year(century + n.value, n.end + 1);
}

date_reading dated_numbers::month_day(std::size_t, const said_integer& n) const
{
    if (text_.peek(n.end) != U'月') return {};
    const auto behind = text_.skip_month_word(n.end);
    const auto d = day_part(text_.skip_link(behind));
    if (n.value < 1 || n.value > 12) return {d ? d->end : behind, std::nullopt};
    const auto in = static_cast<unsigned>(n.value);
    return d ? date_reading{d->end, calendar_.last_time(in, static_cast<unsigned>(d->value))}
             : date_reading{behind, calendar_.last_time(in, std::nullopt)};
}

// 15号: of this month, or of the last one when this month's is still to come. 15号楼 is a house.
date_reading dated_numbers::day_only(std::size_t, const said_integer& n) const
{
    if (!text_.is_one(n.end, U"日号") || n.value < 1 || n.value > 31 ||
        text_.is_one(n.end + 1, U"楼门院线房店桌机床室厂车公码库馆桥井"))
        return {};
    const auto d = static_cast<unsigned>(n.value);
    const auto now = calendar_.months_ago(0);
    const auto before = calendar_.months_ago(1);
    const auto this_month = calendar_.checked(int{now.year()}, unsigned{now.month()}, d);
    return {
        n.end + 1,
        this_month ? this_month : calendar_.checked(int{before.year()}, unsigned{before.month()}, d)
    };
}

date_reading dated_numbers::month_behind_year(int y, std::size_t end) const
{
    const auto m = text_.integer_at(text_.skip_link(end));
    if (!m || text_.peek(m->end) != U'月' || m->value < 1)
        return {end, calendar_.checked(y, std::nullopt, std::nullopt)};
    const auto behind = text_.skip_month_word(m->end);
    const auto d = day_part(text_.skip_link(behind));
    return {
        d ? d->end : behind,
        calendar_.checked(
            y,
            static_cast<unsigned>(m->value),
            d ? std::optional{static_cast<unsigned>(d->value)} : std::nullopt
        )
    };
}

std::optional<said_integer> dated_numbers::day_part(std::size_t at) const
{
    auto number = text_.integer_at(at);
    if (!number || number->value < 1 || number->value > 99 || number->digits > 2) return std::nullopt;
    if (text_.is_one(number->end, U"日号")) {
        ++number->end;
        return number;
    }
    static constexpr view counted = U"个天年月元块万千百人楼层点次岁%.,-/:周多几";
    if (number->value > 31 || text_.is_one(number->end, counted) || is_number_start(text_.peek(number->end)))
        return std::nullopt;
    return number;
}

std::optional<std::optional<said_date>> dated_numbers::whole_text() const
{
    const auto n = is_digit(text_.peek(0)) ? text_.integer_at(0) : std::nullopt;
    if (!n) return std::nullopt;
    if (n->end == text_.size() && n->digits == 4 && is_full_year(*n))
        return calendar_.checked(n->value, std::nullopt, std::nullopt);
    if (n->end == text_.size() && n->digits == 6 && n->value / 100 >= first_year && n->value / 100 <= 2199)
        return calendar_.checked(n->value / 100, static_cast<unsigned>(n->value % 100), std::nullopt);
    if (n->digits > 2 || !text_.is_one(n->end, U"-/.")) return std::nullopt;
    const auto second = text_.integer_at(n->end + 1);
    if (!second || second->digits > 2) return std::nullopt;
    if (second->end == text_.size() && n->value >= 1)
        return calendar_.last_time(static_cast<unsigned>(n->value), static_cast<unsigned>(second->value));
    const auto third =
        text_.peek(second->end) == text_.peek(n->end) ? text_.integer_at(second->end + 1) : std::nullopt;
    if (!third || third->end != text_.size() || third->digits > 2) return std::nullopt;
    return calendar_.checked(
        2000 + n->value, static_cast<unsigned>(second->value), static_cast<unsigned>(third->value)
    );
}

}  // namespace dialogs
