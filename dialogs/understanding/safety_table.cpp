#include "dialogs/understanding/safety_table.hpp"

#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/sheet.hpp"

#include <charconv>
#include <cstdlib>
#include <map>
#include <set>
#include <utility>

namespace dialogs {

namespace {

constexpr std::size_t basic_plane = 0x10000;
constexpr std::uint32_t most_groups = 32;  // bits of a mask

class table_reader {
public:
    table_reader(std::string_view path, std::string_view yaml) : file_{path, yaml} {}

    safety_table read()
    {
        const auto& root = file_.root();
        file_.only_keys(
            root, {"variants", "harmless", "groups", "self", "other", "reports", "object_markers", "events", "asks",
                   "negation", "not_negation", "model", "rules"}
        );
        read_variants();
        add_list("harmless", phrase_kind::harmless);
        add_list("self", phrase_kind::self);
        add_list("other", phrase_kind::other);
        add_list("reports", phrase_kind::report);
        add_list("object_markers", phrase_kind::object_marker);
        add_list("events", phrase_kind::event);
        add_list("asks", phrase_kind::ask);
        add_list("negation", phrase_kind::negation);
        add_list("not_negation", phrase_kind::not_negation);
        read_groups();
        read_model();
        for (const auto& row : file_.rows(root, "rules"))
            read_rule(row);
        file_.finish();
        table_.patterns.build();
        return std::move(table_);
    }

private:
    // Pairs of characters with white space between; normalisation has made traditional ones simplified.
    void read_variants()
    {
        table_.variants.resize(basic_plane);
        const auto points = to_points(normalise(file_.text_if_any(file_.root(), "variants")));
        for (std::size_t at = 0; at < points.size(); at += 3) {
            const bool pair = at + 1 < points.size() && (at + 2 == points.size() || points[at + 2] == U' ');
            if (!pair || points[at] >= basic_plane || points[at + 1] >= basic_plane) {
                file_.fault(file_.root(), "variants must be pairs of characters");
                return;
            }
            table_.variants[points[at]] = static_cast<char16_t>(points[at + 1]);
        }
    }

    void add_list(const char* key, phrase_kind kind)
    {
        const auto owner = new_owner(kind, 0);
        for (const auto& phrase : file_.texts(file_.root(), key))
            add_phrase(file_.root()[key], phrase, owner);
    }

    void read_groups()
    {
        const auto groups = file_.root().is_map() ? file_.root()["groups"] : yaml::node{};
        if (!groups.is_map()) {
            file_.fault(file_.root(), "needs a map under groups");
            return;
        }
        for (const auto& one : groups) {
            const auto name = one.first.text();
            const auto bit = static_cast<std::uint32_t>(groups_.size());
            if (bit >= most_groups || !groups_.emplace(name, bit).second) {
                file_.fault(one.first, "too many groups, or " + name + " is there twice");
                continue;
            }
            const auto owner = new_owner(phrase_kind::group, bit);
            for (const auto& phrase : file_.texts(groups, name.c_str()))
                add_phrase(one.first, phrase, owner);
        }
    }

    void read_model()
    {
        const auto row = file_.root().is_map() ? file_.root()["model"] : yaml::node{};
        if (!row.is_map()) {
            file_.fault(file_.root(), "needs a map under model");
            return;
        }
        file_.only_keys(row, {"threshold", "guarded", "shortest", "guards"});
        table_.model = {read_share(row, "threshold"), read_share(row, "guarded"), read_count(row, "shortest"), read_mask(row, "guards")};
        if (table_.model.guarded < table_.model.threshold)
            file_.fault(row, "guarded must not be below threshold");
    }

    double read_share(const yaml::node& row, const char* key)
    {
        const auto text = file_.text(row, key);
        char* end = nullptr;
        const double share = std::strtod(text.c_str(), &end);
        if (text.empty() || *end != '\0' || !(share > 0 && share <= 1))
            file_.fault(row, std::string{key} + " must be a number above 0 and up to 1");
        return share;
    }

