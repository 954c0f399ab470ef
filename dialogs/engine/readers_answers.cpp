#include "dialogs/engine/readers.hpp"
#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/numerals.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace dialogs {

namespace {

using view = std::u32string_view;

// An answer of this kind is short; whatever is longer says something else.
constexpr long longest_answer = 16;

template <std::size_t N>
bool is_one_of(view text, const std::array<view, N>& words)
{
    return std::find(words.begin(), words.end(), text) != words.end();
}

std::u32string short_answer(std::string_view text)
{
    const auto flat = normalise(first_characters(text, 64));
    return count_characters(flat) <= longest_answer && first_characters(text, 64).size() == text.size()
               ? to_points(flat)
               : std::u32string{};
}

bool is_mark(char32_t point)
{
    return point == U' ' || is_punctuation(point) || (point >= 0x1F300 && point <= 0x1FAFF);
}

view without_ends(view part)
{
    while (!part.empty() && is_mark(part.front()))
        part.remove_prefix(1);
    while (!part.empty() && is_mark(part.back()))
        part.remove_suffix(1);
    return part;
}

constexpr auto yes_words = std::to_array<view>({
    U"是",   U"对",   U"好",   U"行",   U"可以", U"同意", U"嗯",   U"恩",   U"确认", U"没错", U"没问题", U"ok", U"okay",
    U"yes",  U"y",    U"要",   U"需要", U"愿意", U"有",   U"当然", U"必须", U"中",   U"得",   U"成",     U"可", U"确定",
    U"正确", U"接受", U"知道", U"明白", U"懂",   U"准",   U"在",   U"会",   U"能",   U"想",   U"继续",   U"是我", U"对头",
    U"好滴", U"嗯呐", U"噢好", U"哦好", U"额好", U"肯定", U"答应", U"认可", U"没意见", U"无误", U"yep", U"行行", U"好吧"});
constexpr auto no_words = std::to_array<view>({
    U"不",     U"不是",   U"不对",   U"不要",   U"不行",   U"不可以", U"不同意", U"没有",   U"没",     U"无",
    U"否",     U"不用",   U"不需要", U"不愿意", U"算",     U"取消",   U"no",     U"n",      U"别",     U"不好",
    U"不想",   U"不会",   U"不能",   U"不接受", U"不认可", U"不确认", U"不必",   U"不成",   U"不中",   U"没同意",
    U"不答应", U"不肯",   U"不愿",   U"不干",   U"不正确", U"错",     U"弗要",   U"勿要",   U"不需",   U"并没有",
    U"不在",   U"不继续", U"还没",   U"还没有", U"从来没有", U"暂时不", U"先不", U"nope"});
constexpr auto courtesy_words = std::to_array<view>({
    U"谢谢", U"谢", U"麻烦", U"老师", U"您好", U"你好", U"请", U"多谢", U"辛苦", U"感谢", U"麻烦你", U"谢谢你"});

enum class part_kind { yes, no, courtesy, other };

part_kind kind_of_exact(view part)
{
    if (is_one_of(part, yes_words))
        return part_kind::yes;
    if (is_one_of(part, no_words))
        return part_kind::no;
    return is_one_of(part, courtesy_words) ? part_kind::courtesy : part_kind::other;
}

// 嗯嗯嗯, 好好, 对对对
view without_repeats(view part)
{
    const bool same = part.find_first_not_of(part.front()) == view::npos;
    return same ? part.substr(0, 1) : part;
}

view without_lead(view part)
{
    constexpr auto leads = std::to_array<view>({
        U"我", U"那", U"就", U"完全", U"当然", U"都", U"真的", U"还是", U"本人", U"也", U"这个", U"那就"});
    for (const auto lead : leads)
        if (part.size() > lead.size() && part.starts_with(lead))
            return part.substr(lead.size());
    return part;
}

part_kind kind_of(view part)
{
    constexpr view particles = U"的了啊呀吧呢哦嘛哈啦噢喔滴哒呗哟捏咯喽爻";
    for (int tries = 0; tries < 4 && !part.empty(); ++tries) {
        if (const auto kind = kind_of_exact(without_repeats(part)); kind != part_kind::other)
            return kind;
        if (part.size() > 1 && particles.find(part.back()) != view::npos)
            part.remove_suffix(1);
        else
            part = without_lead(part);
    }
    return part_kind::other;
}

bool contains(view text, view word)
{
    return text.find(word) != view::npos;
}

}  // namespace

