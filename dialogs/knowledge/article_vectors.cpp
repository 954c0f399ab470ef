#include "dialogs/knowledge/article_vectors.hpp"

#include "dialogs/knowledge/lanes.hpp"

namespace dialogs {

namespace {

constexpr auto tag_made_by = section_tag("vmad");  // checksum of the encoder, dimensions
constexpr auto tag_scales = section_tag("vsca");
constexpr auto tag_values = section_tag("vval");

}  // namespace

std::string article_words(std::string_view law, std::string_view path, std::string_view text)
{
    std::string words(law);
    words += '\n';
    words += path;
    words += '\n';
    words += text;
    return words;
}

bot::result<article_vectors> article_vectors::open(const section_reader& file)
{
    article_vectors out;
    const auto made_by = file.values<std::uint64_t>(tag_made_by);
    out.scales_ = file.values<float>(tag_scales);
    out.values_ = file.values<std::int8_t>(tag_values);
    if (made_by.size() != 2 || made_by[1] > 4096 || out.values_.size() != out.scales_.size() * made_by[1])
        return bot::errc::bad_message;
    out.encoder_ = made_by[0];
    out.dimensions_ = made_by[1];
    return out;
}

std::vector<float> article_vectors::cosines(std::span<const float> query) const
{
    const auto bytes = to_bytes(query);
    std::vector<std::int32_t> products(scales_.size());
    dot_rows(bytes.values.data(), values_.data(), dimensions_, products);
    std::vector<float> out(scales_.size());
    for (std::size_t at = 0; at < scales_.size(); ++at)
        out[at] = static_cast<float>(products[at]) * bytes.scale * scales_[at];
    return out;
}

float article_vectors::product(std::uint32_t article, const byte_vector& other) const
{
    std::int32_t product = 0;
    dot_rows(other.values.data(), values_.data() + article * dimensions_, dimensions_, {&product, 1});
    return static_cast<float>(product) * other.scale * scales_[article];
}

void article_vectors::add_to(std::vector<float>& sum, std::uint32_t article, float factor) const
{
    add_scaled(sum.data(), values_.data() + article * dimensions_, factor * scales_[article], dimensions_);
}

std::string build_article_vectors(const law_index& laws, const encoder& model, std::uint64_t model_checksum)
{
    std::vector<float> scales;
    std::vector<std::int8_t> values;
    for (std::uint32_t at = 0; at < laws.articles().size(); ++at) {
        const auto& article = laws.articles()[at];
        const auto words =
            article_words(laws.text(laws.law_of(at).law), laws.text(article.path), laws.text(article.text));
        const auto vector = to_bytes(model.encode(grams_of(searchable(words), encoder_longest_gram)));
        scales.push_back(vector.scale);
        values.insert(values.end(), vector.values.begin(), vector.values.end());
    }
    const std::uint64_t made_by[] = {model_checksum, model.dimensions()};
    section_writer file(vectors_form);
    file.add(tag_made_by, std::span<const std::uint64_t>(made_by));
    file.add(tag_scales, std::span<const float>(scales));
    file.add(tag_values, std::span<const std::int8_t>(values));
    return file.finish();
}

}  // namespace dialogs
