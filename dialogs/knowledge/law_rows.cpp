#include "dialogs/knowledge/law_rows.hpp"

#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/numerals.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace dialogs {

namespace {

constexpr std::string_view state_name = "中华人民共和国";

std::string text_of(const boost::json::object& row, std::string_view key)
{
    const auto* value = row.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::string id_of(const boost::json::object& row)
{
    const auto* value = row.if_contains("id");
    if (!value)
        return {};
    if (value->is_string())
        return std::string(value->get_string());
    return value->is_int64() || value->is_uint64() ? boost::json::serialize(*value) : std::string();
}

std::string_view read_row(std::string_view line, law_row& out)
{
    boost::system::error_code failed;
    const auto value = boost::json::parse(line, failed);
    if (failed || !value.is_object())
        return "no JSON object";
    const auto& row = value.get_object();
    out.id = id_of(row);
    out.law = text_of(row, "law");
    out.title = text_of(row, "full");
    out.article = text_of(row, "art");
    out.path = text_of(row, "path");
    out.text = text_of(row, "text");
    out.date = read_version_date(text_of(row, "date"));
    if (out.title.empty())
        out.title = out.law;
    if (out.law.empty())
        out.law = short_law_name(out.title);
    if (out.law.empty())
        return "no law and no full";
    return out.text.empty() ? "no text" : "";
}

// The number that begins at `at`, moved past; -1 when there is none.
int take_number(std::u32string_view text, std::size_t& at)
{
    const auto found = at < text.size() ? numeral_at(text, at) : std::nullopt;
    if (!found || found->begin != at || !found->whole())
        return -1;
    at = found->end;
    return static_cast<int>(std::min<std::int64_t>(*found->whole(), 9999));
}

bool take_one_of(std::u32string_view text, std::size_t& at, std::u32string_view any)
{
    if (at >= text.size() || any.find(text[at]) == std::u32string_view::npos)
        return false;
    ++at;
    return true;
}

}  // namespace

std::optional<cases::date> read_version_date(std::string_view text)
{
    const auto points = to_points(normalise(text));
    for (std::size_t start = 0; start < points.size(); ++start) {
        std::size_t at = start;
        const int year = take_number(points, at);
        if (year < 1900 || !take_one_of(points, at, U"年-./"))
            continue;
        const int month = take_number(points, at);
        if (month < 1 || !take_one_of(points, at, U"月-./"))
            continue;
        const int day = take_number(points, at);
        const cases::date found{
            std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
            std::chrono::day{static_cast<unsigned>(std::max(day, 0))}
        };
        if (found.ok())
            return found;
    }
    return std::nullopt;
}

std::string short_law_name(std::string_view title)
{
    return std::string(title.starts_with(state_name) ? title.substr(state_name.size()) : title);
}

read_rows read_law_lines(std::string_view json_lines, std::string_view source)
{
    read_rows out;
    for (std::size_t number = 1; !json_lines.empty(); ++number) {
        const auto end = json_lines.find('\n');
        const auto line = json_lines.substr(0, end);
        json_lines.remove_prefix(end == std::string_view::npos ? json_lines.size() : end + 1);
        if (line.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        law_row row;
        row.source = source;
        if (const auto fault = read_row(line, row); !fault.empty())
            out.faults.push_back("line " + std::to_string(number) + ": " + std::string(fault));
        else
            out.rows.push_back(std::move(row));
    }
    return out;
}

}  // namespace dialogs
