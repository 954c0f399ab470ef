#include "dialogs/knowledge/boosted_trees.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr auto tag_weights = section_tag("line");
constexpr auto tag_beginnings = section_tag("tree");
constexpr auto tag_nodes = section_tag("node");

bool sound(std::span<const boosted_trees::node> tree, std::size_t features)
{
    for (std::size_t at = 0; at < tree.size(); ++at) {
        const auto& node = tree[at];
        if (node.feature == boosted_trees::no_feature)
            continue;
        if (node.feature >= features || node.left <= at || node.left + std::size_t{1} >= tree.size())
            return false;
    }
    return !tree.empty();
}

}  // namespace

bot::result<boosted_trees> boosted_trees::open(const section_reader& file, std::size_t features)
{
    boosted_trees model;
    model.weights_ = file.values<float>(tag_weights);
    model.beginnings_ = file.values<std::uint32_t>(tag_beginnings);
    model.nodes_ = file.values<node>(tag_nodes);
    const auto& starts = model.beginnings_;
    if (model.weights_.size() != features + 1 || starts.empty() || starts.front() != 0 ||
        starts.back() != model.nodes_.size() || !std::is_sorted(starts.begin(), starts.end()))
        return bot::errc::bad_message;
    for (std::size_t tree = 0; tree + 1 < starts.size(); ++tree)
        if (!sound(model.nodes_.subspan(starts[tree], starts[tree + 1] - starts[tree]), features))
            return bot::errc::bad_message;
    return model;
}

float boosted_trees::score(std::span<const float> features) const
{
    float sum = weights_.back();
    for (std::size_t i = 0; i + 1 < weights_.size(); ++i)
        sum += weights_[i] * features[i];
    for (std::size_t tree = 0; tree + 1 < beginnings_.size(); ++tree) {
        const auto* nodes = nodes_.data() + beginnings_[tree];
        std::size_t at = 0;
        while (nodes[at].feature != no_feature)
            at = nodes[at].left + (features[nodes[at].feature] <= nodes[at].value ? 0U : 1U);
        sum += nodes[at].value;
    }
    return sum;
}

std::string write_trees(
    std::span<const float> weights, std::span<const std::uint32_t> beginnings, std::span<const boosted_trees::node> nodes
)
{
    section_writer file(trees_form);
    file.add(tag_weights, weights);
    file.add(tag_beginnings, beginnings);
    file.add(tag_nodes, nodes);
    return file.finish();
}

}  // namespace dialogs
