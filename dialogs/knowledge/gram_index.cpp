#include "dialogs/knowledge/gram_index.hpp"

#include <algorithm>
#include <cmath>

namespace dialogs {

namespace {

constexpr float k1 = 1.2F;
constexpr float b = 0.75F;

constexpr float byte_scale = 255.0F / (k1 + 1);

constexpr auto tag_size = section_tag("gsiz");
constexpr auto tag_terms = section_tag("gter");
constexpr auto tag_offsets = section_tag("goff");
constexpr auto tag_postings = section_tag("gpos");
constexpr auto tag_weights = section_tag("gwei");

bool fits(std::span<const gram> terms, std::span<const std::uint32_t> offsets, std::size_t postings)
{
    return offsets.size() == terms.size() + 1 && offsets.front() == 0 && offsets.back() == postings &&
           std::is_sorted(offsets.begin(), offsets.end());
}

}  // namespace

bot::result<gram_index> gram_index::open(const section_reader& file)
{
    gram_index index;
    const auto size = file.values<std::uint64_t>(tag_size);
    index.terms_ = file.values<gram>(tag_terms);
    index.offsets_ = file.values<std::uint32_t>(tag_offsets);
    index.postings_ = file.values<std::uint32_t>(tag_postings);
    index.weights_ = file.values<std::uint8_t>(tag_weights);
    if (size.size() != 1 || index.weights_.size() != index.postings_.size() ||
        !fits(index.terms_, index.offsets_, index.postings_.size()))
        return bot::errc::bad_message;
    index.documents_ = size[0];
    const auto past = [&](std::uint32_t document) { return document >= size[0]; };
    if (std::any_of(index.postings_.begin(), index.postings_.end(), past))
        return bot::errc::bad_message;
    return index;
}

gram_index::range gram_index::postings_of(gram what) const
{
    const auto found = std::lower_bound(terms_.begin(), terms_.end(), what);
    if (found == terms_.end() || *found != what)
        return {};
    const auto at = static_cast<std::size_t>(found - terms_.begin());
    return {offsets_[at], offsets_[at + 1]};
}

float gram_index::idf_of(std::size_t count) const
{
    const auto n = static_cast<float>(count);
    return std::log(1.0F + (static_cast<float>(documents_) - n + 0.5F) / (n + 0.5F));
}

float gram_index::idf(gram what) const
{
    return idf_of(postings_of(what).size());
}

std::vector<float> gram_index::score(std::span<const counted_gram> query, std::vector<float>* pairs) const
{
    struct wanted {
        range where;
        std::uint32_t times;
        bool pair;
    };
    std::vector<wanted> terms;
    for (const auto& part : query)
        if (const auto where = postings_of(part.what); where.size() > 0)
            terms.push_back({where, part.times, part.what > highest_single});
    std::sort(terms.begin(), terms.end(), [](const wanted& one, const wanted& other) {
        const auto one_size = one.where.size();
        const auto other_size = other.where.size();
        return one_size != other_size ? one_size < other_size : one.where.begin < other.where.begin;
    });
    std::vector<float> scores(documents_, 0.0F);
    std::size_t read = 0;
    for (const auto& term : terms) {
        read += term.where.size();
        if (read > most_postings)
            break;
        const float idf = idf_of(term.where.size());
        const float factor = idf * static_cast<float>(term.times) / byte_scale;
        for (auto at = term.where.begin; at < term.where.end; ++at)
            scores[postings_[at]] += factor * static_cast<float>(weights_[at]);
        if (pairs && term.pair)
            for (auto at = term.where.begin; at < term.where.end; ++at)
                (*pairs)[postings_[at]] += idf;
    }
    return scores;
}

void gram_index_builder::add(std::vector<gram>& grams)
{
    const auto document = static_cast<std::uint32_t>(lengths_.size());
    lengths_.push_back(static_cast<std::uint32_t>(grams.size()));
    for (const auto& part : count_grams(grams))
        occurrences_.push_back({part.what, document, part.times});
}

void gram_index_builder::write(section_writer& file)
{
    auto& all = occurrences_;
    std::sort(all.begin(), all.end(), [](const occurrence& one, const occurrence& other) {
        return one.what != other.what ? one.what < other.what : one.document < other.document;
    });
    double total = 0;
    for (const auto length : lengths_)
        total += length;
    const float average = lengths_.empty() ? 1.0F : static_cast<float>(std::max(1.0, total / static_cast<double>(lengths_.size())));
    std::vector<gram> terms;
    std::vector<std::uint32_t> offsets;
    std::vector<std::uint32_t> postings;
    std::vector<std::uint8_t> weights;
    for (const auto& part : all) {
        if (terms.empty() || terms.back() != part.what) {
            terms.push_back(part.what);
            offsets.push_back(static_cast<std::uint32_t>(postings.size()));
        }
        const auto times = static_cast<float>(part.times);
        const float length = static_cast<float>(lengths_[part.document]) / average;
        const float weight = times * (k1 + 1) / (times + k1 * (1 - b + b * length));
        postings.push_back(part.document);
        weights.push_back(static_cast<std::uint8_t>(std::clamp(std::lround(weight * byte_scale), 1L, 255L)));
    }
    offsets.push_back(static_cast<std::uint32_t>(postings.size()));
    const std::uint64_t size[] = {lengths_.size()};
    file.add(tag_size, std::span<const std::uint64_t>(size));
    file.add(tag_terms, std::span<const gram>(terms));
    file.add(tag_offsets, std::span<const std::uint32_t>(offsets));
    file.add(tag_postings, std::span<const std::uint32_t>(postings));
    file.add(tag_weights, std::span<const std::uint8_t>(weights));
}

std::vector<scored> best_of(std::span<const float> scores, std::size_t n)
{
    const auto better = [](const scored& one, const scored& other) {
        return one.score != other.score ? one.score > other.score : one.document < other.document;
    };
    std::vector<scored> best;  // a heap with the worst on top
    best.reserve(n + 1);
    for (std::uint32_t at = 0; at < scores.size(); ++at) {
        if (scores[at] <= 0 || (best.size() == n && (n == 0 || scores[at] <= best.front().score)))
            continue;
        best.push_back({at, scores[at]});
        std::push_heap(best.begin(), best.end(), better);
        if (best.size() > n) {
            std::pop_heap(best.begin(), best.end(), better);
            best.pop_back();
        }
    }
    std::sort_heap(best.begin(), best.end(), better);
    return best;
}

}  // namespace dialogs
