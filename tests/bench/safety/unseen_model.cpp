#include "tests/bench/safety/unseen_model.hpp"

#include "dialogs/learning/tasks.hpp"
#include "dialogs/understanding/hint_table.hpp"
#include "dialogs/understanding/text_features.hpp"
#include "dialogs/understanding/trained_understanding.hpp"
#include "tests/bench/safety/measured_sets.hpp"

#include <vector>

namespace {

namespace learning = dialogs::learning;

struct training_rows {
    std::vector<learning::row> rows;
    std::vector<std::string> ids;  // of what is measured; "" for other rows

    void add_calm(const std::filesystem::path& file)
    {
        const auto lines = content_of(file);
        for (auto& row : learning::read_rows("risk", {file.string(), lines, {}, {}, true}, {})) {
            ids.emplace_back();
            rows.push_back(std::move(row));
        }
    }
};

learning::row as_row(const measured_text& text)
{
    return {text.text, text.grade() >= 2 ? std::vector<std::string>{"high"} : std::vector<std::string>{}, 0};
}

bool is_trained_on(const measured_set& set, const measured_text& text)
{
    return set.name != kept_apart_name && text.level.front() == 'C';
}

}  // namespace

std::map<std::string, double> unseen_probabilities(const std::filesystem::path& source, const std::filesystem::path& data)
{
    const auto sets = read_measured_sets(source, data);
    training_rows training;
    for (const auto& set : sets)
        for (const auto& text : set.texts)
            if (is_trained_on(set, text)) {
                training.rows.push_back(as_row(text));
                training.ids.push_back(text.id);
            }
    training.add_calm(source / "dialogs/training/intent/sentences.jsonl");
    training.add_calm(source / "dialogs/training/crisis/calm.jsonl");

    const auto features = dialogs::load_features();
    const auto examples = learning::examples_of("risk", training.rows, {"high"}, *features);
    const auto unseen = learning::unseen_danger(examples, *features);
    std::map<std::string, double> all;
    for (std::size_t i = 0; i < examples.size(); ++i)
        if (!training.ids[i].empty())
            all[training.ids[i]] = unseen[i];
    const dialogs::classifier judge{
        learning::train_task("risk", examples, {"high"}, *features), features->hints()->names()};
    for (const auto& set : sets)
        for (const auto& text : set.texts)
            if (!is_trained_on(set, text))
                all[text.id] = judge.probabilities(features->read(text.text)).front();
    return all;
}
