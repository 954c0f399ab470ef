#include "dialogs/learning/skip_gram.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace dialogs::learning {

namespace {

constexpr std::size_t whole_text = 100'000;  // code points

// SplitMix64 (Steele, Lea, Flood 2014): the same on every machine.
class random_source {
public:
    explicit random_source(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next()
    {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ z >> 30U) * 0xBF58476D1CE4E5B9U;
        z = (z ^ z >> 27U) * 0x94D049BB133111EBU;
        return z ^ z >> 31U;
    }
    std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>((next() >> 32U) * limit >> 32U); }
    float unit() { return static_cast<float>(next() >> 40U) * 0x1p-24F; }

private:
    std::uint64_t state_;
};

struct word {
    std::uint32_t key = 0;
    std::uint64_t times = 0;
};

// A gram of one or two code points at each place of a run; 0 in `row` where it is not in the vocabulary.
struct place {
    std::int32_t single = -1;
    std::int32_t pair = -1;
};

std::vector<word> count_words(const std::vector<std::u32string>& texts, const skip_gram_recipe& how)
{
    std::unordered_map<std::uint32_t, std::uint64_t> times;
    for (const auto& text : texts)
        for (std::size_t at = 0; at < text.size(); ++at)
            for (std::size_t length = 1; length <= 2 && at + length <= text.size() && text[at + length - 1] != 0; ++length)
                ++times[gram_key(std::u32string_view{text}.substr(at, length))];
    std::vector<word> words;
    for (const auto& [key, count] : times)
        if (count >= how.at_least)
            words.push_back({key, count});
    std::sort(words.begin(), words.end(), [](const word& a, const word& b) {
        return a.times != b.times ? a.times > b.times : a.key < b.key;
    });
    if (words.size() > how.most_grams)
        words.resize(how.most_grams);
    return words;
}

class trainer {
public:
    trainer(std::vector<word> words, const skip_gram_recipe& how)
        : how_(how), words_(std::move(words)), random_(how.seed), in_(words_.size() * how.dimensions),
          out_(words_.size() * how.dimensions), slope_(how.dimensions)
    {
        for (std::size_t i = 0; i < words_.size(); ++i)
            rows_[words_[i].key] = static_cast<std::int32_t>(i);
        for (const auto& one : words_)
            all_ += static_cast<double>(one.times);
        for (float& value : in_)
            value = (random_.unit() - 0.5F) / static_cast<float>(how.dimensions);
        fill_negatives();
        for (int i = 0; i < sigmoid_steps; ++i)
            sigmoid_.push_back(1 / (1 + std::exp(-(static_cast<float>(i) / sigmoid_steps * 2 - 1) * sigmoid_end)));
    }

    void run(const std::vector<std::u32string>& texts)
    {
        const double steps = static_cast<double>(texts.size()) * how_.rounds;
        double done = 0;
        for (int round = 0; round < how_.rounds; ++round)
            for (const auto& text : texts) {
                step_ = how_.step * static_cast<float>(std::max(1 - done / steps, 1e-3));
                learn(text);
                done += 1;
            }
    }

    vector_table pack() const
    {
        vector_table table;
        table.dimensions = how_.dimensions;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const float* row = &in_[i * how_.dimensions];
            float largest = 1e-12F;
            for (std::size_t d = 0; d < how_.dimensions; ++d)
                largest = std::max(largest, std::abs(row[d]));
            const double share = static_cast<double>(words_[i].times) / all_;
            table.keys.push_back(words_[i].key);
            table.scales.push_back(largest / 127 * static_cast<float>(how_.calm / (how_.calm + share)));
            for (std::size_t d = 0; d < how_.dimensions; ++d)
                table.values.push_back(static_cast<std::int8_t>(std::lround(row[d] / largest * 127)));
        }
        return table;
    }

