#include "dialogs/knowledge/boosted_trees_training.hpp"

#include "dialogs/knowledge/boosted_trees.hpp"
#include "dialogs/knowledge/fixed_random.hpp"
#include "dialogs/knowledge/lanes.hpp"
#include "dialogs/knowledge/pair_slopes.hpp"

#include <algorithm>
#include <cmath>

namespace dialogs {

namespace {

constexpr std::size_t most_bins = 64;
constexpr int linear_steps = 250;
constexpr float linear_rate = 0.05F;
constexpr float linear_decay = 1e-4F;

using row_list = std::vector<std::uint32_t>;

struct bin_sum {
    double first = 0;
    double second = 0;
    std::uint32_t rows = 0;
};

// All candidates of all questions as one table, and each feature cut into bins of about equal size.
struct table {
    std::size_t features = 0;
    std::size_t rows = 0;
    std::vector<float> values;                    // rows × features
    std::vector<std::vector<float>> edges;        // of each feature: the highest value of each bin but the last
    std::vector<std::vector<std::uint8_t>> bins;  // of each feature, one a row

    float at(std::size_t row, std::size_t feature) const { return values[row * features + feature]; }
};

table make_table(std::span<const ranked_question> questions, std::size_t features)
{
    table out;
    out.features = features;
    for (const auto& question : questions)
        out.values.insert(out.values.end(), question.features.begin(), question.features.end());
    out.rows = out.values.size() / features;
    for (std::size_t f = 0; f < features; ++f) {
        std::vector<float> column(out.rows);
        for (std::size_t row = 0; row < out.rows; ++row)
            column[row] = out.at(row, f);
        auto sorted = column;
        std::sort(sorted.begin(), sorted.end());
        std::vector<float> edges;
        for (std::size_t bin = 1; bin < most_bins && !sorted.empty(); ++bin) {
            const float edge = sorted[std::min(sorted.size() - 1, bin * sorted.size() / most_bins)];
            if ((edges.empty() || edge > edges.back()) && edge < sorted.back())
                edges.push_back(edge);
        }
        std::vector<std::uint8_t> bins(out.rows);
        for (std::size_t row = 0; row < out.rows; ++row)
            bins[row] = static_cast<std::uint8_t>(std::lower_bound(edges.begin(), edges.end(), column[row]) - edges.begin());
        out.edges.push_back(std::move(edges));
        out.bins.push_back(std::move(bins));
    }
    return out;
}

struct split {
    double gain = 0;
    std::size_t feature = 0;
    std::size_t bin = 0;
};

struct leaf {
    row_list rows;
    std::vector<bin_sum> sums;  // of each used feature, most_bins each
    split best;
    std::size_t node = 0;
};

class tree_grower {
public:
    tree_grower(const table& data, const tree_options& options, const slopes& at, std::vector<std::size_t> features)
        : data_(data), options_(options), at_(at), features_(std::move(features))
    {
    }

    std::vector<boosted_trees::node> grow(row_list rows)
    {
        std::vector<leaf> leaves;
        nodes_.push_back({});
        leaves.push_back(make_leaf(std::move(rows), 0, nullptr, nullptr));
        while (static_cast<int>(leaves.size()) < options_.leaves) {
            const auto best = std::max_element(leaves.begin(), leaves.end(), [](const leaf& one, const leaf& other) {
                return one.best.gain < other.best.gain;
            });
            if (best->best.gain <= 0)
                break;
            part(leaves, static_cast<std::size_t>(best - leaves.begin()));
        }
        for (const auto& end : leaves)
            nodes_[end.node] = {value_of(end.rows), boosted_trees::no_feature, 0};
        return std::move(nodes_);
    }

private:
    // sibling and parent: the sums are the parent's less the sibling's, which saves counting the larger half.
    leaf make_leaf(row_list rows, std::size_t node, const leaf* parent, const leaf* sibling) const
    {
        leaf out;
        out.node = node;
        out.rows = std::move(rows);
        out.sums.resize(features_.size() * most_bins);
        if (parent) {
            for (std::size_t i = 0; i < out.sums.size(); ++i) {
                out.sums[i].first = parent->sums[i].first - sibling->sums[i].first;
                out.sums[i].second = parent->sums[i].second - sibling->sums[i].second;
                out.sums[i].rows = parent->sums[i].rows - sibling->sums[i].rows;
            }
        } else {
            for (std::size_t f = 0; f < features_.size(); ++f)
                count(out, f);
        }
        find_split(out);
        return out;
    }

