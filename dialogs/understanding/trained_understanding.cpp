#include "dialogs/understanding/trained_understanding.hpp"

#include "dialogs/data.hpp"
#include "dialogs/understanding/code_points.hpp"
#include "dialogs/understanding/hint_table.hpp"
#include "dialogs/understanding/intent_table.hpp"
#include "dialogs/understanding/linear_model.hpp"
#include "dialogs/understanding/model_file.hpp"
#include "dialogs/understanding/text_features.hpp"
#include "dialogs/understanding/type_codes.hpp"
#include "dialogs/understanding/word_vectors.hpp"

#include <algorithm>
#include <utility>

namespace dialogs {

namespace {

constexpr int risk_gram = 3;
constexpr std::string_view type_prefix = "type.";

std::optional<std::string_view> embedded_file(std::string_view path)
{
    for (const auto& file : dialogs_data())
        if (file.path == path)
            return file.content;
    return std::nullopt;
}

std::string_view table(std::string_view path)
{
    const auto content = embedded_file(path);
    if (!content)
        throw broken_model(std::string{path} + ": is missing in the binary");
    return *content;
}

std::optional<std::string_view> bytes_of(const model_files& instead, std::string_view name)
{
    const auto own = instead.find(name);
    return own != instead.end() ? std::optional<std::string_view>{own->second} : embedded_model(name);
}

std::shared_ptr<const word_vectors> vectors_of(const model_files& instead)
{
    const auto bytes = bytes_of(instead, "vectors.bin");
    return bytes ? std::make_shared<const word_vectors>(read_vectors("vectors.bin", *bytes)) : nullptr;
}

std::vector<likely> ranked(const std::vector<std::string>& names, const std::vector<double>& p)
{
    std::vector<likely> all;
    for (std::size_t k = 0; k < names.size(); ++k)
        all.push_back({names[k], p[k]});
    std::sort(all.begin(), all.end(), [](const likely& a, const likely& b) { return a.p != b.p ? a.p > b.p : a.name < b.name; });
    return all;
}

// The model of danger was made of Chinese texts: of a number, a code or an English word it knows nothing.
bool has_han(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const auto next = decode_at(text, at);
        if (is_han(next.point))
            return true;
        at += next.length;
    }
    return false;
}

class trained : public understanding {
public:
    trained(std::unique_ptr<feature_reader> features, const model_files& files)
        : features_(std::move(features)),
          codes_(read_type_codes("lexicon/type_codes.yaml", table("lexicon/type_codes.yaml"))),
          commands_("lexicon/intents.yaml", table("lexicon/intents.yaml")), dispute_(load("dispute", files)),
          section_(load("section", files)), intent_(load("intent", files)), risk_(load("risk", files)),
          elements_(load("elements", files))
    {
    }

    understood read(std::string_view text) const override
    {
        const auto seen = features_->read(text);
        understood found;
        found.dispute = ranked(dispute_.model().labels, dispute_.probabilities(seen));
        found.dispute_sure = found.dispute.front().p >= static_cast<double>(dispute_.model().sure);
        found.national = codes_.to_national(found.dispute, hints_for_types(seen));
        found.topics = ranked(section_.model().labels, section_.probabilities(seen));
        read_intent(text, seen, found);
        found.p_high = has_han(text) ? risk_.probabilities(seen).front() : 0;
        const auto elements = elements_.probabilities(seen);
        for (const auto k : labels_said(elements_.model(), elements))
            found.elements.push_back({elements_.model().labels[k], elements[k]});
        return found;
    }

    double danger(std::string_view text) const override
    {
        return has_han(text) ? risk_.probabilities(features_->read(text, risk_gram)).front() : 0;
    }

private:
    classifier load(const std::string& task, const model_files& files) const
    {
        const auto name = task + ".bin";
        const auto bytes = bytes_of(files, name);
        if (!bytes)
            throw broken_model(name + ": is missing");
        auto model = read_model(name, *bytes);
        if (model.task != task)
            throw broken_model(name + ": was trained for " + model.task);
        for (const auto& part : model.parts)
            if (part.space.dimensions > 0 && part.space.dimensions != features_->dimensions())
                throw broken_model(name + ": was trained with other word vectors");
        return classifier{std::move(model), features_->hints()->names()};
    }

    void read_intent(std::string_view text, const text_features& seen, understood& found) const
    {
        if (const auto command = commands_.exact(text)) {
            found.intent = *command;
            found.intent_p = 1;
            return;
        }
        const auto best = ranked(intent_.model().labels, intent_.probabilities(seen)).front();
        found.intent = best.name;
        found.intent_p = best.p;
    }

    std::map<std::string, double, std::less<>> hints_for_types(const text_features& seen) const
    {
        std::map<std::string, double, std::less<>> hints;
        const auto& names = features_->hints()->names();
        for (std::size_t i = 0; i < seen.hints.size(); ++i)
            if (names[i].starts_with(type_prefix))
                hints[names[i].substr(type_prefix.size())] = static_cast<double>(seen.hints[i]);
        return hints;
    }

    std::unique_ptr<feature_reader> features_;
    type_codes codes_;
    intent_table commands_;
    classifier dispute_;
    classifier section_;
    classifier intent_;
    classifier risk_;
    classifier elements_;
};

}  // namespace

std::optional<std::string_view> embedded_model(std::string_view name)
{
    return embedded_file("models/" + std::string{name});
}

std::unique_ptr<feature_reader> load_features(const model_files& instead)
{
    constexpr std::string_view types = "lexicon/dispute_types.yaml";
    constexpr std::string_view groups = "lexicon/word_groups.yaml";
    auto hints = std::make_shared<const hint_table>(types, table(types), groups, table(groups));
    return std::make_unique<feature_reader>(std::move(hints), vectors_of(instead));
}

std::unique_ptr<understanding> load_understanding(const model_files& instead)
{
    return std::make_unique<trained>(load_features(instead), instead);
}

}  // namespace dialogs
