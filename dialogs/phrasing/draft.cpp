#include "dialogs/phrasing/draft.hpp"

#include "dialogs/knowledge/article_number.hpp"
#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <optional>

namespace dialogs {

namespace {

namespace json = boost::json;

constexpr long longest_draft = 900;   // characters
constexpr long longest_question = 1000;
constexpr long longest_article = 600;
constexpr long shortest_quote = 6;

void replace_first(std::string& text, std::string_view what, std::string_view by)
{
    if (const auto at = text.find(what); at != std::string::npos)
        text.replace(at, what.size(), by);
}

std::string written(cases::date day)
{
    const auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(static_cast<int>(day.year())) + "-" + two(static_cast<unsigned>(day.month())) + "-" +
           two(static_cast<unsigned>(day.day()));
}

// The JSON object inside a message: reasoning before it and fences around it are dropped.
std::optional<json::object> object_in(std::string_view content)
{
    if (const auto thought = content.rfind("</think>"); thought != std::string_view::npos)
        content.remove_prefix(thought + 8);
    const auto open = content.find('{');
    const auto close = content.rfind('}');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open)
        return std::nullopt;
    boost::system::error_code failed;
    const auto value = json::parse({content.data() + open, close - open + 1}, failed);
    if (failed || !value.is_object())
        return std::nullopt;
    return value.as_object();
}

std::string text_at(const json::object& o, std::string_view key)
{
    const auto* v = o.if_contains(key);
    return v && v->is_string() ? std::string(v->as_string()) : std::string{};
}

std::optional<std::size_t> position_of(const json::value& id, std::size_t count)
{
    std::int64_t number = 0;
    if (id.is_int64())
        number = id.as_int64();
    else if (id.is_string() && id.as_string().size() == 1)
        number = id.as_string().front() - '0';
    if (number < 1 || number > static_cast<std::int64_t>(count))
        return std::nullopt;
    return static_cast<std::size_t>(number - 1);
}

// The citations that hold: given, in force, and quoted as the article reads.
std::vector<std::size_t> true_citations(const json::object& answer, std::span<const found_article> articles)
{
    std::vector<std::size_t> out;
    const auto* list = answer.if_contains("citations");
    if (!list || !list->is_array())
        return out;
    for (const auto& item : list->as_array()) {
        if (!item.is_object() || !item.as_object().contains("id"))
            continue;
        const auto at = position_of(item.as_object().at("id"), articles.size());
        const auto quote = normalise(text_at(item.as_object(), "quote"));
        if (!at || count_characters(quote) < shortest_quote || articles[*at].status != standing::in_force)
            continue;
        const bool word_for_word = normalise(articles[*at].text).find(quote) != std::string::npos;
        if (word_for_word && std::find(out.begin(), out.end(), *at) == out.end())
            out.push_back(*at);
    }
    return out;
}

// Every article number in the text must be one of the cited articles'.
bool names_another(std::string_view text, std::span<const found_article> articles, const std::vector<std::size_t>& cited)
{
    const auto points = to_points(normalise(text));
    for (std::size_t at = 0; at < points.size(); ++at) {
        const auto found = article_number_at(points, at);
        if (!found || !found->marked)
            continue;
        const bool known = std::any_of(cited.begin(), cited.end(), [&](std::size_t c) {
            return parse_article_number(articles[c].article) == found->which;
        });
        if (!known)
            return true;
        at = std::max(at, found->end > 0 ? found->end - 1 : at);
    }
    return false;
}

std::string joined_text(const json::object& answer)
{
    auto text = text_at(answer, "summary");
    if (const auto* steps = answer.if_contains("steps"); steps && steps->is_array()) {
        int number = 0;
        for (const auto& step : steps->as_array())
            if (step.is_string())
                text += "\n" + std::to_string(++number) + ". " + std::string(step.as_string());
    }
    return text;
}

}  // namespace

model_request ask_model(const phrasing_table& table, redaction& hiding, std::string_view question, std::span<const found_article> articles)
{
    std::string list;
    for (std::size_t i = 0; i < std::min(articles.size(), most_articles); ++i) {
        auto line = table.article;
        replace_first(line, "{number}", std::to_string(i + 1));
        replace_first(line, "{law}", articles[i].law);
        replace_first(line, "{article}", articles[i].article);
        replace_first(line, "{version}", articles[i].valid_from ? written(*articles[i].valid_from) : std::string{});
        replace_first(line, "{text}", first_characters(articles[i].text, longest_article));
        list += (list.empty() ? "" : "\n") + line;
    }
    auto asked = table.question;
    replace_first(asked, "{articles}", list);
    replace_first(asked, "{question}", hiding.hide(first_characters(question, longest_question)));
    return {table.system, asked};
}

std::string_view to_string(draft_fault fault)
{
    constexpr std::string_view names[] = {"unreadable", "no_citation", "other_article", "forbidden", "leak", "too_long"};
    return names[static_cast<std::size_t>(fault)];
}

std::variant<draft, draft_fault> check_answer(
    const phrasing_table& table, const redaction& hiding, std::string_view content, std::span<const found_article> articles
)
{
    const auto shown = articles.first(std::min(articles.size(), most_articles));
    const auto answer = object_in(content);
    if (!answer || text_at(*answer, "summary").empty())
        return draft_fault::unreadable;
    const auto text = joined_text(*answer);
    if (count_characters(text) < 0 || count_characters(text) > longest_draft)
        return draft_fault::too_long;
    if (hiding.leaks(text))
        return draft_fault::leak;
    const auto cited = true_citations(*answer, shown);
    if (cited.empty())
        return draft_fault::no_citation;
    if (names_another(text, shown, cited))
        return draft_fault::other_article;
    for (const auto& word : table.never)
        if (text.find(word) != std::string::npos)
            return draft_fault::forbidden;
    const auto restored = hiding.restore(text);
    if (!restored)
        return draft_fault::leak;
    const auto* human = answer->if_contains("needs_human");
    return draft{table.label + "\n" + *restored, cited, human && human->is_bool() && human->as_bool()};
}

}  // namespace dialogs
