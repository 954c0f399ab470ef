#include "dialogs/knowledge/law_names.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr std::size_t head_length = 2;

// Nobody shortens these at the end: who asks for the 合同法 does not mean the 劳动合同法, which contains its name.
bool names_a_whole_law(std::u32string_view key)
{
    return key.ends_with(U"法") || key.ends_with(U"条例");
}

}  // namespace

void law_names::add(std::string_view name, std::uint32_t group)
{
    auto key = law_name_key(name);
    if (key.size() < head_length || !groups_.emplace(key, group).second)
        return;
    auto& names = by_head_[key.substr(0, head_length)];
    const auto longer = [](const std::u32string& one, const std::u32string& other) { return one.size() > other.size(); };
    names.insert(std::upper_bound(names.begin(), names.end(), key, longer), key);
}

void law_names::add_aliases(std::span<const law_alias> aliases)
{
    for (const auto& row : aliases)
        if (const auto group = find(row.law))
            for (const auto& name : row.also)
                add(name, *group);
}

std::optional<std::uint32_t> law_names::find(std::string_view name) const
{
    const auto found = groups_.find(law_name_key(name));
    return found == groups_.end() ? std::nullopt : std::optional{found->second};
}

std::optional<std::uint32_t> law_names::find_roughly(std::string_view name) const
{
    if (const auto exact = find(name))
        return exact;
    const auto key = law_name_key(name);
    if (key.size() < head_length || names_a_whole_law(key))
        return std::nullopt;
    const std::pair<const std::u32string, std::uint32_t>* best = nullptr;
    for (const auto& known : groups_) {
        if (known.first.find(key) == std::u32string::npos)
            continue;
        const auto rank = [](const auto& entry) { return std::pair{entry.first.size(), entry.second}; };
        if (!best || rank(known) < rank(*best))
            best = &known;
    }
    return best ? std::optional{best->second} : std::nullopt;
}

std::optional<law_names::match> law_names::longest_at(std::u32string_view text, std::size_t at) const
{
    if (at + head_length > text.size())
        return std::nullopt;
    const auto head = by_head_.find(std::u32string(text.substr(at, head_length)));
    if (head == by_head_.end())
        return std::nullopt;
    for (const auto& name : head->second)
        if (text.substr(at).starts_with(name))
            return match{groups_.at(name), name.size()};
    return std::nullopt;
}

void end_laws(std::vector<law_edition>& editions, std::span<const ended_law> ended)
{
    for (const auto& row : ended) {
        const auto key = law_name_key(row.law);
        const auto day = to_day_number(row.on);
        law_edition* newest = nullptr;
        for (auto& edition : editions)
            if (law_name_key(edition.law) == key)
                newest = &edition;
        if (newest && newest->valid_from < day && newest->valid_to > day) {
            newest->valid_to = day;
            newest->repealed = true;
        }
    }
}

}  // namespace dialogs
