#include "dialogs/knowledge/citations.hpp"

#include "dialogs/knowledge/grams.hpp"

#include <algorithm>
#include <array>

namespace dialogs {

namespace {

constexpr std::size_t most_citations = 50;

// A text with its breaks, and the same without them, in which names are looked for.
struct two_views {
    std::u32string broken;
    std::u32string joined;
    std::vector<std::size_t> places;  // of each code point of joined in broken
};

two_views views_of(std::string_view text)
{
    two_views views;
    views.broken = searchable(text);
    for (std::size_t at = 0; at < views.broken.size(); ++at) {
        if (views.broken[at] == 0)
            continue;
        views.joined.push_back(views.broken[at]);
        views.places.push_back(at);
    }
    constexpr std::u32string_view state = U"中华人民共和国";
    for (auto at = views.joined.find(state); at != std::u32string::npos; at = views.joined.find(state, at)) {
        views.joined.erase(at, state.size());
        const auto first = views.places.begin() + static_cast<std::ptrdiff_t>(at);
        views.places.erase(first, first + static_cast<std::ptrdiff_t>(state.size()));
    }
    return views;
}

// Past what may stand between a law and its articles: 》, "的", "规定", "(2018修正)".
std::size_t past_links(std::u32string_view text, std::size_t at)
{
    static constexpr std::array<std::u32string_view, 9> links{
        U"规定的", U"规定", U"修正", U"修订", U"和", U"与", U"及", U"以及", U"的",
    };
    for (bool moved = true; moved && at < text.size();) {
        moved = false;
        if (text[at] == 0) {
            ++at;
            moved = true;
            continue;
        }
        for (const auto link : links) {
            if (text.substr(at).starts_with(link)) {
                at += link.size();
                moved = true;
            }
        }
        const auto year = article_number_at(text, at);
        const auto after = year && !year->marked && year->arabic ? text.substr(year->end) : std::u32string_view{};
        if (after.starts_with(U"修正") || after.starts_with(U"修订") || after.starts_with(U"年修正")) {
            at = year->end + (after.front() == U'年' ? 1 : 0);
            moved = true;
        }
    }
    return at;
}

// "38" of "劳动合同法38" or of "第38、46条" names an article; "2021" of "民法典2021年" does not.
bool names_an_article(std::u32string_view text, const number_in_text& number)
{
    return number.marked || (number.arabic && (number.end >= text.size() || text[number.end] == 0));
}

// Where reading goes on, in broken.
std::size_t read_articles(std::u32string_view text, std::size_t at, std::uint32_t group, std::vector<citation>& out)
{
    for (;;) {
        const auto next = past_links(text, at);
        const auto number = article_number_at(text, next);
        if (!number || !names_an_article(text, *number))
            return at;
        const citation found{group, number->which};
        if (out.size() < most_citations && std::find(out.begin(), out.end(), found) == out.end())
            out.push_back(found);
        at = number->end;
    }
}

}  // namespace

std::vector<citation> find_citations(std::string_view text, const law_names& names)
{
    const auto views = views_of(text);
    std::vector<citation> found;
    for (std::size_t at = 0; at < views.joined.size();) {
        const auto name = names.longest_at(views.joined, at);
        if (!name) {
            ++at;
            continue;
        }
        at += name->length;
        const auto end = read_articles(views.broken, views.places[at - 1] + 1, name->group, found);
        while (at < views.places.size() && views.places[at] < end)
            ++at;
    }
    return found;
}

}  // namespace dialogs
