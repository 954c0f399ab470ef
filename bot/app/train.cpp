// `hejie train`: models from labelled texts, and what lets them go live.

#include "bot/app/model_folder.hpp"
#include "bot/app/models.hpp"
#include "bot/app/sha256.hpp"
#include "bot/app/show_time.hpp"
#include "bot/app/text_file.hpp"
#include "bot/base/clock.hpp"
#include "dialogs/data.hpp"
#include "dialogs/learning/further.hpp"
#include "dialogs/learning/skip_gram.hpp"
#include "dialogs/learning/tasks.hpp"
#include "dialogs/understanding/hint_table.hpp"
#include "dialogs/understanding/model_file.hpp"
#include "dialogs/understanding/type_codes.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <ostream>
#include <stdexcept>

namespace bot::app {
namespace {

namespace json = boost::json;
namespace learning = dialogs::learning;
using dialogs::model_files;

constexpr double most_lost = 0.01;  // a point
constexpr int refused = 3;

struct corpus {
    std::vector<learning::row> rows;
    std::vector<learning::row> kept;  // not trained on
    sha256 hash;
};

dialogs::type_codes codes_and_sections()
{
    for (const auto& file : dialogs_data())
        if (file.path == "lexicon/type_codes.yaml")
            return dialogs::read_type_codes(file.path, file.content);
    throw std::runtime_error("lexicon/type_codes.yaml is missing in the binary");
}

std::vector<std::string> names_of(const dialogs::type_codes& codes)
{
    std::vector<std::string> names;
    for (const auto& one : codes.codes)
        names.push_back(one.code);
    return names;
}

std::vector<learning::row> read_source(
    const std::string& task, const std::string& source, bool calm, const dialogs::type_codes& codes, sha256& hash
)
{
    const auto plus = source.find('+');
    const auto path = source.substr(0, plus);
    const auto table_path = plus == std::string::npos ? std::string{} : source.substr(plus + 1);
    const auto lines = read_text_file(path);
    const auto table = table_path.empty() ? std::string{} : read_text_file(table_path);
    hash.add(lines);
    hash.add(table);
    return learning::read_rows(task, {path, lines, table, table_path, calm}, codes.sections);
}

corpus read_corpus(const train_options& options, const dialogs::type_codes& codes)
{
    corpus read;
    const auto append = [&](const std::vector<std::string>& sources, bool keep_fifth, bool calm = false) {
        for (const auto& source : sources)
            for (auto& row : read_source(options.task, source, calm, codes, read.hash))
                (keep_fifth && row.frozen() ? read.kept : read.rows).push_back(std::move(row));
    };
    append(options.data, false);
    append(options.split, true);
    append(options.calm, false, true);
    append(options.add, false);
    return read;
}

json::object figures_of(const dialogs::classifier& judge, const std::vector<learning::example>& examples)
{
    json::object figures{{"rows", examples.size()}};
    for (const auto& one : learning::measure_task(judge, examples))
        figures[one.name] = static_cast<double>(static_cast<std::int64_t>(one.value * 1e4 + 0.5)) / 1e4;
    return figures;
}

bool is_model_file(const std::string& out)
{
    return out.ends_with(".bin");
}

model_files live_files(const train_options& options)
{
    if (!options.models.empty())
        return read_model_folder(options.models);
    if (!is_model_file(options.out) && std::filesystem::is_directory(options.out))
        return read_model_folder(options.out);
    return {};
}

std::optional<std::string> live_model(const model_files& files, const std::string& name)
{
    if (const auto own = files.find(name); own != files.end())
        return own->second;
    const auto embedded = dialogs::embedded_model(name);
    return embedded ? std::optional{std::string{*embedded}} : std::nullopt;
}

dialogs::linear_model make_model(
    const train_options& options, const corpus& read, const dialogs::type_codes& codes,
    const dialogs::feature_reader& features, const model_files& live
)
{
    if (!options.data.empty() || !options.split.empty()) {
        const auto labels = learning::labels_for(options.task, read.rows, names_of(codes), codes.sections);
        return learning::train_task(options.task, learning::examples_of(options.task, read.rows, labels, features), labels, features);
    }
    const auto name = options.task + ".bin";
    const auto bytes = live_model(live, name);
    if (!bytes)
        throw std::runtime_error("--add needs a model to train on; there is no " + name);
    const auto model = dialogs::read_model(name, *bytes);
    const auto examples = learning::examples_of(options.task, read.rows, model.labels, features);
    return learning::train_further(model, examples, features.hints()->names());
}

// Sentences of the project's own that no model is trained on.
struct frozen_file {
    std::string_view task;
    std::string_view path;
    bool whole;  // or every fifth row
};
constexpr std::array frozen_files{
    frozen_file{"intent", "training/intent/sentences.jsonl", false},
    frozen_file{"risk", "training/crisis/sentences.jsonl", false},
    frozen_file{"dispute", "training/regression/matters.jsonl", true},
    frozen_file{"section", "training/regression/matters.jsonl", true},
    frozen_file{"elements", "training/regression/elements.jsonl", true},
};

std::vector<learning::row> frozen_rows(const std::string& task, const std::string& folder, const dialogs::type_codes& codes)
{
    std::vector<learning::row> rows;
    for (const auto& frozen : frozen_files)
        for (const auto& file : dialogs_data())
            if (frozen.task == task && frozen.path == file.path)
                for (auto& row : learning::read_rows(task, {file.path, file.content, {}, {}}, codes.sections))
                    if (frozen.whole || row.frozen())
                        rows.push_back(std::move(row));
    const auto own = std::filesystem::path(folder) / "regression" / (task + ".jsonl");
    if (std::filesystem::exists(own)) {
        const auto lines = read_text_file(own.string());
        for (auto& row : learning::read_rows(task, {own.string(), lines, {}, {}}, codes.sections))
            rows.push_back(std::move(row));
    }
    return rows;
}

bool knows_labels(const dialogs::linear_model& model, const learning::row& row)
{
    const auto known = [&](const std::string& label) {
        return std::find(model.labels.begin(), model.labels.end(), label) != model.labels.end();
    };
    return std::all_of(row.labels.begin(), row.labels.end(), known);
}

// A row whose label the model does not even have is a wrong answer: a model of two labels must not win by saying less.
double score(const dialogs::classifier& judge, const std::vector<learning::row>& rows, const dialogs::feature_reader& features)
{
    std::vector<learning::row> known;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(known), [&](const auto& row) { return knows_labels(judge.model(), row); });
    if (known.empty())
        return 0;
    const auto examples = learning::examples_of(judge.model().task, known, judge.model().labels, features);
    return learning::measure_task(judge, examples).front().value * static_cast<double>(known.size()) / static_cast<double>(rows.size());
}

// What the gate found, for the record; `passed` when there is nothing to lose yet.
struct verdict {
    bool passed = true;
    json::object found;
};

verdict pass_gate(
    const train_options& options, const dialogs::linear_model& candidate, const dialogs::type_codes& codes,
    const dialogs::feature_reader& features, const model_files& live
)
{
    verdict given;
    auto rows = frozen_rows(options.task, options.out, codes);
    const auto name = options.task + ".bin";
    const auto bytes = live_model(live, name);
    if (!bytes)
        return given;
    auto in_use = dialogs::read_model(name, *bytes);
    std::erase_if(rows, [&](const auto& row) { return !knows_labels(in_use, row) && !knows_labels(candidate, row); });
    if (rows.empty())
        return given;
    const auto& hint_names = features.hints()->names();
    const double before = score({std::move(in_use), hint_names}, rows, features);
    const double after = score({candidate, hint_names}, rows, features);
    given.passed = after >= before - most_lost;
    given.found = {{"rows", rows.size()}, {"live", before}, {"new", after}, {"passed", given.passed}};
    return given;
}

json::object record_of(const train_options& options, corpus& read)
{
    return {
        {"task", options.task},
        {"rows", read.rows.size()},
        {"data_sha256", read.hash.hex()},
        {"seed", options.seed},
        {"further", options.data.empty() && options.split.empty()},
    };
}

int put_out(const train_options& options, const std::string& bytes, json::object record, std::ostream& out)
{
    record["bytes"] = bytes.size();
    record["model_sha256"] = sha256::of(bytes);
    if (is_model_file(options.out)) {
        replace_file(options.out, bytes);
        record["file"] = options.out;
    } else {
        record["at"] = show_time(system_clock().now());
        record["version"] = model_folder{options.out}.install({{options.task + ".bin", bytes}}, json::serialize(record));
    }
    out << json::serialize(record) << '\n';
    return 0;
}

std::string vectors_text(const json::object& object)
{
    std::string text;
    for (const auto* key : {"text", "q", "a", "s"})
        if (const auto* value = object.if_contains(key); value != nullptr && value->is_string())
            text.append(value->as_string()).push_back('\n');
    if (const auto* turns = object.if_contains("turns"); turns != nullptr && turns->is_array())
        for (const auto& turn : turns->as_array())
            if (turn.is_string())
                text.append(turn.as_string()).push_back('\n');
    return text;
}

int train_word_vectors(const train_options& options, std::ostream& out)
{
    sha256 hash;
    std::vector<std::string> texts;
    for (const auto& path : options.data) {
        const auto lines = read_text_file(path);
        hash.add(lines);
        for (std::size_t at = 0; at < lines.size();) {
            const auto end = std::min(lines.find('\n', at), lines.size());
            if (end > at)
                texts.push_back(vectors_text(json::parse(lines.substr(at, end - at)).as_object()));
            at = end + 1;
        }
    }
    if (texts.empty())
        throw std::runtime_error("--data: no texts");
    json::object record{
        {"task", options.task}, {"rows", texts.size()}, {"data_sha256", hash.hex()}, {"seed", options.seed}};
    auto table = learning::train_vectors(texts, {.seed = options.seed});
    table.notes = json::serialize(record);
    return put_out(options, dialogs::write_vectors(table), std::move(record), out);
}

}  // namespace

