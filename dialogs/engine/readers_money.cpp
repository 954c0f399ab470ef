#include "dialogs/engine/readers.hpp"
#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/numerals.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace dialogs {

namespace {

using view = std::u32string_view;

constexpr std::int64_t fen_per_yuan = 100;
constexpr std::int64_t most_yuan = 1'000'000'000'000;

// How sure we are that a number is an amount of money.
enum class surety { no, bare, with_unit, with_currency, refused };

struct amount {
    surety sure = surety::no;
    std::int64_t fen = 0;
    bool total = false;  // "一共", "合计" before it
    std::size_t end = 0;
};

// Length of the first of these words that the rest begins with; 0 for none.
template <std::size_t N>
std::size_t word_at(view rest, const std::array<view, N>& words)
{
    const auto word = std::find_if(words.begin(), words.end(), [rest](view one) { return rest.starts_with(one); });
    return word == words.end() ? 0 : word->size();
}

template <std::size_t N>
bool begins_with_any(view rest, const std::array<view, N>& words)
{
    return word_at(rest, words) > 0;
}

template <std::size_t N>
bool ends_with_any(view before, const std::array<view, N>& words)
{
    return std::any_of(words.begin(), words.end(), [before](view word) { return before.ends_with(word); });
}

constexpr auto yuan_words = std::to_array<view>({U"块钱", U"元", U"块", U"圆", U"rmb", U"人民币", U"cny"});
constexpr auto yuan_signs = std::to_array<view>({U"¥", U"￥", U"rmb", U"人民币", U"cny"});
constexpr auto foreign_words = std::to_array<view>({U"美元", U"美金", U"港币", U"港元", U"欧元", U"日元", U"英镑", U"usd", U"刀"});
constexpr auto about_words = std::to_array<view>({U"多", U"余", U"来", U"左右", U"上下", U"整", U"大概", U"以上", U"不到", U"出头"});
// Behind a number these say that it counts something else.
constexpr auto other_units = std::to_array<view>({
    U"年", U"月", U"日", U"号", U"天", U"个", U"人", U"岁", U"次", U"楼", U"层", U"平", U"点", U"分", U"小时",
    U"%", U"倍", U"米", U"公里", U"斤", U"克", U"周", U"星期", U"礼拜", U"期", U"份", U"家", U"位", U"台", U"辆",
    U"套", U"件", U"条", U"张", U"只", U"亩", U"吨", U"栋", U"幢", U"室", U"单元", U"户", U"折", U"成", U"级"});
constexpr auto total_words = std::to_array<view>({U"一共", U"总共", U"合计", U"共计", U"总计", U"加起来"});
constexpr auto after_idiom = std::to_array<view>({U"都", U"也", U"没", U"不", U"钱"});

std::size_t skip_spaces(view text, std::size_t at)
{
    while (at < text.size() && text[at] == U' ')
        ++at;
    return at;
}

std::size_t skip_about(view text, std::size_t at)
{
    at = skip_spaces(text, at);
    for (const auto word : about_words)
        if (text.substr(at).starts_with(word))
            return skip_spaces(text, at + word.size());
    return at;
}

// Fen of "5毛", "5角3分", "5" (三块五) behind the yuan; moves `at` behind what it took.
std::int64_t small_change(view text, std::size_t& at)
{
    std::int64_t fen = 0;
    auto digit = [&](std::size_t where) {
        if (where >= text.size())
            return -1;
        return is_digit(text[where]) ? static_cast<int>(text[where] - U'0') : chinese_digit(text[where]);
    };
    auto is = [&](std::size_t where, view any) { return where < text.size() && any.find(text[where]) != view::npos; };
    if (digit(at) >= 0 && is(at + 1, U"毛角")) {
        fen += digit(at) * 10;
        at += 2;
    } else if (digit(at) > 0 && (at + 1 == text.size() || is(at + 1, U" ,。;、"))) {
        fen += digit(at) * 10;
        at += 1;
    }
    if (digit(at) >= 0 && is(at + 1, U"分")) {
        fen += digit(at);
        at += 2;
    }
    return fen;
}

std::optional<std::int64_t> to_fen(std::int64_t scaled)
{
    constexpr auto per_fen = numeral_scale / fen_per_yuan;
    if (scaled % per_fen != 0 || scaled / numeral_scale > most_yuan)
        return std::nullopt;
    return scaled / per_fen;
}

bool stands_negative(view before)
{
    return before.ends_with(U"-") || before.ends_with(U"−") || before.ends_with(U"负");
}

bool looks_like_phone_or_date(view text, const numeral& number)
{
    const auto length = number.end - number.begin;
    const bool dashed = number.end + 1 < text.size() && (text[number.end] == U'-' || text[number.end] == U'/') &&
                        is_digit(text[number.end + 1]);
    return number.arabic && !number.has_unit && (dashed || (length == 11 && text[number.begin] == U'1') || text[number.begin] == U'0') &&
           number.scaled != 0 && !(text[number.begin] == U'0' && text.substr(number.begin).starts_with(U"0."));
}

bool is_range(view text, std::size_t end)
{
    end = skip_spaces(text, end);
    const auto rest = text.substr(std::min(end, text.size()));
    constexpr auto marks = std::to_array<view>({U"-", U"~", U"到", U"至", U"—"});
    for (const auto mark : marks)
        if (rest.starts_with(mark) && numeral_at(text, skip_spaces(text, end + mark.size())))
            return true;
    return false;
}

// 5毛, 3角: tenths of a yuan. 一毛不拔 and 一分钱没给 are no amounts.
std::optional<amount> jiao_amount(view text, const numeral& number, std::size_t at)
{
    const auto rest = text.substr(at);
    if (!rest.starts_with(U"毛") && !rest.starts_with(U"角"))
        return std::nullopt;
    const auto behind = rest.substr(1);
    if (number.scaled == numeral_scale && begins_with_any(behind, after_idiom))
        return amount{surety::no, 0, false, at + 1};
    const auto fen = to_fen(number.scaled / 10);
    return fen ? amount{surety::with_currency, *fen, false, at + 1} : amount{surety::no, 0, false, at + 1};
}

amount judge(view text, const numeral& number)
{
    const auto before = text.substr(0, number.begin);
    amount out;
    out.end = number.end;
    if (stands_negative(before) || number.vague || before.ends_with(U"几") || before.ends_with(U"数")) {
        out.sure = surety::refused;
        return out;
    }
    if (before.ends_with(U"第") || before.ends_with(U"百分之"))
        return out;
    auto at = skip_about(text, number.end);
    if (const auto jiao = jiao_amount(text, number, at))
        return *jiao;
    const auto rest = text.substr(at);
    auto fen = to_fen(number.scaled);
    if (begins_with_any(rest, foreign_words) || before.ends_with(U"$") || is_range(text, number.end)) {
        out.sure = surety::refused;
        return out;
    }
    out.total = ends_with_any(before, total_words);
    const bool sign_before = ends_with_any(before, yuan_signs);
    if (const auto currency = word_at(rest, yuan_words); currency > 0) {
        at += currency;
        const bool half = at < text.size() && text[at] == U'半';
        const auto change = half ? 50 : small_change(text, at);
        out.end = half ? at + 1 : at;
        out.sure = is_range(text, out.end) ? surety::refused : surety::with_currency;
        fen = fen ? std::optional{*fen + change} : fen;
    } else if (sign_before) {
        out.sure = surety::with_currency;
    } else if (!begins_with_any(rest, other_units) && !looks_like_phone_or_date(text, number)) {
        out.sure = number.has_unit ? surety::with_unit : surety::bare;
    }
    if (!fen)
        out.sure = out.sure == surety::no ? surety::no : surety::refused;
    out.fen = fen.value_or(0);
    return out;
}

// "一" of 一直 and 一起 is no amount: bare Chinese digits count only when nothing else is said.
bool is_noise(view text, const numeral& number, const amount& read)
{
    if (read.sure != surety::bare || number.arabic)
        return false;
    constexpr view filler = U" 大概约差不多就是欠,。!元块钱左右";
    const auto said = [&](view part) { return part.find_first_not_of(filler) != view::npos; };
    return said(text.substr(0, number.begin)) || said(text.substr(number.end));
}

std::optional<std::int64_t> choose(const std::vector<amount>& amounts, surety least)
{
    auto best = surety::no;
    for (const auto& one : amounts)
        best = std::max(best, one.sure);
    if (best == surety::refused || best < least)
        return std::nullopt;
    std::optional<std::int64_t> chosen;
    std::optional<std::int64_t> total;
    bool differ = false;
    for (const auto& one : amounts) {
        if (one.total && one.sure >= surety::bare)
            total = one.fen;
        if (one.sure != best)
            continue;
        differ = differ || (chosen && *chosen != one.fen);
        chosen = one.fen;
    }
    if (total)
        return total;
    return differ ? std::nullopt : chosen;
}

std::optional<std::int64_t> read(std::string_view text, surety least)
{
    // An amount stands in a sentence; more than this is a story, and no single number in it is the answer.
    constexpr std::size_t longest_answer = 400;
    const auto flat = normalise(first_characters(text, longest_answer));
    const auto points = to_points(flat);
    const view all{points};
    std::vector<amount> amounts;
    for (std::size_t at = 0; at < all.size();) {
        const bool digits = is_digit(all[at]);
        const auto number = digits || chinese_digit(all[at]) >= 0 || all[at] == U'十' || all[at] == U'拾'
                                ? numeral_at(all, at)
                                : std::nullopt;
        if (!number) {
            while (digits && at < all.size() && is_digit(all[at]))
                ++at;  // an identity or account number: not a part of it either
            at += digits ? 0 : 1;
            continue;
        }
        const auto found = judge(all, *number);
        at = std::max(found.end, number->end);
        if (found.sure != surety::no && !is_noise(all, *number, found))
            amounts.push_back(found);
    }
    return choose(amounts, least);
}

}  // namespace

std::optional<std::int64_t> read_money_fen(std::string_view text) { return read(text, surety::bare); }

std::optional<std::int64_t> read_stated_money_fen(std::string_view text) { return read(text, surety::with_unit); }

std::string show_money(std::int64_t fen)
{
    const bool negative = fen < 0;
    const auto size = negative ? 0ULL - static_cast<std::uint64_t>(fen) : static_cast<std::uint64_t>(fen);
    std::string shown = negative ? "-" : "";
    shown += std::to_string(size / fen_per_yuan);
    if (const auto rest = size % fen_per_yuan; rest != 0) {
        shown += rest < 10 ? ".0" : ".";
        shown += std::to_string(rest);
    }
    return shown + "元";
}

}  // namespace dialogs
