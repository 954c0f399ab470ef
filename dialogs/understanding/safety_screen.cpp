#include "dialogs/understanding/safety_screen.hpp"

#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/safety_matches.hpp"
#include "dialogs/understanding/safety_table.hpp"
#include "dialogs/understanding/safety_text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace dialogs {

struct safety_screen::impl {
    safety_table table;
};

namespace {

class message {
public:
    message(const safety_table& table, const folded& text) : table_{table}, text_{text}
    {
        std::vector<phrase_hit> scratch;
        std::vector<pattern_match> matches;
        table.patterns.find(text.points, scratch, matches);
        for (const auto& match : matches)
            sort_in(match);
        // 我 of 我爸 is not the writer.
        for (const auto& self : selves_)
            if (!others_.covers(self) && !reports_.covers(self))
                writer_.add(self);
    }

    // Words beside which a model is believed only when it is very sure.
    bool is_guarded() const
    {
        const bool denied = std::any_of(rules_.begin(), rules_.end(), [this](const pattern_match& match) {
            return table_.rules[table_.owners[match.owner].index].negatable && is_negated(match);
        });
        return denied || !harmless_.empty() || (table_.model.guards & groups_) != 0;
    }

    screening judge() const
    {
        screening out;
        auto negated = crisis_level::c0;
        bool only_others = true;
        for (const auto& match : rules_) {
            const auto& rule = table_.rules[table_.owners[match.owner].index];
            if (is_silenced(rule, match) || harmless_.covers(match))
                continue;
            note(out, rule.id);
            if (rule.negatable && is_negated(match)) {
                negated = std::max(negated, rule.level);
                continue;
            }
            out.violence = out.violence || rule.violence;
            out.abuse = out.abuse || rule.abuse;
            const bool other = is_about_another(rule, match);
            if (rule.level > out.level)
                only_others = other;
            else if (rule.level == out.level)
                only_others = only_others && other;
            out.level = std::max(out.level, rule.level);
        }
        out.third_person = out.level > crisis_level::c0 && only_others;
        if (negated >= crisis_level::c2)
            out.level = std::max(out.level, lowered(out.level, negated));
        return out;
    }

private:
    bool is_silenced(const safety_rule& rule, const pattern_match& match) const
    {
        return (rule.unless & groups_) != 0 || ((rule.unless_told & groups_) != 0 && selves_.empty()) ||
               ((rule.unless_own & groups_) != 0 && !is_own(match));
    }

    // Does the writer name himself in the phrase or shortly before it, with nobody else and no "I ask" between?
    bool is_own(const pattern_match& match) const
    {
        constexpr std::uint32_t near = 24;
        const auto inside = selves_.ending_in(match.begin + 1, match.end + 1);
        const auto named = [&](const pattern_match& self) { return self.begin >= match.begin && !others_.covers(self); };
        if (std::any_of(inside.begin(), inside.end(), named))
            return true;
        const auto* self = writer_.last_before(match.begin);
        return self != nullptr && match.begin - self->end <= near && !others_.any_within(self->end, match.begin) &&
               !asks_.any_within(self->begin, match.begin);
    }

    // A denial is believed as far as nothing else in the message speaks against it.
    static crisis_level lowered(crisis_level others, crisis_level negated)
    {
        return others > crisis_level::c0 && negated >= crisis_level::c3 ? crisis_level::c2 : crisis_level::c1;
    }

    static void note(screening& out, const std::string& id)
    {
        if (std::find(out.reasons.begin(), out.reasons.end(), id) == out.reasons.end())
            out.reasons.push_back(id);
    }

    void sort_in(const pattern_match& match)
    {
        const auto owner = table_.owners[match.owner];
        if (cuts_a_word(match))
            return;
        switch (owner.kind) {
            case phrase_kind::rule:
                if (holds_together(match))
                    rules_.push_back(match);
                break;
            case phrase_kind::harmless:
                if (!broken(match.begin, match.end, owner.spread ? gap::sentence : gap::clause))
                    harmless_.add(match);
                break;
            case phrase_kind::group:
                groups_ |= 1U << owner.index;
                break;
            case phrase_kind::self:
                selves_.add(match);
                break;
            case phrase_kind::other:
                others_.add(match);
                break;
            case phrase_kind::report:
                reports_.add(match);
                break;
            case phrase_kind::object_marker:
                markers_.add(match);
                break;
            case phrase_kind::event:
                events_.add(match);
                break;
            case phrase_kind::ask:
                asks_.add(match);
                break;
            case phrase_kind::negation:
                negations_.add(match);
                break;
            case phrase_kind::not_negation:
                not_negations_.add(match);
                break;
        }
    }

    // "zs" inside "zsh" is no word.
    bool cuts_a_word(const pattern_match& match) const
    {
        const auto& points = text_.points;
        const auto joined = [&](std::size_t at) {
            return at > 0 && at < points.size() && text_.before[at] == gap::none && is_ascii_word(points[at]) &&
                   is_ascii_word(points[at - 1]);
        };
        return joined(match.begin) || joined(match.end);
    }

    bool broken(std::uint32_t begin, std::uint32_t end, gap least) const
    {
        for (auto at = begin + 1; at < end; ++at)
            if (text_.before[at] >= least)
                return true;
        return false;
    }

