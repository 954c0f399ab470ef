#pragma once
// From a question to a checked draft: the danger screen, redaction, the endpoint, the checks. Whatever goes wrong, the
// answer is "no draft" with the reason, and the caller shows the answer card and the stored articles instead.

#include "bot/phrasing/endpoint.hpp"
#include "dialogs/knowledge/law_values.hpp"
#include "dialogs/phrasing/draft.hpp"
#include "dialogs/understanding/safety_screen.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bot::phrasing {

struct drafted {
    std::string text;                // empty: no draft
    std::vector<std::size_t> cited;  // positions in the articles given
    bool needs_human = false;
    std::string reason;  // why there is none: "danger", "no_articles", "timed_out", "overloaded", "no_citation" …
};

class drafting {
public:
    // All must outlive this.
    drafting(const dialogs::phrasing_table& table, const dialogs::safety_screen& screen, endpoint& model)
        : table_(table), screen_(screen), model_(model)
    {
    }

    // names: of the citizen's form, to be hidden. Blocking, as endpoint::ask.
    drafted draft(
        std::string_view question, std::span<const std::string> names, std::span<const dialogs::found_article> articles,
        endpoint::clock::time_point now, std::int64_t day
    ) const;

private:
    const dialogs::phrasing_table& table_;
    const dialogs::safety_screen& screen_;
    endpoint& model_;
};

}  // namespace bot::phrasing
