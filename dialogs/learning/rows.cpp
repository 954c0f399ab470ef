#include "dialogs/learning/rows.hpp"

#include <boost/json.hpp>

#include <charconv>
#include <map>
#include <optional>
#include <stdexcept>

namespace dialogs::learning {

namespace {

namespace json = boost::json;

constexpr std::string_view risk = "risk";
constexpr int alert_level = 2;

class line_reader {
public:
    line_reader(std::string_view path, std::string_view text) : path_(path), rest_(text) {}

    bool next()
    {
        if (rest_.empty())
            return false;
        const auto end = rest_.find('\n');
        line_ = rest_.substr(0, end);
        rest_ = end == std::string_view::npos ? std::string_view{} : rest_.substr(end + 1);
        if (!line_.empty() && line_.back() == '\r')
            line_.remove_suffix(1);
        ++number_;
        return true;
    }
    std::string_view line() const { return line_; }
    std::int64_t number() const { return number_; }
    [[noreturn]] void fail(const std::string& why) const
    {
        throw std::runtime_error(path_ + ":" + std::to_string(number_) + ": " + why);
    }

private:
    std::string path_;
    std::string_view rest_;
    std::string_view line_;
    std::int64_t number_ = 0;
};

std::optional<std::int64_t> integer(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

std::vector<std::string_view> columns(std::string_view line)
{
    std::vector<std::string_view> found;
    for (;;) {
        const auto tab = line.find('\t');
        found.push_back(line.substr(0, tab));
        if (tab == std::string_view::npos)
            return found;
        line.remove_prefix(tab + 1);
    }
}

std::string text_of(const json::object& object)
{
    for (const auto* key : {"text", "q", "s"})
        if (const auto* value = object.if_contains(key); value != nullptr && value->is_string())
            return std::string{value->as_string()};
    if (const auto* turns = object.if_contains("turns"); turns != nullptr && turns->is_array() &&
                                                         !turns->as_array().empty() && turns->as_array()[0].is_string())
        return std::string{turns->as_array()[0].as_string()};
    return {};
}

// "M", "PK": a letter a code.
std::vector<std::string> codes(std::string_view type)
{
    std::vector<std::string> found;
    for (const char letter : type)
        found.emplace_back(1, letter);
    return found;
}

// A row without a usable label is left out; what cannot be read is nullopt.
using labels_or_none = std::optional<std::vector<std::string>>;

labels_or_none section_labels(std::string_view number, const std::vector<std::string>& sections)
{
    const auto value = integer(number);
    if (!value || *value < 1 || *value > static_cast<std::int64_t>(sections.size()))
        return std::nullopt;
    return std::vector{sections[static_cast<std::size_t>(*value) - 1]};
}

labels_or_none risk_labels(bool high)
{
    return high ? std::vector<std::string>{"high"} : std::vector<std::string>{};
}

labels_or_none table_labels(
    std::string_view task, const std::vector<std::string_view>& row, const std::vector<std::string>& sections
)
{
    if (task == "dispute" && row.size() >= 2)
        return codes(row[1]);
    if (task == "section" && row.size() >= 3)
        return section_labels(row[2], sections);
    if (task == risk && row.size() >= 2 && integer(row[1]))
        return risk_labels(*integer(row[1]) >= alert_level);
    return std::nullopt;
}

labels_or_none labels_in(std::string_view task, const json::object& object, const std::vector<std::string>& sections)
{
    const auto string_at = [&](const char* key) -> std::optional<std::string> {
        const auto* value = object.if_contains(key);
        return value != nullptr && value->is_string() ? std::optional{std::string{value->as_string()}} : std::nullopt;
    };
    if (task == "dispute")
        return string_at("type") ? labels_or_none{codes(*string_at("type"))} : std::nullopt;
    if (task == "intent")
        return string_at("intent") ? labels_or_none{std::vector{*string_at("intent")}} : std::nullopt;
    if (task == "section") {
        const auto* value = object.if_contains("section");
        if (value != nullptr && value->is_int64())
            return section_labels(std::to_string(value->as_int64()), sections);
        return string_at("section") ? labels_or_none{std::vector{*string_at("section")}} : std::nullopt;
    }
    if (task == risk) {
        if (const auto* high = object.if_contains("high"); high != nullptr && high->is_bool())
            return risk_labels(high->as_bool());
        const auto level = string_at("level");
        if (level && level->size() == 2)
            return risk_labels(level->front() == 'C' && (*level)[1] >= '0' + alert_level);
        return std::nullopt;
    }
    const auto* list = object.if_contains("labels");
    if (list == nullptr || !list->is_array())
        return std::nullopt;
    std::vector<std::string> labels;
    for (const auto& label : list->as_array())
        if (label.is_string())
            labels.emplace_back(label.as_string());
    return labels;
}

// Violence and abuse are alarms of the screen, not of this classifier.
bool other_ladder(std::string_view task, const json::object& object)
{
    const auto* level = object.if_contains("level");
    return task == risk && level != nullptr && level->is_string() && !level->as_string().starts_with("C");
}

// Of texts said to be calm: who asks for comfort may not be.
bool asks_for_comfort(const json::object& object)
{
    const auto* intent = object.if_contains("intent");
    return intent != nullptr && intent->is_string() && intent->as_string() == "need_comfort";
}

std::int64_t group_of(const json::object& object, std::int64_t line)
{
    for (const auto* key : {"doc", "id"})
        if (const auto* value = object.if_contains(key); value != nullptr && value->is_int64())
            return value->as_int64();
    return line;
}

}  // namespace

std::vector<row> read_rows(
    std::string_view task, const row_source& source, const std::vector<std::string>& sections
)
{
    std::map<std::int64_t, std::vector<std::string>> apart;
    line_reader table{source.table_path, source.table};
    while (table.next()) {
        if (table.line().empty() || table.line().front() == '#')
            continue;
        const auto row = columns(table.line());
        const auto id = integer(row.front());
        auto labels = table_labels(task, row, sections);
        if (!id || !labels)
            table.fail("expected a row's number and its labels");
        apart[*id] = std::move(*labels);
    }
    // Of sentences about danger the screen's rules keep every fifth line apart (training/crisis/README.md): the same ones.
    const std::int64_t first = task == risk && source.table.empty() ? 0 : 1;
    std::vector<row> rows;
    line_reader lines{source.path, source.lines};
    while (lines.next()) {
        if (lines.line().empty())
            continue;
        boost::system::error_code broken;
        const auto value = json::parse(lines.line(), broken);
        if (broken || !value.is_object())
            lines.fail("is no JSON object");
        const auto& object = value.as_object();
        row one{text_of(object), {}, group_of(object, lines.number() - first)};
        if (source.calm) {
            if (asks_for_comfort(object))
                continue;
            one.labels = {};
        } else if (!source.table.empty()) {
            const auto found = apart.find(one.group);
            if (found == apart.end())
                continue;
            one.labels = found->second;
        } else {
            if (other_ladder(task, object))
                continue;
            auto labels = labels_in(task, object, sections);
            if (!labels)
                lines.fail("has no label for " + std::string{task});
            one.labels = std::move(*labels);
        }
        if (one.text.empty())
            lines.fail("has no text");
        rows.push_back(std::move(one));
    }
    return rows;
}

}  // namespace dialogs::learning