    void count(leaf& out, std::size_t f) const
    {
        auto* sums = out.sums.data() + f * most_bins;
        const auto* bins = data_.bins[features_[f]].data();
        for (const auto row : out.rows) {
            auto& sum = sums[bins[row]];
            sum.first += static_cast<double>(at_.first[row]);
            sum.second += static_cast<double>(at_.second[row]);
            ++sum.rows;
        }
    }

    double worth(double first, double second) const { return first * first / (second + static_cast<double>(options_.smoothing)); }

    void find_split(leaf& out) const
    {
        for (std::size_t f = 0; f < features_.size(); ++f) {
            const auto* sums = out.sums.data() + f * most_bins;
            bin_sum all;
            for (std::size_t bin = 0; bin < most_bins; ++bin) {
                all.first += sums[bin].first;
                all.second += sums[bin].second;
                all.rows += sums[bin].rows;
            }
            bin_sum low;
            for (std::size_t bin = 0; bin < data_.edges[features_[f]].size(); ++bin) {
                low.first += sums[bin].first;
                low.second += sums[bin].second;
                low.rows += sums[bin].rows;
                if (low.rows < options_.smallest_leaf || all.rows - low.rows < options_.smallest_leaf)
                    continue;
                const double gain = worth(low.first, low.second) + worth(all.first - low.first, all.second - low.second) -
                                    worth(all.first, all.second);
                if (gain > out.best.gain + 1e-9)
                    out.best = {gain, f, bin};
            }
        }
    }

    void part(std::vector<leaf>& leaves, std::size_t which)
    {
        const leaf old = std::move(leaves[which]);
        const auto feature = features_[old.best.feature];
        row_list low;
        row_list high;
        for (const auto row : old.rows)
            (data_.bins[feature][row] <= old.best.bin ? low : high).push_back(row);
        const auto left = nodes_.size();
        nodes_[old.node] = {
            data_.edges[feature][old.best.bin], static_cast<std::uint16_t>(feature), static_cast<std::uint16_t>(left)
        };
        nodes_.resize(left + 2);
        const bool low_is_small = low.size() <= high.size();
        auto small = make_leaf(std::move(low_is_small ? low : high), left + (low_is_small ? 0 : 1), nullptr, nullptr);
        auto large = make_leaf(std::move(low_is_small ? high : low), left + (low_is_small ? 1 : 0), &old, &small);
        leaves[which] = std::move(small);
        leaves.push_back(std::move(large));
    }

    float value_of(const row_list& rows) const
    {
        double first = 0;
        double second = 0;
        for (const auto row : rows) {
            first += static_cast<double>(at_.first[row]);
            second += static_cast<double>(at_.second[row]);
        }
        const double step = -first / (second + static_cast<double>(options_.smoothing));
        return options_.rate * static_cast<float>(step);
    }

