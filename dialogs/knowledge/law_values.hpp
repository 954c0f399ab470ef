#pragma once
// What the statute search gives: articles of laws, each with the version it comes from.

#include "cases/calendar.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace dialogs {

// How an article stands on the day that was asked about.
enum class standing : std::uint8_t {
    in_force,
    amended,   // its law has a newer version
    repealed,  // its law was repealed and nothing of the same name replaced it
    pending,   // its law is not yet in force
};

struct found_article {
    std::string id;       // the source's id of the row; of the row it replaces when the newer source has none; or made up
    std::string law;      // short name, without the state's name in front
    std::string article;  // as the law counts: "第三十八条"
    std::string text;
    std::optional<cases::date> valid_from;  // of this version; nullopt: the source does not say
    std::optional<cases::date> valid_to;    // the first day on which it no longer holds; nullopt: it holds
    std::string source;                     // file it was imported from
    standing status = standing::in_force;
    double score = 0;      // comparable within one answer only; falls from one article to the next
    bool cited = false;    // the query named it
};

struct article_text {
    std::string id;
    std::string law;
    std::string full_title;
    std::string article;
    std::string path;  // part, chapter, section
    std::string text;
    std::optional<cases::date> valid_from;
    std::optional<cases::date> valid_to;
    std::string source;
    standing status = standing::in_force;
};

}  // namespace dialogs
