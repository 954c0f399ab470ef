#pragma once
// Whether somebody says of himself that he is under 18 (domain reference §20.7): ages and school years, by the phrases of
// dialogs/lexicon/minors.yaml.

#include "dialogs/understanding/phrase_finder.hpp"

#include <string_view>

namespace dialogs {

class minor_words {
public:
    // Throws flow_error.
    minor_words(std::string_view path, std::string_view yaml);
    bool said_in(std::string_view text) const;

private:
    phrase_finder phrases_;
    phrase_finder unless_;
};

}  // namespace dialogs
