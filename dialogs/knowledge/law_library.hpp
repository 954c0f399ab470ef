#pragma once
// The imported laws, opened for reading: search by a citizen's own words, and articles by name and number.
//
// A library is a folder that `hejie import laws` and `hejie import consultations` write. Its files are mapped, not read,
// and replaced as a whole, so an open library goes on showing what it was opened with. Everything is const and may be
// called from any thread; the same library gives the same bytes for the same question.

#include "bot/base/error.hpp"
#include "dialogs/knowledge/law_values.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

class law_library {
public:
    // not_found: there is no index in the folder. bad_message: a file is truncated, damaged or of another version.
    static bot::result<law_library> open(const std::string& folder);

    law_library(law_library&&) noexcept;
    law_library& operator=(law_library&&) noexcept;
    ~law_library();

    // The best articles first, `top` at the most: those the query cites by name, then by rank. Of each law the version
    // that holds on the day; laws repealed by then are found too and say so.
    std::vector<found_article> search(std::string_view query, int top, cases::date asof) const;

    // By name and number as people write them: short or full title, with or without 《》, Han or Arabic digits.
    // nullopt: no such law or article on that day. A repealed one is shown and says so.
    std::optional<article_text> show(std::string_view law, std::string_view article, cases::date asof) const;

    // Articles of all versions, and laws.
    std::size_t articles() const;
    std::size_t laws() const;

private:
    struct parts;
    explicit law_library(std::unique_ptr<const parts> opened);
    std::unique_ptr<const parts> parts_;
};

}  // namespace dialogs
