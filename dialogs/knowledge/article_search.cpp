#include "dialogs/knowledge/article_search.hpp"

#include <algorithm>

namespace dialogs {

std::vector<scored> search_articles(const law_index& laws, std::string_view query, std::size_t top, day_number day)
{
    const auto grams = grams_of(searchable(query), 2);
    auto scores = laws.grams().score(grams);
    for (const auto& law : laws.laws())
        if (!laws.answers_on(law, day))
            std::fill_n(scores.begin() + law.first_article, law.articles, 0.0F);
    return best_of(scores, top);
}

}  // namespace dialogs
