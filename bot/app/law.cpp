// `hejie law search`: JSON lines {"id","query"} in, {"id","articles":[{"id","law","article","score"}…]} out.
// `hejie law show NAME ARTICLE`: one article as it holds on a day.

#include "bot/app/law.hpp"

#include "dialogs/knowledge/law_library.hpp"

#include <boost/json.hpp>

#include <istream>
#include <ostream>
#include <stdexcept>

namespace bot::app {
namespace {

dialogs::law_library open_library(const std::string& folder)
{
    auto library = dialogs::law_library::open(folder);
    if (library.has_value())
        return std::move(*library);
    if (library.error() == make_error_code(errc::not_found))
        throw std::runtime_error("no laws in " + folder + ": bring them in with hejie import laws FILE --into " + folder);
    throw std::runtime_error(folder + ": the index is damaged or of another version: build it again with hejie import laws");
}

std::string_view name_of(dialogs::standing status)
{
    switch (status) {
        case dialogs::standing::in_force:
            return "in_force";
        case dialogs::standing::amended:
            return "amended";
        case dialogs::standing::repealed:
            return "repealed";
        case dialogs::standing::pending:
            return "pending";
    }
    return "";
}

// Rows that had a number as their id get a number back.
boost::json::value id_value(const std::string& id)
{
    const bool number = !id.empty() && id.size() < 19 && id.find_first_not_of("0123456789") == std::string::npos &&
                        (id.size() == 1 || id.front() != '0');
    return number ? boost::json::value(std::stoll(id)) : boost::json::value(id);
}

std::string date_text(const std::optional<cases::date>& day)
{
    if (!day)
        return {};
    char text[16];
    std::snprintf(
        text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day->year()), static_cast<unsigned>(day->month()),
        static_cast<unsigned>(day->day())
    );
    return text;
}

boost::json::value date_value(const std::optional<cases::date>& day)
{
    return day ? boost::json::value(date_text(day)) : boost::json::value(nullptr);
}

boost::json::object found_value(const dialogs::found_article& found)
{
    boost::json::object row{{"id", id_value(found.id)}, {"law", found.law}, {"article", found.article}};
    row["score"] = found.score;
    if (found.status != dialogs::standing::in_force) {
        row["status"] = name_of(found.status);
        row["valid_to"] = date_value(found.valid_to);
    }
    return row;
}

// A line that is no such object is answered too, so that the output has a line for each of the input.
boost::json::object answer(const dialogs::law_library& library, const std::string& line, const law_options& options)
{
    boost::system::error_code failed;
    const auto asked = boost::json::parse(line, failed);
    const auto* query = !failed && asked.is_object() ? asked.get_object().if_contains("query") : nullptr;
    boost::json::object out;
    const auto* id = !failed && asked.is_object() ? asked.get_object().if_contains("id") : nullptr;
    out["id"] = id ? *id : boost::json::value(nullptr);
    if (!query || !query->is_string()) {
        out["error"] = "a line is an object with id and query";
        out["articles"] = boost::json::array();
        return out;
    }
    boost::json::array articles;
    for (const auto& found : library.search(query->get_string(), options.top, options.asof))
        articles.push_back(found_value(found));
    out["articles"] = std::move(articles);
    return out;
}

}  // namespace

int law_search(const law_options& options, std::istream& in, std::ostream& out)
{
    const auto library = open_library(options.index);
    std::string line;
    while (std::getline(in, line))
        if (!line.empty())
            out << boost::json::serialize(answer(library, line, options)) << '\n' << std::flush;
    return 0;
}

int law_show(const law_options& options, std::ostream& out)
{
    const auto library = open_library(options.index);
    const auto found = library.show(options.name, options.article, options.asof);
    if (!found)
        throw std::runtime_error(
            "no article " + options.article + " of " + options.name + " that held on " + date_text(options.asof)
        );
    if (options.json) {
        boost::json::object row{
            {"id", id_value(found->id)}, {"law", found->law},   {"title", found->full_title},
            {"article", found->article}, {"path", found->path}, {"text", found->text},
            {"source", found->source},   {"status", name_of(found->status)},
        };
        row["valid_from"] = date_value(found->valid_from);
        row["valid_to"] = date_value(found->valid_to);
        out << boost::json::serialize(row) << '\n';
        return 0;
    }
    out << found->full_title << ' ' << found->article << '\n' << found->text << '\n';
    out << "status: " << name_of(found->status) << "  from: " << (found->valid_from ? date_text(found->valid_from) : "?")
        << "  to: " << (found->valid_to ? date_text(found->valid_to) : "-") << "  source: " << found->source << '\n';
    return 0;
}

}  // namespace bot::app
