#pragma once
// A YAML table of dialogs/lexicon while it is read: collects every fault as "file:line: what is wrong", so that whoever
// edits the file sees all of them at once. Only for the .cpp files that read tables.

#include "dialogs/yaml/document.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

class sheet {
public:
    // A file that is no YAML is a fault, with an empty root.
    sheet(std::string_view path, std::string_view yaml);

    const yaml::node& root() const { return root_; }
    void fault(const yaml::node& where, std::string_view what);

    // A scalar that must be there; "" and a fault when it is not.
    std::string text(const yaml::node& of, const char* key);
    // A scalar that may be missing.
    std::string text_if_any(const yaml::node& of, const char* key);
    // A list of scalars; an absent key is an empty list.
    std::vector<std::string> texts(const yaml::node& of, const char* key);
    // A list of maps that must be there.
    std::vector<yaml::node> rows(const yaml::node& of, const char* key);
    // Faults for keys that nobody reads, so that a misspelt key is not silently ignored.
    void only_keys(const yaml::node& of, std::initializer_list<std::string_view> known);

    // Throws flow_error when there was a fault.
    void finish() const;

private:
    std::string path_;
    std::optional<yaml::document> tree_;
    yaml::node root_;
    std::vector<std::string> faults_;
};

}  // namespace dialogs
