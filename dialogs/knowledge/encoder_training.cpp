#include "dialogs/knowledge/encoder_training.hpp"

#include "dialogs/knowledge/encoder.hpp"
#include "dialogs/knowledge/encoder_file.hpp"
#include "dialogs/knowledge/fixed_random.hpp"
#include "dialogs/knowledge/lanes.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace dialogs {

namespace {

constexpr float beta1 = 0.9F;
constexpr float beta2 = 0.999F;

struct feature {
    std::uint32_t row = 0;
    float weight = 0;
};

// A text as a sum, before and after it was made a unit.
struct encoded {
    std::vector<feature> used;
    std::vector<float> unit;
    float length = 0;
};

}  // namespace

struct encoder_trainer::state {
    explicit state(encoder_options given) : options(given), random(given.seed) {}

    encoder_options options;
    fixed_random random;
    std::vector<std::vector<counted_gram>> grams;  // of each text, until begin()
    std::vector<std::uint32_t> weights;
    std::shared_ptr<std::vector<std::vector<feature>>> texts = std::make_shared<std::vector<std::vector<feature>>>();
    std::vector<gram> row_grams;
    std::vector<float> idf;      // of each row
    std::vector<float> values;   // rows × dimensions, and so the next three
    std::vector<float> first;    // Adam's moments
    std::vector<float> second;
    std::vector<float> slope;
    std::vector<std::uint32_t> touched;
    std::vector<char> is_touched;
    std::uint64_t steps = 0;

    void choose_rows();
    encoded encode(std::vector<feature> features) const;
    std::vector<feature> drawn(std::uint32_t text);
    void spread(const encoded& at, std::vector<float>& slope_of_unit);
    void update();
    double step(std::span<const text_pair* const> batch);
};

void encoder_trainer::state::choose_rows()
{
    std::unordered_map<gram, std::pair<std::uint32_t, std::uint32_t>> found;  // weight, texts
    for (std::size_t text = 0; text < grams.size(); ++text) {
        for (const auto& part : grams[text]) {
            auto& [weight, count] = found[part.what];
            weight += weights[text];
            ++count;
        }
    }
    struct candidate {
        gram what;
        std::uint32_t weight;
        std::uint32_t count;
    };
    std::vector<candidate> order;
    for (const auto& [what, counts] : found)
        if (counts.first > 1)
            order.push_back({what, counts.first, counts.second});
    std::sort(order.begin(), order.end(), [](const candidate& one, const candidate& other) {
        return one.weight != other.weight ? one.weight > other.weight : one.what < other.what;
    });
    order.resize(std::min(order.size(), options.rows));
    for (const auto& row : order) {
        row_grams.push_back(row.what);
        idf.push_back(std::log(1.0F + static_cast<float>(grams.size()) / static_cast<float>(row.count)));
    }
}

// A part of the text's grams, another one each time.
std::vector<feature> encoder_trainer::state::drawn(std::uint32_t text)
{
    std::vector<feature> used;
    for (const auto& part : (*texts)[text])
        if (random.unit() < options.kept)
            used.push_back(part);
    return used;
}

encoded encoder_trainer::state::encode(std::vector<feature> features) const
{
    encoded out{std::move(features), std::vector<float>(options.dimensions, 0.0F), 0};
    for (const auto& part : out.used)
        add_scaled(out.unit.data(), values.data() + part.row * options.dimensions, part.weight, options.dimensions);
    out.length = std::sqrt(dot(out.unit.data(), out.unit.data(), options.dimensions)) + 1e-6F;
    for (auto& value : out.unit)
        value /= out.length;
    return out;
}

// Hands the slope of a unit vector down to the rows of its text.
void encoder_trainer::state::spread(const encoded& at, std::vector<float>& slope_of_unit)
{
    const auto n = options.dimensions;
    const float along = dot(slope_of_unit.data(), at.unit.data(), n);
    for (std::size_t i = 0; i < n; ++i)
        slope_of_unit[i] = (slope_of_unit[i] - along * at.unit[i]) / at.length;
    for (const auto& part : at.used) {
        if (!is_touched[part.row]) {
            is_touched[part.row] = 1;
            touched.push_back(part.row);
        }
        add_scaled(slope.data() + part.row * n, slope_of_unit.data(), part.weight, n);
    }
}

// Adam on the rows that the batch has touched.
void encoder_trainer::state::update()
{
    ++steps;
    const float correct1 = 1.0F - std::pow(beta1, static_cast<float>(steps));
    const float correct2 = 1.0F - std::pow(beta2, static_cast<float>(steps));
    const adam_pace pace{beta1, beta2, options.rate / correct1, std::sqrt(correct2)};
    for (const auto row : touched) {
        is_touched[row] = 0;
        const auto at = row * options.dimensions;
        adam(values.data() + at, first.data() + at, second.data() + at, slope.data() + at, options.dimensions, pace);
    }
    touched.clear();
}

