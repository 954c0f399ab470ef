#pragma once
// A language model's draft: what it is asked, and what must hold before anybody sees its answer. Pure: the endpoint is
// called elsewhere (bot/phrasing). What fails here falls back to the answer card and the stored articles.

#include "dialogs/knowledge/law_values.hpp"
#include "dialogs/phrasing/phrasing_table.hpp"
#include "dialogs/phrasing/redaction.hpp"

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dialogs {

// Articles shown to the model, at most; it may cite these and no others.
inline constexpr std::size_t most_articles = 6;

struct model_request {
    std::string system;
    std::string question;  // redacted, with the numbered articles
};
model_request ask_model(const phrasing_table& table, redaction& hiding, std::string_view question, std::span<const found_article> articles);

struct draft {
    std::string text;                // with the label that says a machine wrote it
    std::vector<std::size_t> cited;  // positions in the articles given; their stored text is what is shown
    bool needs_human = false;
};
enum class draft_fault {
    unreadable,     // not the JSON object that was asked for
    no_citation,    // no quote stands word for word in a given article that is in force
    other_article,  // the text names an article that is not among the citations
    forbidden,      // says what must never be said, or holds a link
    leak,           // a name or number in clear, or a placeholder never given
    too_long,
};
std::string_view to_string(draft_fault fault);

// content: the model's message, also with a <think> part or a code fence around its object.
std::variant<draft, draft_fault> check_answer(
    const phrasing_table& table, const redaction& hiding, std::string_view content, std::span<const found_article> articles
);

}  // namespace dialogs