    const table& data_;
    const tree_options& options_;
    const slopes& at_;
    std::vector<std::size_t> features_;
    std::vector<boosted_trees::node> nodes_;
};

// Weights on the features as they are; the last one is the constant, which changes no order and stays 0.
std::vector<float> fit_line(const table& data, std::span<const ranked_question> questions)
{
    const auto n = data.features;
    std::vector<float> spread(n, 0.0F);
    for (std::size_t f = 0; f < n; ++f) {
        double sum = 0;
        double squares = 0;
        for (std::size_t row = 0; row < data.rows; ++row) {
            const double value = static_cast<double>(data.at(row, f));
            sum += value;
            squares += value * value;
        }
        const double mean = sum / static_cast<double>(data.rows);
        spread[f] = static_cast<float>(std::sqrt(std::max(1e-12, squares / static_cast<double>(data.rows) - mean * mean)));
    }
    std::vector<float> weights(n + 1, 0.0F);
    std::vector<float> pace(n, 0.0F);
    std::vector<float> squares(n, 0.0F);
    std::vector<float> scores(data.rows);
    slopes at;
    for (int step = 1; step <= linear_steps; ++step) {
        for (std::size_t row = 0; row < data.rows; ++row) {
            scores[row] = 0;
            for (std::size_t f = 0; f < n; ++f)
                scores[row] += weights[f] / spread[f] * data.at(row, f);
        }
        pair_slopes(questions, scores, at);
        std::vector<double> slope(n, 0.0);
        for (std::size_t row = 0; row < data.rows; ++row)
            for (std::size_t f = 0; f < n; ++f)
                slope[f] += static_cast<double>(at.first[row] * data.at(row, f) / spread[f]);
        for (std::size_t f = 0; f < n; ++f) {
            const float g = static_cast<float>(slope[f] / static_cast<double>(questions.size())) + linear_decay * weights[f];
            pace[f] = 0.9F * pace[f] + 0.1F * g;
            squares[f] = 0.99F * squares[f] + 0.01F * g * g;
            const float root = std::sqrt(squares[f] / (1.0F - std::pow(0.99F, static_cast<float>(step))));
            weights[f] -= linear_rate * pace[f] / (1.0F - std::pow(0.9F, static_cast<float>(step))) / (root + 1e-6F);
        }
    }
    for (std::size_t f = 0; f < n; ++f)
        weights[f] /= spread[f];
    return weights;
}

std::vector<std::size_t> draw_features(const tree_options& options, fixed_random& random)
{
    std::vector<std::size_t> all(options.features);
    for (std::size_t f = 0; f < all.size(); ++f)
        all[f] = f;
    random.shuffle(all);
    const auto share = options.features_share * static_cast<float>(all.size());
    all.resize(std::max<std::size_t>(1, static_cast<std::size_t>(share)));
    std::sort(all.begin(), all.end());
    return all;
}

row_list draw_rows(std::span<const ranked_question> questions, float share, fixed_random& random)
{
    row_list rows;
    std::uint32_t at = 0;
    for (const auto& question : questions) {
        const auto n = static_cast<std::uint32_t>(question.right.size());
        if (random.unit() < share)
            for (std::uint32_t i = 0; i < n; ++i)
                rows.push_back(at + i);
        at += n;
    }
    return rows;
}

float walk(const std::vector<boosted_trees::node>& tree, const float* features)
{
    std::size_t at = 0;
    while (tree[at].feature != boosted_trees::no_feature)
        at = tree[at].left + (features[tree[at].feature] <= tree[at].value ? 0U : 1U);
    return tree[at].value;
}

}  // namespace

std::string train_trees(std::span<const ranked_question> questions, const tree_options& options)
{
    const auto data = make_table(questions, options.features);
    const auto weights = fit_line(data, questions);
    std::vector<float> scores(data.rows, 0.0F);
    for (std::size_t row = 0; row < data.rows; ++row)
        for (std::size_t f = 0; f < data.features; ++f)
            scores[row] += weights[f] * data.at(row, f);
    fixed_random random(options.seed);
    std::vector<std::uint32_t> beginnings{0};
    std::vector<boosted_trees::node> nodes;
    slopes at;
    for (int tree = 0; tree < options.trees; ++tree) {
        pair_slopes(questions, scores, at);
        tree_grower grower(data, options, at, draw_features(options, random));
        const auto grown = grower.grow(draw_rows(questions, options.questions_share, random));
        for (std::size_t row = 0; row < data.rows; ++row)
            scores[row] += walk(grown, data.values.data() + row * data.features);
        nodes.insert(nodes.end(), grown.begin(), grown.end());
        beginnings.push_back(static_cast<std::uint32_t>(nodes.size()));
    }
    return write_trees(weights, beginnings, nodes);
}

}  // namespace dialogs
