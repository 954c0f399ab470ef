#include "dialogs/understanding/intent_table.hpp"

#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/sheet.hpp"

namespace dialogs {

namespace {

// A whole message that is longer than this is a story, not a command.
constexpr std::size_t longest_command = 200;

std::string bare(std::string_view text)
{
    const auto clean = normalise(text);
    std::string out;
    for (std::size_t at = 0; at < clean.size();) {
        const auto face = face_code_length(std::string_view{clean}.substr(at));
        if (face > 0) {
            at += face;
            continue;
        }
        const auto next = decode_at(clean, at);
        if (is_han(next.point) || is_ascii_word(next.point))
            out.append(clean, at, next.length);
        at += next.length;
    }
    return out;
}

}  // namespace

intent_table::intent_table(std::string_view path, std::string_view yaml)
{
    sheet file{path, yaml};
    file.only_keys(file.root(), {"exact"});
    if (!file.root().is_map() || !file.root()["exact"] || !file.root()["exact"].is_map()) {
        file.fault(file.root(), "needs a map under exact");
        file.finish();
    }
    const auto all = file.root()["exact"];
    for (const auto& row : all) {
        const auto intent = row.first.text();
        for (const auto& phrase : file.texts(all, intent.c_str()))
            if (!intents_.emplace(bare(phrase), intent).second)
                file.fault(row.second, phrase + " stands there twice");
    }
    file.finish();
}

std::optional<std::string_view> intent_table::exact(std::string_view text) const
{
    if (text.size() > longest_command)
        return std::nullopt;
    const auto found = intents_.find(bare(text));
    return found == intents_.end() ? std::nullopt : std::optional<std::string_view>{found->second};
}

}  // namespace dialogs
