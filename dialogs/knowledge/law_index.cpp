#include "dialogs/knowledge/law_index.hpp"

#include "dialogs/knowledge/article_vectors.hpp"

#include <algorithm>
#include <unordered_map>

namespace dialogs {

namespace {

constexpr auto tag_laws = section_tag("laws");
constexpr auto tag_articles = section_tag("arts");
constexpr auto tag_texts = section_tag("text");

bool inside(text_place place, std::string_view texts)
{
    return place.offset <= texts.size() && place.size <= texts.size() - place.offset;
}

bool sound(const law_record& law, std::string_view texts, std::size_t laws, std::size_t articles)
{
    return law.group < laws && inside(law.law, texts) && inside(law.title, texts) && inside(law.source, texts) &&
           law.first_article <= articles && law.articles <= articles - law.first_article;
}

bool sound(const article_record& article, std::string_view texts, std::size_t laws)
{
    return article.law < laws && inside(article.id, texts) && inside(article.article, texts) &&
           inside(article.path, texts) && inside(article.text, texts);
}

class text_store {
public:
    text_place keep(const std::string& text)
    {
        const text_place place{static_cast<std::uint32_t>(all_.size()), static_cast<std::uint32_t>(text.size())};
        all_ += text;
        return place;
    }
    // For texts that repeat: chapters, sources.
    text_place keep_once(const std::string& text)
    {
        const auto [known, added] = places_.try_emplace(text);
        if (added)
            known->second = keep(text);
        return known->second;
    }
    std::string take() { return std::move(all_); }

private:
    std::string all_;
    std::unordered_map<std::string, text_place> places_;
};

law_record record_of(const law_edition& edition, text_store& texts, std::size_t first)
{
    law_record law;
    law.law = texts.keep_once(edition.law);
    law.title = texts.keep_once(edition.title);
    law.source = texts.keep_once(edition.source);
    law.valid_from = edition.valid_from;
    law.valid_to = edition.valid_to;
    law.first_article = static_cast<std::uint32_t>(first);
    law.articles = static_cast<std::uint32_t>(edition.articles.size());
    law.group = edition.group;
    law.repealed = edition.repealed;
    return law;
}

std::string made_up_id(const law_edition& edition, const law_row& row)
{
    std::string id = edition.law + row.article;
    if (edition.date != since_ever) {
        const auto day = from_day_number(edition.date);
        id += "@" + std::to_string(static_cast<int>(day.year())) + "-" +
              std::to_string(static_cast<unsigned>(day.month())) + "-" + std::to_string(static_cast<unsigned>(day.day()));
    }
    return id;
}

}  // namespace

bot::result<law_index> law_index::open(const section_reader& file)
{
    law_index index;
    index.laws_ = file.values<law_record>(tag_laws);
    index.articles_ = file.values<article_record>(tag_articles);
    index.texts_ = file.bytes(tag_texts);
    for (const auto& law : index.laws_)
        if (!sound(law, index.texts_, index.laws_.size(), index.articles_.size()))
            return bot::errc::bad_message;
    for (const auto& article : index.articles_)
        if (!sound(article, index.texts_, index.laws_.size()))
            return bot::errc::bad_message;
    const auto grams = gram_index::open(file);
    if (grams.has_error())
        return grams.error();
    index.grams_ = *grams;
    if (index.grams_.documents() != index.articles_.size())
        return bot::errc::bad_message;
    return index;
}

bool law_index::answers_on(const law_record& law, day_number day) const
{
    return law.valid_from <= day && (day < law.valid_to || law.repealed != 0);
}

std::optional<std::uint32_t> law_index::find(const law_record& law, article_number number) const
{
    for (auto at = law.first_article; at < law.first_article + law.articles; ++at)
        if (articles_[at].number == number)
            return at;
    return std::nullopt;
}

std::string build_law_index(const std::vector<law_edition>& editions)
{
    std::vector<law_record> laws;
    std::vector<article_record> articles;
    text_store texts;
    gram_index_builder grams;
    std::vector<gram> of_article;
    for (const auto& edition : editions) {
        laws.push_back(record_of(edition, texts, articles.size()));
        for (const auto& row : edition.articles) {
            article_record article;
            article.law = static_cast<std::uint32_t>(laws.size() - 1);
            article.number = parse_article_number(row.article).value_or(article_number{});
            article.id = texts.keep(row.id.empty() ? made_up_id(edition, row) : row.id);
            article.article = texts.keep_once(row.article);
            article.path = texts.keep_once(row.path);
            article.text = texts.keep(row.text);
            articles.push_back(article);
            of_article.clear();
            append_grams(searchable(article_words(edition.law, row.path, row.text)), 2, of_article);
            grams.add(of_article);
        }
    }
    section_writer file(laws_form);
    file.add(tag_laws, std::span<const law_record>(laws));
    file.add(tag_articles, std::span<const article_record>(articles));
    file.add(tag_texts, texts.take());
    grams.write(file);
    return file.finish();
}

}  // namespace dialogs