double encoder_trainer::state::step(std::span<const text_pair* const> batch)
{
    const auto n = options.dimensions;
    std::vector<std::uint32_t> rights;
    for (const auto* pair : batch)
        rights.push_back(pair->right);
    for (const auto* pair : batch)
        for (std::size_t k = 0; k < options.tempting && !pair->tempting.empty(); ++k)
            rights.push_back(pair->tempting[random.below(pair->tempting.size())]);
    std::vector<encoded> of_right;
    for (const auto right : rights)
        of_right.push_back(encode(drawn(right)));
    std::vector<std::vector<float>> right_slopes(rights.size(), std::vector<float>(n, 0.0F));
    std::vector<float> share(rights.size());
    double loss = 0;
    for (std::size_t b = 0; b < batch.size(); ++b) {
        const auto& pair = *batch[b];
        const auto left = encode(drawn(pair.left));
        float highest = -1e9F;
        for (std::size_t r = 0; r < rights.size(); ++r) {
            const bool also = r != b && (rights[r] == pair.right || std::find(pair.also_right.begin(), pair.also_right.end(), rights[r]) != pair.also_right.end());
            share[r] = also ? -1e9F : dot(left.unit.data(), of_right[r].unit.data(), n) / options.temperature;
            highest = std::max(highest, share[r]);
        }
        float total = 0;
        for (auto& value : share)
            total += value = std::exp(value - highest);
        std::vector<float> left_slope(n, 0.0F);
        loss -= std::log(static_cast<double>(share[b]) / static_cast<double>(total) + 1e-12);
        for (std::size_t r = 0; r < rights.size(); ++r) {
            const float g = (share[r] / total - (r == b ? 1.0F : 0.0F)) / options.temperature / static_cast<float>(batch.size());
            if (std::abs(g) < 1e-7F)
                continue;
            add_scaled(left_slope.data(), of_right[r].unit.data(), g, n);
            add_scaled(right_slopes[r].data(), left.unit.data(), g, n);
        }
        spread(left, left_slope);
    }
    for (std::size_t r = 0; r < rights.size(); ++r)
        spread(of_right[r], right_slopes[r]);
    update();
    return loss;
}

encoder_trainer::encoder_trainer(encoder_options options) : state_(std::make_unique<state>(options)) {}
encoder_trainer::encoder_trainer(std::unique_ptr<state> at) : state_(std::move(at)) {}
encoder_trainer::~encoder_trainer() = default;
encoder_trainer::encoder_trainer(encoder_trainer&&) noexcept = default;

encoder_trainer encoder_trainer::copy() const
{
    return encoder_trainer(std::make_unique<state>(*state_));
}

std::uint32_t encoder_trainer::add_text(std::string_view text, std::uint32_t weight)
{
    state_->grams.push_back(grams_of(searchable(text), encoder_longest_gram));
    state_->weights.push_back(weight);
    return static_cast<std::uint32_t>(state_->grams.size() - 1);
}

void encoder_trainer::begin()
{
    auto& s = *state_;
    s.choose_rows();
    std::unordered_map<gram, std::uint32_t> rows;
    for (std::uint32_t row = 0; row < s.row_grams.size(); ++row)
        rows.emplace(s.row_grams[row], row);
    for (const auto& grams : s.grams) {
        auto& features = s.texts->emplace_back();
        for (const auto& part : grams)
            if (const auto row = rows.find(part.what); row != rows.end())
                features.push_back({row->second, s.idf[row->second] * repeated(part.times)});
    }
    s.grams = {};
    const auto size = s.row_grams.size() * s.options.dimensions;
    s.values.resize(size);
    for (auto& value : s.values)
        value = s.random.unit() + s.random.unit() - 1.0F;
    s.first.resize(size);
    s.second.resize(size);
    s.slope.resize(size);
    s.is_touched.resize(s.row_grams.size());
}

double encoder_trainer::pass(std::span<const text_pair> pairs)
{
    const auto block = state_->options.block;
    std::vector<std::size_t> blocks;
    for (std::size_t at = 0; at < pairs.size(); at += block)
        blocks.push_back(at);
    state_->random.shuffle(blocks);
    std::vector<const text_pair*> order;
    for (const auto begin : blocks)
        for (std::size_t at = begin; at < std::min(begin + block, pairs.size()); ++at)
            order.push_back(&pairs[at]);
    double loss = 0;
    for (std::size_t at = 0; at < order.size(); at += state_->options.batch)
        loss += state_->step(std::span(order).subspan(at, std::min(state_->options.batch, order.size() - at)));
    return pairs.empty() ? 0 : loss / static_cast<double>(pairs.size());
}

std::vector<float> encoder_trainer::vector_of(std::uint32_t text) const
{
    return state_->encode((*state_->texts)[text]).unit;
}

std::string encoder_trainer::finish() const
{
    const auto& s = *state_;
    const auto n = s.options.dimensions;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> order;  // hash, row
    for (std::uint32_t row = 0; row < s.row_grams.size(); ++row)
        order.emplace_back(gram_hash(s.row_grams[row]), row);
    std::sort(order.begin(), order.end());
    std::vector<std::uint32_t> keys;
    std::vector<float> scales;
    std::vector<std::uint8_t> values;
    for (const auto& [key, row] : order) {
        const auto packed = pack(std::span(s.values).subspan(row * n, n));
        keys.push_back(key);
        scales.push_back(packed.scale * s.idf[row]);
        values.insert(values.end(), packed.bytes.begin(), packed.bytes.end());
    }
    const std::uint64_t dimensions[] = {n};
    section_writer file(encoder_form);
    file.add(encoder_file::tag_dimensions, std::span<const std::uint64_t>(dimensions));
    file.add(encoder_file::tag_keys, std::span<const std::uint32_t>(keys));
    file.add(encoder_file::tag_scales, std::span<const float>(scales));
    file.add(encoder_file::tag_values, std::span<const std::uint8_t>(values));
    return file.finish();
}

}  // namespace dialogs
