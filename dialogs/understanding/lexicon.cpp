#include "dialogs/understanding/lexicon.hpp"

#include "cases/dispute_type.hpp"
#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/pattern_table.hpp"
#include "dialogs/understanding/sheet.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

namespace dialogs {

struct dispute_lexicon::index {
    pattern_table phrases;  // the owner is the position of the category
};

namespace {

std::size_t national_position(std::string_view id)
{
    const auto& order = cases::dispute_types;
    return static_cast<std::size_t>(std::find(order.begin(), order.end(), id) - order.begin());
}

void sort_and_check_complete(sheet& file, std::vector<dispute_category>& categories)
{
    const auto before = [](const auto& a, const auto& b) { return national_position(a.id) < national_position(b.id); };
    std::sort(categories.begin(), categories.end(), before);
    const auto same = [](const auto& a, const auto& b) { return a.id == b.id; };
    const auto twice = std::adjacent_find(categories.begin(), categories.end(), same);
    if (twice != categories.end())
        file.fault(file.root(), twice->id + " stands there twice");
    for (const auto id : cases::dispute_types) {
        const auto is_it = [id](const auto& category) { return category.id == id; };
        if (std::none_of(categories.begin(), categories.end(), is_it))
            file.fault(file.root(), "no category " + std::string{id});
    }
}

// A longer phrase says more: "押金不退" must beat "押金" together with a stray short phrase of another category.
double weight(std::uint32_t characters)
{
    return static_cast<double>(characters) * static_cast<double>(characters);
}

// Matches that lie inside a longer match of the same category say nothing new.
bool inside_another(const std::vector<pattern_match>& matches, const pattern_match& one)
{
    return std::any_of(matches.begin(), matches.end(), [&](const pattern_match& other) {
        return other.owner == one.owner && other.begin <= one.begin && other.end >= one.end &&
               other.written > one.written;
    });
}

}  // namespace

dispute_lexicon::dispute_lexicon(std::string_view path, std::string_view yaml)
{
    sheet file{path, yaml};
    file.only_keys(file.root(), {"categories"});
    for (const auto& row : file.rows(file.root(), "categories")) {
        file.only_keys(row, {"id", "name", "phrases", "evidence_hint", "route_note"});
        dispute_category category;
        category.id = file.text(row, "id");
        category.name = file.text(row, "name");
        category.phrases = file.texts(row, "phrases");
        category.evidence_hint = file.text(row, "evidence_hint");
        category.route_note = file.text_if_any(row, "route_note");
        if (!cases::is_dispute_type(category.id))
            file.fault(row, "no dispute type has the id " + category.id);
        categories_.push_back(std::move(category));
    }
    sort_and_check_complete(file, categories_);
    auto made = std::make_shared<index>();
    for (std::uint32_t i = 0; i < categories_.size(); ++i)
        for (const auto& phrase : categories_[i].phrases)
            if (!made->phrases.add(normalise(phrase), i))
                file.fault(file.root(), "cannot read the phrase " + phrase);
    made->phrases.build();
    index_ = std::move(made);
    file.finish();
}

std::vector<type_guess> dispute_lexicon::guess(std::string_view text) const
{
    // What makes a dispute stands in the first lines; a book pasted into the chat must not hold the turn up.
    constexpr std::size_t read_characters = 2000;
    const auto points = to_points(squeeze(first_characters(text, read_characters)));
    std::vector<phrase_hit> scratch;
    std::vector<pattern_match> matches;
    index_->phrases.find(points, scratch, matches);

    std::array<double, cases::dispute_types.size()> scores{};
    std::set<std::pair<std::uint32_t, std::u32string_view>> counted;  // a phrase said twice counts once
    for (const auto& one : matches) {
        const auto said = std::u32string_view{points}.substr(one.begin, one.end - one.begin);
        if (!inside_another(matches, one) && counted.emplace(one.owner, said).second)
            scores.at(one.owner) += weight(one.written);
    }
    std::vector<type_guess> guesses;
    for (std::size_t i = 0; i < categories_.size(); ++i)
        if (scores.at(i) > 0)
            guesses.push_back({categories_[i].id, scores.at(i)});
    const auto likelier = [](const type_guess& a, const type_guess& b) {
        return a.score != b.score ? a.score > b.score : national_position(a.id) < national_position(b.id);
    };
    std::sort(guesses.begin(), guesses.end(), likelier);
    return guesses;
}

const dispute_category* dispute_lexicon::find(std::string_view id) const
{
    for (const auto& category : categories_)
        if (category.id == id)
            return &category;
    return nullptr;
}

cases::jurisdiction read_jurisdiction(std::string_view path, std::string_view yaml)
{
    sheet file{path, yaml};
    const auto& root = file.root();
    file.only_keys(root, {"district", "streets", "former_names", "landmark_words", "lookalikes"});
    cases::jurisdiction where;
    if (root.is_map() && root["district"].is_map()) {
        file.only_keys(root["district"], {"code", "name", "aliases"});
        where.district_code = file.text(root["district"], "code");
        where.district_name = file.text(root["district"], "name");
        where.district_aliases = file.texts(root["district"], "aliases");
    } else {
        file.fault(root, "needs a map under district");
    }
    std::set<std::string> codes;
    for (const auto& row : file.rows(root, "streets")) {
        file.only_keys(row, {"code", "name", "aliases", "communities"});
        cases::street unit{
            file.text(row, "code"), file.text(row, "name"), file.texts(row, "aliases"), file.texts(row, "communities")};
        if (!unit.code.starts_with(where.district_code) || !codes.insert(unit.code).second)
            file.fault(row, "the code " + unit.code + " is of another district or stands there twice");
        where.streets.push_back(std::move(unit));
    }
    where.former_names = file.texts(root, "former_names");
    where.landmark_words = file.texts(root, "landmark_words");
    where.lookalikes = file.texts(root, "lookalikes");
    file.finish();
    return where;
}

namespace {

// "2026-02-15"
std::optional<cases::date> read_date(std::string_view text)
{
    const auto part = [&](std::size_t at, std::size_t length) {
        int value = -1;
        const auto digits = text.substr(at, length);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc{} && end == digits.data() + digits.size() ? value : -1;
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || part(0, 4) < 0 || part(5, 2) < 0 || part(8, 2) < 0)
        return std::nullopt;
    const cases::date day{
        std::chrono::year{part(0, 4)}, std::chrono::month{static_cast<unsigned>(part(5, 2))},
        std::chrono::day{static_cast<unsigned>(part(8, 2))}};
    return day.ok() ? std::optional{day} : std::nullopt;
}

// "2026-02-15" or "2026-02-15..2026-02-23"; empty when it cannot be read or leaves the year.
std::vector<cases::date> read_days(std::string_view text, std::chrono::year year)
{
    const auto dots = text.find("..");
    const auto first = read_date(text.substr(0, dots));
    const auto last = dots == std::string_view::npos ? first : read_date(text.substr(dots + 2));
    std::vector<cases::date> days;
    if (!first || !last || first->year() != year || last->year() != year)
        return days;
    for (auto day = std::chrono::sys_days{*first}; day <= std::chrono::sys_days{*last}; day += std::chrono::days{1})
        days.emplace_back(day);
    return days;
}

std::set<cases::date> read_day_list(sheet& file, const yaml::node& row, const char* key, std::chrono::year year)
{
    std::set<cases::date> all;
    for (const auto& entry : file.texts(row, key)) {
        const auto days = read_days(entry, year);
        if (days.empty())
            file.fault(row[key], entry + " is no day or range of days of that year");
        all.insert(days.begin(), days.end());
    }
    return all;
}

}  // namespace

cases::calendar read_calendar(std::string_view path, std::string_view yaml)
{
    sheet file{path, yaml};
    file.only_keys(file.root(), {"years"});
    cases::calendar days;
    std::set<int> seen;
    for (const auto& row : file.rows(file.root(), "years")) {
        file.only_keys(row, {"year", "holidays", "working_weekends"});
        int number = 0;
        yaml::read(row["year"], number);
        if (number < 2000 || number > 2999 || !seen.insert(number).second) {
            file.fault(row, "the year is missing, unreadable, or there twice");
            continue;
        }
        const std::chrono::year year{number};
        cases::calendar_year read{
            read_day_list(file, row, "holidays", year), read_day_list(file, row, "working_weekends", year)};
        for (const auto& day : read.working_weekends)
            if (read.holidays.contains(day))
                file.fault(row, "a day is both a holiday and a make-up working day");
        if (read.holidays.empty())
            file.fault(row, "a year without holidays is not the State Council's list");
        days.add_year(year, std::move(read));
    }
    file.finish();
    return days;
}

}  // namespace dialogs