    // A phrase over the end of a clause is chance ("我不想。活着真好"), unless every character is set apart on purpose
    // ("自,杀"). The parts of a spread phrase may stand in neighbouring clauses.
    bool holds_together(const pattern_match& match) const
    {
        const auto length = match.end - match.begin;
        if (table_.owners[match.owner].spread)
            return !broken(match.begin, match.end, gap::sentence);
        std::uint32_t breaks = 0;
        for (auto at = match.begin + 1; at < match.end; ++at)
            breaks += text_.before[at] >= gap::clause ? 1U : 0U;
        return breaks == 0 || breaks == length - 1;
    }

    bool is_negated(const pattern_match& match) const
    {
        // 不想活 has its own 不: only what ends before it can negate it, as in 没有不想活.
        constexpr std::u32string_view own_no = U"不没勿弗无";
        const bool negative = own_no.find(text_.points[match.begin]) != std::u32string_view::npos;
        const auto touching = negations_.ending_in(match.begin, negative ? match.begin + 1 : match.end);
        return std::any_of(touching.begin(), touching.end(), [&](const pattern_match& no) {
            return no.begin < match.begin && !broken(no.begin, match.begin + 1, gap::clause) && !is_no_denial(no);
        });
    }

    // 会不会, 忍不住, 没有不: the 不 in it denies nothing of what follows.
    bool is_no_denial(const pattern_match& no) const
    {
        const auto covers = not_negations_.ending_in(no.end, no.end + 1);
        return std::any_of(covers.begin(), covers.end(), [&](const pattern_match& one) { return one.begin <= no.begin; });
    }

    // Whose wish or deed is it? In doubt the writer's own.
    bool is_about_another(const safety_rule& rule, const pattern_match& match) const
    {
        if ((rule.seen_by & groups_) != 0 && selves_.empty())
            return true;
        if (rule.whom != about::decided_by_context)
            return rule.whom == about::other;
        constexpr std::uint32_t near = 8;     // characters between the person and what is said of him
        constexpr std::uint32_t told = 30;    // with "说" and the like between
        const auto* other = others_.last_before(match.begin);
        if (other == nullptr)
            return false;
        const auto* self = writer_.last_before(match.begin);
        if (self != nullptr && self->begin >= other->end)
            return reports_.any_ending_at(self->begin) && self->begin - other->end <= near && self->end == match.begin;
        const auto distance = match.begin - other->end;
        if (distance > told || markers_.any_ending_at(other->begin))
            return false;
        if (reports_.any_within(other->end, match.begin))
            return true;
        if (events_.any_within(other->end, match.begin))
            return false;
        return distance <= near && !broken(other->end - 1, match.begin + 1, gap::clause);
    }

    const safety_table& table_;
    const folded& text_;
    std::uint32_t groups_ = 0;
    std::vector<pattern_match> rules_;
    match_list harmless_, selves_, writer_, others_, reports_, markers_, events_, asks_, negations_, not_negations_;
};

screening worse(screening a, const screening& b)
{
    if (b.level > a.level) {
        a.level = b.level;
        a.third_person = b.third_person;
    }
    a.violence = a.violence || b.violence;
    a.abuse = a.abuse || b.abuse;
    for (const auto& id : b.reasons)
        if (std::find(a.reasons.begin(), a.reasons.end(), id) == a.reasons.end())
            a.reasons.push_back(id);
    return a;
}

}  // namespace

std::string on_its_ladder(const screening& found)
{
    std::string text{to_string(found.level)};
    if (found.level > crisis_level::c0 && found.violence)
        text[0] = found.abuse ? 'A' : 'V';
    return text;
}

std::string_view to_string(crisis_level level)
{
    switch (level) {
        case crisis_level::c1:
            return "C1";
        case crisis_level::c2:
            return "C2";
        case crisis_level::c3:
            return "C3";
        case crisis_level::c4:
            return "C4";
        case crisis_level::c0:
            break;
    }
    return "C0";
}

safety_screen::safety_screen(std::string_view path, std::string_view yaml)
    : impl_{std::make_unique<impl>(impl{read_safety_table(path, yaml)})}
{
}

safety_screen::~safety_screen() = default;
safety_screen::safety_screen(safety_screen&&) noexcept = default;

screening safety_screen::look(std::string_view text, std::optional<double> p_high) const
{
    const auto& table = impl_->table;
    const auto flat = normalise(text);
    const auto read = fold(flat, table, false);
    const message whole{table, read};
    auto found = whole.judge();
    bool guarded = whole.is_guarded();
    if (read.has_pictures) {
        // Once more without faces and pictures, which may stand between the characters of a word.
        const auto words_only = fold(flat, table, true);
        const message words{table, words_only};
        found = worse(std::move(found), words.judge());
        guarded = guarded || words.is_guarded();
    }
    const double needed = guarded ? table.model.guarded : table.model.threshold;
    const bool long_enough = read.points.size() >= table.model.shortest;
    if (found.level < crisis_level::c2 && p_high && long_enough && *p_high >= needed) {
        found.level = crisis_level::c2;
        found.reasons.emplace_back("model.high");
    }
    return found;
}

}  // namespace dialogs
