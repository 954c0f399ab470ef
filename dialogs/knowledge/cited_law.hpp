#pragma once
// An article that a text of ours rests on: the law's short name, the article as the law counts it, and the date of the
// version that was read.

#include "cases/calendar.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace dialogs {

struct cited_law {
    std::string law;      // "民法典"
    std::string article;  // "第一千零七十九条"
    cases::date version;  // of the version read

    bool operator==(const cited_law&) const = default;
};

// "2026-02-15"; nullopt for anything else.
std::optional<cases::date> read_iso_date(std::string_view text);
std::string iso_date(cases::date day);

}  // namespace dialogs
