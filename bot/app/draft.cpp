// `hejie draft`: a language model's draft for the staff, from stored articles, checked; or the reason why there is none.

#include "bot/app/commands.hpp"
#include "bot/phrasing/drafting.hpp"
#include "dialogs/data.hpp"
#include "dialogs/knowledge/law_library.hpp"

#include <boost/json.hpp>

#include <istream>
#include <ostream>
#include <stdexcept>

namespace bot::app {
namespace {

namespace json = boost::json;

dialogs::safety_screen embedded_screen()
{
    for (const auto& file : dialogs_data())
        if (file.path == "lexicon/safety.yaml")
            return dialogs::safety_screen(file.path, file.content);
    throw std::logic_error("lexicon/safety.yaml is not embedded");
}

struct asked_line {
    json::value id;
    std::string query;
    std::vector<std::string> names;
};

asked_line read_line(const std::string& line)
{
    const auto value = json::parse(line);
    const auto& o = value.as_object();
    asked_line out{.id = o.contains("id") ? o.at("id") : json::value(), .query = std::string(o.at("query").as_string())};
    if (const auto* names = o.if_contains("names"))
        for (const auto& name : names->as_array())
            out.names.emplace_back(name.as_string());
    return out;
}

json::array shown(const std::vector<dialogs::found_article>& articles, const std::vector<std::size_t>& which)
{
    json::array out;
    for (const auto at : which)
        out.push_back(json::object{{"law", articles[at].law}, {"article", articles[at].article}, {"text", articles[at].text}});
    return out;
}

}  // namespace

int draft(const draft_options& options, std::istream& in, std::ostream& out)
{
    if (!options.settings.phrasing_enabled)
        throw std::runtime_error("drafts are off: set phrasing.enabled, base_url and model in the configuration");
    const auto library = dialogs::law_library::open(options.index);
    if (library.has_error())
        throw std::runtime_error("no laws in " + options.index + ": bring them in with hejie import laws");
    const auto table = dialogs::embedded_phrasing();
    const auto screen = embedded_screen();
    phrasing::endpoint model(options.settings.phrasing);
    const phrasing::drafting drafts(table, screen, model);
    int code = 0;
    for (std::string line; std::getline(in, line);) {
        if (line.empty())
            continue;
        asked_line asked;
        try {
            asked = read_line(line);
        } catch (const std::exception& fault) {
            out << json::object{{"fault", fault.what()}} << '\n';
            code = 1;
            continue;
        }
        const auto now = system_clock().now();
        const auto articles = library->search(asked.query, static_cast<int>(dialogs::most_articles), cases::china_date(now));
        const auto day = std::chrono::duration_cast<std::chrono::hours>(now.time_since_epoch()).count() / 24;
        const auto made = drafts.draft(asked.query, asked.names, articles, phrasing::endpoint::clock::now(), day);
        std::vector<std::size_t> all(articles.size());
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = i;
        json::object row{{"id", asked.id}};
        if (made.text.empty()) {
            row["draft"] = nullptr;
            row["reason"] = made.reason;
            row["articles"] = shown(articles, all);
        } else {
            row["draft"] = made.text;
            row["needs_human"] = made.needs_human;
            row["articles"] = shown(articles, made.cited);
        }
        out << row << std::endl;
    }
    return code;
}

}  // namespace bot::app