int train(const train_options& options, std::ostream& out)
{
    if (options.out.empty())
        throw std::runtime_error("--out: where to?");
    if (options.task == "vectors")
        return train_word_vectors(options, out);
    if (!learning::is_task(options.task))
        throw std::runtime_error("--task: expected dispute, section, intent, risk, elements or vectors");
    const auto codes = codes_and_sections();
    auto read = read_corpus(options, codes);
    if (read.rows.empty())
        throw std::runtime_error("no rows: give --data, --split or --add");
    const auto live = live_files(options);
    const auto features = dialogs::load_features(live);
    auto record = record_of(options, read);
    auto model = make_model(options, read, codes, *features, live);
    if (!read.kept.empty()) {
        const dialogs::classifier judge{model, features->hints()->names()};
        record["kept"] = figures_of(judge, learning::examples_of(options.task, read.kept, model.labels, *features));
    }
    model.notes = json::serialize(record);
    if (!is_model_file(options.out)) {
        auto gate = pass_gate(options, model, codes, *features, live);
        record["gate"] = std::move(gate.found);
        if (!gate.passed) {
            out << json::serialize(record) << '\n';
            return refused;
        }
    }
    return put_out(options, dialogs::write_model(model), std::move(record), out);
}

int roll_back_models(const std::string& folder, std::ostream& out)
{
    const auto version = model_folder{folder}.roll_back();
    out << json::serialize(json::object{{"current", version.empty() ? json::value(nullptr) : json::value(version)}}) << '\n';
    return 0;
}

}  // namespace bot::app
