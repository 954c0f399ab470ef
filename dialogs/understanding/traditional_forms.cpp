#include "dialogs/understanding/traditional_forms.hpp"

#include "dialogs/data.hpp"
#include "dialogs/understanding/code_points.hpp"
#include "dialogs/yaml/document.hpp"

#include <array>
#include <stdexcept>

namespace dialogs {

namespace {

constexpr char32_t first_han = 0x4E00, last_han = 0x9FFF;

using form_table = std::array<char16_t, last_han - first_han + 1>;

// Two characters a pair, a space between pairs.
void read_pairs(std::string_view pairs, form_table& into)
{
    for (std::size_t at = 0; at < pairs.size();) {
        const auto traditional = decode_at(pairs, at);
        const auto plain = decode_at(pairs, at + traditional.length);
        if (traditional.point < first_han || traditional.point > last_han || plain.point > 0xFFFF)
            throw std::logic_error("lexicon/traditional.yaml: pairs of characters are expected");
        into[traditional.point - first_han] = static_cast<char16_t>(plain.point);
        at += traditional.length + plain.length;
        while (at < pairs.size() && (pairs[at] == ' ' || pairs[at] == '\n'))
            ++at;
    }
}

form_table read_forms()
{
    form_table forms{};
    for (const auto& file : dialogs_data())
        if (file.path == "lexicon/traditional.yaml") {
            const yaml::document tree(file.content);
            read_pairs(tree.root()["pairs"].text(), forms);
        }
    return forms;
}

}  // namespace

char32_t simplified(char32_t point)
{
    static const form_table forms = read_forms();
    if (point < first_han || point > last_han)
        return point;
    const char16_t form = forms[point - first_han];
    return form == 0 ? point : form;
}

}  // namespace dialogs
