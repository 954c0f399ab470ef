#include "dialogs/understanding/eligibility.hpp"

#include "cases/dispute_type.hpp"
#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/pattern_table.hpp"
#include "dialogs/understanding/sheet.hpp"

#include <algorithm>

namespace dialogs {

struct eligibility::index {
    pattern_table phrases;  // the owner is the position of the rule
};

namespace {

// What decides stands in the first lines.
constexpr std::size_t read_characters = 2000;

bool one_of(const std::vector<std::string>& wanted, std::string_view value)
{
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

eligibility_rule read_rule(sheet& file, const yaml::node& row)
{
    file.only_keys(row, {"id", "basis", "phrases", "kinds", "other_body", "flag", "text"});
    eligibility_rule made;
    made.id = file.text(row, "id");
    file.text(row, "basis");
    made.flag = file.text(row, "flag");
    made.text = file.text_if_any(row, "text");
    made.kinds = file.texts(row, "kinds");
    made.other_body = file.texts(row, "other_body");
    for (const auto& kind : made.kinds)
        if (!cases::is_dispute_type(kind))
            file.fault(row, "no dispute type has the id " + kind);
    return made;
}

}  // namespace

eligibility::eligibility(std::string_view path, std::string_view yaml)
{
    sheet file{path, yaml};
    file.only_keys(file.root(), {"rules"});
    auto made = std::make_shared<index>();
    for (const auto& row : file.rows(file.root(), "rules")) {
        auto rule = read_rule(file, row);
        for (const auto& phrase : file.texts(row, "phrases")) {
            rule.has_phrases = true;
            if (!made->phrases.add(normalise(phrase), static_cast<std::uint32_t>(rules_.size())))
                file.fault(row, "cannot read the phrase " + phrase);
        }
        if (!rule.has_phrases && rule.kinds.empty() && rule.other_body.empty())
            file.fault(row, "the rule " + rule.id + " would always speak: it needs phrases, kinds or other_body");
        rules_.push_back(std::move(rule));
    }
    made->phrases.build();
    index_ = std::move(made);
    file.finish();
}

std::vector<const eligibility_rule*> eligibility::judge(const eligibility_facts& facts) const
{
    const auto points = to_points(squeeze(first_characters(facts.told, read_characters)));
    std::vector<phrase_hit> scratch;
    std::vector<pattern_match> matches;
    index_->phrases.find(points, scratch, matches);
    std::vector<bool> said(rules_.size());
    for (const auto& match : matches)
        said.at(match.owner) = true;
    std::vector<const eligibility_rule*> out;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
        const auto& rule = rules_[i];
        if ((!rule.has_phrases || said[i]) && one_of(rule.kinds, facts.kind) && one_of(rule.other_body, facts.other_body))
            out.push_back(&rule);
    }
    return out;
}

}  // namespace dialogs