    // 0 when it is not there.
    std::size_t read_count(const yaml::node& row, const char* key)
    {
        const auto text = file_.text_if_any(row, key);
        std::size_t count = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (!text.empty() && (error != std::errc{} || end != text.data() + text.size()))
            file_.fault(row, std::string{key} + " must be a whole number");
        return count;
    }

    void read_rule(const yaml::node& row)
    {
        file_.only_keys(
            row, {"id", "level", "unless", "unless_told", "unless_own", "about", "seen_by", "violence", "abuse", "negatable",
                  "phrases"}
        );
        safety_rule rule;
        rule.id = file_.text(row, "id");
        if (!ids_.insert(rule.id).second)
            file_.fault(row, "the rule " + rule.id + " is there twice");
        rule.level = read_level(row);
        rule.unless = read_mask(row, "unless");
        rule.unless_told = read_mask(row, "unless_told");
        rule.unless_own = read_mask(row, "unless_own");
        rule.whom = read_about(row);
        rule.seen_by = read_mask(row, "seen_by");
        rule.abuse = read_flag(row, "abuse", false);
        rule.violence = read_flag(row, "violence", rule.abuse);
        rule.negatable = read_flag(row, "negatable", true);
        const auto owner = new_owner(phrase_kind::rule, static_cast<std::uint32_t>(table_.rules.size()));
        const auto phrases = file_.texts(row, "phrases");
        if (phrases.empty())
            file_.fault(row, "the rule " + rule.id + " has no phrases");
        for (const auto& phrase : phrases)
            add_phrase(row, phrase, owner);
        table_.rules.push_back(std::move(rule));
    }

    std::uint32_t read_mask(const yaml::node& row, const char* key)
    {
        std::uint32_t mask = 0;
        for (const auto& name : file_.texts(row, key)) {
            const auto group = groups_.find(name);
            if (group == groups_.end())
                file_.fault(row, "no group " + name);
            else
                mask |= 1U << group->second;
        }
        return mask;
    }

    crisis_level read_level(const yaml::node& row)
    {
        const auto text = file_.text(row, "level");
        for (const auto level : {crisis_level::c1, crisis_level::c2, crisis_level::c3, crisis_level::c4})
            if (to_string(level) == text)
                return level;
        file_.fault(row, "level must be C1, C2, C3 or C4");
        return crisis_level::c0;
    }

    about read_about(const yaml::node& row)
    {
        const auto text = file_.text_if_any(row, "about");
        if (text == "self")
            return about::self;
        if (text == "other")
            return about::other;
        if (!text.empty())
            file_.fault(row, "about must be self or other");
        return about::decided_by_context;
    }

    bool read_flag(const yaml::node& row, const char* key, bool absent)
    {
        const auto text = file_.text_if_any(row, key);
        if (!text.empty() && text != "true" && text != "false")
            file_.fault(row, std::string{key} + " must be true or false");
        return text.empty() ? absent : text == "true";
    }

    // Two in a row: for phrases in one piece, and for spread ones.
    std::uint32_t new_owner(phrase_kind kind, std::uint32_t index)
    {
        table_.owners.push_back({kind, index, false});
        table_.owners.push_back({kind, index, true});
        return static_cast<std::uint32_t>(table_.owners.size() - 2);
    }

    // Phrases are written as people read them; spaces and traditional forms are removed as in the messages.
    void add_phrase(const yaml::node& where, std::string_view phrase, std::uint32_t owner)
    {
        std::string plain;
        for (const char32_t point : to_points(normalise(phrase)))
            if (point != U' ')
                append_point(plain, table_.plain(point));
        const bool spread = plain.find('~') != std::string::npos;
        if (!table_.patterns.add(plain, spread ? owner + 1 : owner))
            file_.fault(where, "cannot read the phrase " + std::string{phrase});
    }

    sheet file_;
    safety_table table_;
    std::map<std::string, std::uint32_t> groups_;
    std::set<std::string> ids_;
};

}  // namespace

safety_table read_safety_table(std::string_view path, std::string_view yaml)
{
    return table_reader{path, yaml}.read();
}

}  // namespace dialogs
