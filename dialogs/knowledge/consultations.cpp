#include "dialogs/knowledge/consultations.hpp"

#include <boost/json.hpp>

#include <initializer_list>

namespace dialogs {

namespace {

std::string first_text(const boost::json::object& row, std::initializer_list<std::string_view> keys)
{
    for (const auto key : keys)
        if (const auto* value = row.if_contains(key); value && value->is_string())
            return std::string(value->get_string());
    return {};
}

std::string plain(const boost::json::value& value)
{
    return value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value);
}

std::vector<std::string> list(const boost::json::object& row, std::string_view key)
{
    std::vector<std::string> out;
    const auto* values = row.if_contains(key);
    if (values && values->is_array())
        for (const auto& value : values->get_array())
            if (value.is_string() || value.is_int64())
                out.push_back(plain(value));
    return out;
}

std::string id_of(const boost::json::object& row)
{
    for (const auto key : {"qid", "id"})
        if (const auto* value = row.if_contains(key))
            return plain(*value);
    return {};
}

consultation read_row(const boost::json::object& row)
{
    consultation out;
    out.id = id_of(row);
    out.question = first_text(row, {"question", "q", "query", "text"});
    out.answer = first_text(row, {"answer", "a"});
    out.style = first_text(row, {"style"});
    out.article_ids = list(row, "gold");
    out.article_names = list(row, "names");
    const auto law = first_text(row, {"law"});
    const auto article = first_text(row, {"article", "art"});
    if (!law.empty() && !article.empty())
        out.article_names.push_back(law + article);
    if (out.article_ids.empty() && out.article_names.empty()) {
        out.article_names = list(row, "laws");
        out.hint = !out.article_names.empty();
    }
    return out;
}

}  // namespace

read_consultations read_consultation_lines(std::string_view json_lines)
{
    read_consultations out;
    for (std::size_t number = 1; !json_lines.empty(); ++number) {
        const auto end = json_lines.find('\n');
        const auto line = json_lines.substr(0, end);
        json_lines.remove_prefix(end == std::string_view::npos ? json_lines.size() : end + 1);
        if (line.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        boost::system::error_code failed;
        const auto value = boost::json::parse(line, failed);
        const bool object = !failed && value.is_object();
        auto row = object ? read_row(value.get_object()) : consultation{};
        if (row.question.empty())
            out.faults.push_back("line " + std::to_string(number) + (object ? ": no question" : ": no JSON object"));
        else
            out.rows.push_back(std::move(row));
    }
    return out;
}

}  // namespace dialogs
