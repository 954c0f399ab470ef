#pragma once
// The laws as they lie in the file laws.index: editions, their articles, the texts, and the index of grams.

#include "dialogs/knowledge/article_number.hpp"
#include "dialogs/knowledge/gram_index.hpp"
#include "dialogs/knowledge/law_editions.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dialogs {

constexpr std::uint32_t laws_form = 1;
constexpr std::string_view laws_file_name = "laws.index";

struct text_place {
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
};

struct law_record {
    text_place law;
    text_place title;
    text_place source;
    std::int32_t valid_from = since_ever;
    std::int32_t valid_to = for_ever;
    std::uint32_t first_article = 0;
    std::uint32_t articles = 0;
    std::uint32_t group = 0;
    std::uint32_t repealed = 0;
};

struct article_record {
    std::uint32_t law = 0;  // index of its law_record
    article_number number;
    text_place id;
    text_place article;
    text_place path;
    text_place text;
};

class law_index {
public:
    law_index() = default;
    // bad_message: what the sections say does not fit together. The file's bytes must outlive the index.
    static bot::result<law_index> open(const section_reader& file);

    std::span<const law_record> laws() const { return laws_; }
    std::span<const article_record> articles() const { return articles_; }
    const law_record& law_of(std::uint32_t article) const { return laws_[articles_[article].law]; }
    std::string_view text(text_place place) const { return texts_.substr(place.offset, place.size); }
    const gram_index& grams() const { return grams_; }

    // Whether an article of this edition may answer on the day: its own time, or repealed without a successor.
    bool answers_on(const law_record& law, day_number day) const;
    // The article of the edition; nullopt: it has none of that number.
    std::optional<std::uint32_t> find(const law_record& law, article_number number) const;

private:
    std::span<const law_record> laws_;
    std::span<const article_record> articles_;
    std::string_view texts_;
    gram_index grams_;
};

// The bytes of laws.index.
std::string build_law_index(const std::vector<law_edition>& editions);

}  // namespace dialogs