private:
    static constexpr int sigmoid_steps = 2048;
    static constexpr float sigmoid_end = 6;
    static constexpr std::size_t negative_slots = 1U << 20U;

    // A word is drawn as a negative in proportion to its times to the power of 3/4.
    void fill_negatives()
    {
        double sum = 0;
        for (const auto& one : words_)
            sum += std::pow(static_cast<double>(one.times), 0.75);
        double reached = 0;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            reached += std::pow(static_cast<double>(words_[i].times), 0.75);
            while (static_cast<double>(negatives_.size()) < reached / sum * static_cast<double>(negative_slots))
                negatives_.push_back(static_cast<std::uint32_t>(i));
        }
    }

    std::int32_t kept(std::u32string_view gram)
    {
        const auto found = rows_.find(gram_key(gram));
        if (found == rows_.end())
            return -1;
        const double share = static_cast<double>(words_[static_cast<std::size_t>(found->second)].times) / all_;
        const double keep = std::sqrt(how_.frequent / share);
        return keep >= 1 || static_cast<double>(random_.unit()) < keep ? found->second : -1;
    }

    void learn(const std::u32string& text)
    {
        if (words_.empty())
            return;
        std::vector<place> places(text.size());
        const std::u32string_view all{text};
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] == 0)
                continue;
            places[at].single = kept(all.substr(at, 1));
            if (at + 1 < text.size() && text[at + 1] != 0)
                places[at].pair = kept(all.substr(at, 2));
        }
        for (std::size_t at = 0; at < places.size(); ++at) {
            const std::size_t reach = 1 + random_.below(static_cast<std::uint32_t>(how_.window));
            const std::size_t from = at > reach ? at - reach : 0;
            const std::size_t to = std::min(places.size(), at + reach + 2);
            for (const auto centre : {places[at].single, places[at].pair})
                for (std::size_t other = from; centre >= 0 && other < to; ++other) {
                    if (other == at)
                        continue;
                    pull(centre, places[other].single);
                    pull(centre, places[other].pair);
                }
        }
    }

    void pull(std::int32_t centre, std::int32_t context)
    {
        if (context < 0)
            return;
        float* mine = &in_[static_cast<std::size_t>(centre) * how_.dimensions];
        std::fill(slope_.begin(), slope_.end(), 0.0F);
        for (int n = 0; n <= how_.negatives; ++n) {
            const auto other = n == 0 ? static_cast<std::uint32_t>(context)
                                      : negatives_[random_.below(static_cast<std::uint32_t>(negatives_.size()))];
            if (n > 0 && other == static_cast<std::uint32_t>(context))
                continue;
            float* its = &out_[other * how_.dimensions];
            float score = 0;
            for (std::size_t d = 0; d < how_.dimensions; ++d)
                score += mine[d] * its[d];
            const float error = ((n == 0 ? 1.0F : 0.0F) - sigmoid(score)) * step_;
            for (std::size_t d = 0; d < how_.dimensions; ++d) {
                slope_[d] += error * its[d];
                its[d] += error * mine[d];
            }
        }
        for (std::size_t d = 0; d < how_.dimensions; ++d)
            mine[d] += slope_[d];
    }

    float sigmoid(float x) const
    {
        const float place = (std::clamp(x, -sigmoid_end, sigmoid_end) / sigmoid_end + 1) / 2 * (sigmoid_steps - 1);
        return sigmoid_[static_cast<std::size_t>(place)];
    }

    skip_gram_recipe how_;
    std::vector<word> words_;
    std::unordered_map<std::uint32_t, std::int32_t> rows_;
    random_source random_;
    std::vector<float> in_;
    std::vector<float> out_;
    std::vector<float> slope_;
    std::vector<float> sigmoid_;
    std::vector<std::uint32_t> negatives_;
    double all_ = 0;
    float step_ = 0;
};

}  // namespace

vector_table train_vectors(std::span<const std::string> texts, const skip_gram_recipe& how)
{
    std::vector<std::u32string> folded;
    for (const auto& text : texts)
        folded.push_back(folded_text(text, whole_text));
    random_source random{how.seed};
    for (std::size_t i = folded.size(); i > 1; --i)
        folded[i - 1].swap(folded[random.below(static_cast<std::uint32_t>(i))]);
    trainer made{count_words(folded, how), how};
    made.run(folded);
    return made.pack();
}

}  // namespace dialogs::learning
