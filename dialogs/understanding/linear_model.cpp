#include "dialogs/understanding/linear_model.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace dialogs {

space_reader::space_reader(const feature_space& space, const std::vector<std::string>& hint_names)
    : space_(&space), index_(space.keys), hint_features_(hint_names.size(), key_index::none)
{
    for (std::size_t i = 0; i < hint_names.size(); ++i) {
        const auto known = std::find(space.hints.begin(), space.hints.end(), hint_names[i]);
        if (known != space.hints.end())
            hint_features_[i] = static_cast<std::uint32_t>(space.keys.size() + static_cast<std::size_t>(known - space.hints.begin()));
    }
}

void space_reader::read(const text_features& text, std::vector<feature_value>& into) const
{
    into.clear();
    double squares = 0;
    for (const auto& gram : text.grams) {
        const auto row = index_.find(gram.key);
        if (row == key_index::none)
            continue;
        const float times = space_->grams == counting::repeated ? 1 + std::log(gram.times) : 1.0F;
        const float value = times * space_->gram_weights[row];
        squares += static_cast<double>(value) * static_cast<double>(value);
        into.push_back({row, value});
    }
    const auto length = static_cast<float>(std::sqrt(squares));
    for (auto& one : into)
        one.value /= length;
    for (std::size_t i = 0; i < std::min(text.hints.size(), hint_features_.size()); ++i)
        if (hint_features_[i] != key_index::none && text.hints[i] > 0)
            into.push_back({hint_features_[i], text.hints[i] * space_->hint_scale});
    if (text.vector.size() != space_->dimensions)
        return;
    const auto first = static_cast<std::uint32_t>(space_->keys.size() + space_->hints.size());
    for (std::uint32_t d = 0; d < space_->dimensions; ++d)
        into.push_back({first + d, text.vector[d] * space_->vector_scale});
}

classifier::classifier(linear_model model, const std::vector<std::string>& hint_names)
    : model_(std::make_unique<const linear_model>(std::move(model)))
{
    for (const auto& part : model_->parts)
        readers_.emplace_back(part.space, hint_names);
}

std::vector<double> classifier::scores(const text_features& text) const
{
    const std::size_t classes = model_->labels.size();
    std::vector<float> sums(classes);
    std::vector<feature_value> values;
    for (std::size_t p = 0; p < readers_.size(); ++p) {
        const auto& part = model_->parts[p];
        readers_[p].read(text, values);
        for (std::size_t k = 0; k < classes; ++k)
            sums[k] += part.biases[k];
        for (const auto& one : values) {
            const float value = one.value * part.units[one.feature];
            const std::int8_t* weights = &part.weights[one.feature * classes];
            for (std::size_t k = 0; k < classes; ++k)
                sums[k] += value * static_cast<float>(weights[k]);
        }
    }
    std::vector<double> scores(sums.begin(), sums.end());
    for (double& score : scores)
        score /= static_cast<double>(std::max<std::size_t>(readers_.size(), 1));
    return scores;
}

std::vector<double> classifier::probabilities(const text_features& text) const
{
    auto p = scores(text);
    if (model_->to == link::sigmoid) {
        for (double& value : p)
            value = 1 / (1 + std::exp(-value));
        return p;
    }
    const double top = p.empty() ? 0 : *std::max_element(p.begin(), p.end());
    double sum = 0;
    for (double& value : p)
        sum += value = std::exp(value - top);
    for (double& value : p)
        value /= sum;
    return p;
}

std::vector<std::uint16_t> labels_said(const linear_model& model, const std::vector<double>& p)
{
    std::vector<std::uint16_t> said;
    for (std::size_t k = 0; k < p.size(); ++k)
        if (p[k] >= static_cast<double>(model.thresholds[k]))
            said.push_back(static_cast<std::uint16_t>(k));
    const auto best = std::max_element(p.begin(), p.end());
    if (said.empty() && best != p.end() && *best >= static_cast<double>(model.sure))
        said.push_back(static_cast<std::uint16_t>(best - p.begin()));
    return said;
}

}  // namespace dialogs
