#include "dialogs/understanding/minor_words.hpp"

#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/sheet.hpp"

namespace dialogs {

namespace {

void add_all(sheet& file, const char* key, phrase_finder& into)
{
    for (const auto& pattern : file.texts(file.root(), key)) {
        const auto phrases = expand_braces(pattern);
        if (phrases.empty())
            file.fault(file.root()[key], "cannot read the phrase " + pattern);
        for (const auto& phrase : phrases)
            into.add(to_points(squeeze(phrase)));
    }
    into.build();
}

bool contains(const phrase_finder& phrases, std::u32string_view text)
{
    std::vector<phrase_hit> hits;
    phrases.find(text, hits);
    return !hits.empty();
}

}  // namespace

minor_words::minor_words(std::string_view path, std::string_view yaml)
{
    sheet file(path, yaml);
    file.only_keys(file.root(), {"says", "unless"});
    add_all(file, "says", phrases_);
    add_all(file, "unless", unless_);
    file.finish();
}

bool minor_words::said_in(std::string_view text) const
{
    constexpr std::size_t read_characters = 500;
    const auto points = to_points(squeeze(first_characters(text, read_characters)));
    return contains(phrases_, points) && !contains(unless_, points);
}

}  // namespace dialogs
