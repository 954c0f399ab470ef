// `hejie understand`: JSON lines of texts in, what they are about out.

#include "bot/app/models.hpp"
#include "bot/app/text_file.hpp"
#include "bot/base/embedded.hpp"
#include "dialogs/data.hpp"
#include "dialogs/understanding/safety_screen.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <istream>
#include <ostream>
#include <stdexcept>

namespace bot::app {
namespace {

namespace json = boost::json;

// Six digits: enough to rank by, the same on every machine that rounds alike.
double rounded(double p)
{
    return static_cast<double>(static_cast<std::int64_t>(p * 1e6 + 0.5)) / 1e6;
}

json::array pairs(const std::vector<dialogs::likely>& all)
{
    json::array out;
    for (const auto& one : all)
        out.push_back(json::array{one.name, rounded(one.p)});
    return out;
}

json::array names(const std::vector<dialogs::likely>& all)
{
    json::array out;
    for (const auto& one : all)
        out.emplace_back(one.name);
    return out;
}

dialogs::safety_screen load_screen()
{
    for (const auto& file : dialogs_data())
        if (file.path == "lexicon/safety.yaml")
            return {file.path, file.content};
    throw std::runtime_error("lexicon/safety.yaml is missing in the binary");
}

json::object answer(
    const dialogs::understanding& models, const dialogs::safety_screen& screen, const json::value& id, std::string_view text
)
{
    const auto found = models.read(text);
    const auto danger = screen.look(text, found.p_high);
    json::array reasons;
    for (const auto& reason : danger.reasons)
        reasons.emplace_back(reason);
    return {
        {"id", id},
        {"topics", pairs(found.topics)},
        {"dispute", pairs(found.dispute)},
        {"dispute_sure", found.dispute_sure},
        {"national", pairs(found.national)},
        {"intent", found.intent},
        {"intent_p", rounded(found.intent_p)},
        {"crisis",
         {{"level", dialogs::on_its_ladder(danger)},
          {"reasons", std::move(reasons)},
          {"p_high", rounded(found.p_high)}}},
        {"elements", names(found.elements)},
        {"elements_p", pairs(found.elements)},
    };
}

}  // namespace

int understand(const understand_options& options, std::istream& in, std::ostream& out)
{
    auto files = options.models.empty() ? dialogs::model_files{} : read_model_folder(options.models);
    if (!options.risk_model.empty())
        files["risk.bin"] = read_text_file(options.risk_model);
    const auto models = dialogs::load_understanding(files);
    const auto screen = load_screen();
    std::string line;
    for (std::int64_t number = 1; std::getline(in, line); ++number) {
        if (line.empty())
            continue;
        boost::system::error_code broken;
        const auto value = json::parse(line, broken);
        const auto* text = !broken && value.is_object() ? value.as_object().if_contains("text") : nullptr;
        if (text == nullptr || !text->is_string())
            throw std::runtime_error("line " + std::to_string(number) + ": expected {\"id\",\"text\"}");
        const auto* id = value.as_object().if_contains("id");
        out << json::serialize(answer(*models, screen, id == nullptr ? json::value(nullptr) : *id, text->as_string())) << '\n';
    }
    out.flush();
    return 0;
}

}  // namespace bot::app
