#pragma once
// The names under which laws are known, and the table dialogs/lexicon/law_names.yaml.

#include "dialogs/knowledge/law_editions.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dialogs {

struct law_alias {
    std::string law;
    std::vector<std::string> also;
};

struct ended_law {
    std::string law;
    cases::date on;
};

struct law_name_table {
    std::vector<law_alias> aliases;
    std::vector<ended_law> ended;
};

// Throws flow_error ("file:line: what is wrong").
law_name_table read_law_names(std::string_view path, std::string_view yaml);
// That of dialogs/lexicon/law_names.yaml as the build embedded it.
law_name_table embedded_law_names();

// Ends what the table says has ended, where nothing newer of the same name stands among the editions.
void end_laws(std::vector<law_edition>& editions, std::span<const ended_law> ended);

class law_names {
public:
    // The first name given for a group wins where two laws share one.
    void add(std::string_view name, std::uint32_t group);
    void add_aliases(std::span<const law_alias> aliases);

    std::optional<std::uint32_t> find(std::string_view name) const;
    // As find; else the law with the shortest name that contains this one, unless this is a law's whole name: 合同法.
    std::optional<std::uint32_t> find_roughly(std::string_view name) const;

    struct match {
        std::uint32_t group = 0;
        std::size_t length = 0;  // code points of the key
    };
    // The longest name that begins at `at` of a text without breaks.
    std::optional<match> longest_at(std::u32string_view text, std::size_t at) const;

private:
    std::unordered_map<std::u32string, std::uint32_t> groups_;
    // First two code points -> names, the longest first; name keys of groups_.
    std::unordered_map<std::u32string, std::vector<std::u32string>> by_head_;
};

}  // namespace dialogs