std::optional<yes_no> read_yes_no(std::string_view text)
{
    const auto points = short_answer(text);
    std::optional<yes_no> answer;
    view rest = without_ends(points);
    if (rest.empty() || points.back() == U'?')
        return std::nullopt;
    while (!rest.empty()) {
        const auto end = static_cast<std::size_t>(std::find_if(rest.begin(), rest.end(), is_mark) - rest.begin());
        const auto kind = kind_of(rest.substr(0, end));
        if (kind == part_kind::other)
            return std::nullopt;
        if (kind != part_kind::courtesy) {
            const auto said = kind == part_kind::yes ? yes_no::yes : yes_no::no;
            if (answer && *answer != said)
                return std::nullopt;
            answer = said;
        }
        rest = without_ends(rest.substr(end));
    }
    return answer;
}

std::optional<int> read_number(std::string_view text)
{
    constexpr int highest = 9999;
    constexpr view lead_filler = U" 第选择我要改修正是就为大概约共请#(【[.,:";
    constexpr view tail_filler = U" 项个条号点题行人位份次名吧了啊的.,。、!)】]:呢";
    const auto points = short_answer(text);
    const view all{points};
    const auto begin = std::min(all.find_first_not_of(lead_filler), all.size());
    const auto number = numeral_at(all, begin);
    if (!number || number->vague || all.substr(number->end).find_first_not_of(tail_filler) != view::npos)
        return std::nullopt;
    if (!number->arabic && !number->has_unit && number->end - number->begin > 1)
        return std::nullopt;  // 三五个: three to five
    const auto value = number->whole();
    return value && *value <= highest ? std::optional{static_cast<int>(*value)} : std::nullopt;
}

bool says_unknown(std::string_view text)
{
    constexpr auto words = std::to_array<view>({
        U"不知道",   U"不清楚",   U"说不准",   U"忘了",     U"忘记",     U"不确定", U"记不清",   U"记不得",
        U"不记得",   U"想不起",   U"不晓得",   U"不太清楚", U"不太确定", U"说不清", U"不好说",   U"没数",
        U"不太记得", U"搞不清",   U"弄不清",   U"勿晓得",   U"不太知道", U"记不太清", U"不明确", U"没印象"});
    const auto points = short_answer(text);
    const bool says = std::any_of(words.begin(), words.end(), [&](view word) { return contains(points, word); });
    // "忘了,3500还是3600" says something after all.
    return says && std::none_of(points.begin(), points.end(), is_digit);
}

bool says_skip(std::string_view text)
{
    constexpr auto words = std::to_array<view>({
        U"跳过",     U"不填",   U"没有", U"无",     U"先不说", U"不说",   U"略",     U"略过", U"下一个", U"下一步",
        U"先不填",   U"不想说", U"暂无", U"没",     U"skip",   U"空",     U"不写",   U"没了", U"先空着", U"以后再说",
        U"pass",     U"过",     U"先跳过", U"不方便说", U"不方便", U"不提供", U"暂时没有", U"都没有", U"先不写", U"保密"});
    const auto points = short_answer(text);
    auto said = without_ends(points);
    if (is_one_of(said, words))
        return true;
    constexpr view particles = U"的了吧啊呢哦";
    while (!said.empty() && particles.find(said.back()) != view::npos)
        said.remove_suffix(1);
    return is_one_of(said, words);
}

}  // namespace dialogs
