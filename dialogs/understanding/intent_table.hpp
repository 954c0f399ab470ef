#pragma once
// Messages whose whole text says what is wanted: lexicon/intents.yaml.

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace dialogs {

class intent_table {
public:
    // Throws flow_error with all faults.
    intent_table(std::string_view path, std::string_view yaml);

    std::optional<std::string_view> exact(std::string_view text) const;

private:
    std::map<std::string, std::string, std::less<>> intents_;  // by the bare message
};

}  // namespace dialogs
