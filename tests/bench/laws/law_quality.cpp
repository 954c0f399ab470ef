// How well the statute search finds, measured on questions that nothing was trained on.
//
//   law_quality DATA QUESTIONS [seed=1] [dimensions=…] [rows=…] [first=…] [second=…] [folds=…] [trees=…] [leaves=…]
//
// DATA is a folder with statutes.jsonl.gz, laws_justlaws.jsonl.gz, stard_train.jsonl.gz, consult_qa.jsonl.gz,
// consult_with_articles.jsonl.gz and exam_qa.jsonl.gz; QUESTIONS a file of made-up questions {text, law, article, style}.
// Held out, and never trained on here: each question of stard_train whose qid divides by 5; each fifth made-up scenario
// and each fifth made-up question; each fifth exam question whose explanation cites one article. Everything else trains
// the models from scratch, with the same code as `hejie train`, so that the figures hold for its configuration.

#include "tests/bench/laws/law_trial.hpp"

#include "bot/app/text_file.hpp"
#include "dialogs/knowledge/citations.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>

using namespace dialogs;
using namespace law_trial;

namespace {

constexpr day_number judged_on = 20'780;  // 2026-11-23: fixed, so that a law coming into force changes no figure

struct input {
    std::string folder;
    std::string made_up;
    std::uint64_t hash = 0;

    std::string read(const std::string& path)
    {
        auto text = bot::app::read_text_file(path);
        hash = hash * 31 + checksum(text);
        return text;
    }
    std::vector<consultation> rows(const std::string& name) { return read_consultation_lines(read(folder + "/" + name)).rows; }
};

struct split_rows {
    std::vector<consultation> train;
    std::vector<consultation> lay;
    std::vector<consultation> scenarios;
    std::vector<consultation> questions;
    std::vector<consultation> exam;
};

bool cites_one(const consultation& row, const law_names& names)
{
    return find_citations(row.answer, names).size() == 1;
}

split_rows split(input& from, const law_names& names)
{
    split_rows out;
    for (auto& row : from.rows("stard_train.jsonl.gz"))
        (std::atoi(row.id.c_str()) % 5 == 0 ? out.lay : out.train).push_back(std::move(row));
    std::map<std::string, int> seen;
    for (auto& row : read_consultation_lines(from.read(from.made_up)).rows) {
        const bool held = seen[row.style]++ % 5 == 0;
        (!held ? out.train : row.style == "scenario" ? out.scenarios : out.questions).push_back(std::move(row));
    }
    int cited = 0;
    for (auto& row : from.rows("exam_qa.jsonl.gz")) {
        const bool one = cites_one(row, names);
        if (one && cited++ % 5 == 0) {
            row.article_names = {row.answer};
            out.exam.push_back(std::move(row));
        } else {
            out.train.push_back(std::move(row));
        }
    }
    for (const auto* name : {"consult_with_articles.jsonl.gz", "consult_qa.jsonl.gz"})
        for (auto& row : from.rows(name))
            out.train.push_back(std::move(row));
    return out;
}

double option(int argc, char** argv, const std::string& name, double otherwise)
{
    for (int i = 3; i < argc; ++i)
        if (std::string(argv[i]).starts_with(name + "="))
            return std::atof(argv[i] + name.size() + 1);
    return otherwise;
}

search_training_options options_of(int argc, char** argv)
{
    search_training_options out;
    const auto set = [&](auto& value, const char* name) {
        value = static_cast<std::remove_reference_t<decltype(value)>>(option(argc, argv, name, static_cast<double>(value)));
    };
    set(out.encoder.seed, "seed");
    set(out.encoder.dimensions, "dimensions");
    set(out.encoder.rows, "rows");
    set(out.encoder.rate, "rate");
    set(out.encoder.temperature, "temperature");
    set(out.encoder.tempting, "tempting");
    set(out.encoder.batch, "batch");
    set(out.encoder.kept, "kept");
    set(out.encoder.block, "block");
    set(out.reminded, "reminded");
    set(out.first_passes, "first");
    set(out.second_passes, "second");
    set(out.folds, "folds");
    set(out.scenario_weight, "scenario_weight");
    set(out.clause_weight, "clause_weight");
    set(out.trees.trees, "trees");
    set(out.trees.leaves, "leaves");
    set(out.trees.rate, "tree_rate");
    set(out.trees.smallest_leaf, "smallest_leaf");
    out.trees.seed = out.encoder.seed;
    return out;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::fprintf(stderr, "usage: law_quality DATA QUESTIONS [option=value …]\n");
        return 2;
    }
    input from{argv[1], argv[2]};
    auto laws = read_law_lines(from.read(from.folder + "/statutes.jsonl.gz"), "statutes").rows;
    for (auto& row : read_law_lines(from.read(from.folder + "/laws_justlaws.jsonl.gz"), "laws_justlaws").rows)
        laws.push_back(std::move(row));
    const auto started = std::chrono::steady_clock::now();
    auto editions = arrange_editions(std::move(laws));
    end_laws(editions, embedded_law_names().ended);
    const std::string law_bytes = build_law_index(editions);
    editions.clear();
    const law_index index = law_index::open(*section_reader::open(law_bytes, laws_form)).value();
    const auto names = names_of(index);
    const auto seconds = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count(); };
    std::printf("index of %zu articles built in %.1f s\n", index.articles().size(), seconds());
    const auto rows = split(from, names);
    std::printf("data %016llx seed %.0f: %zu rows to train on; held out %zu lay questions, %zu scenarios, %zu made-up questions, %zu exam\n",
                static_cast<unsigned long long>(from.hash), option(argc, argv, "seed", 1), rows.train.size(), rows.lay.size(),
                rows.scenarios.size(), rows.questions.size(), rows.exam.size());
    std::fflush(stdout);

    const auto log = [&](const std::string& said) { std::fprintf(stderr, "%6.0f s  %s\n", seconds(), said.c_str()); };
    search_trainer trainer(index, names, rows.train, judged_on, options_of(argc, argv), log);
    models made;
    made.encoder_bytes = trainer.train_encoder();
    made.open_encoder(index);
    const trial only{index, names, made, judged_on};
    print_encoder("lay questions", only, rows.lay);
    print_encoder("scenarios", only, rows.scenarios);
    if (option(argc, argv, "encoder_only", 0) != 0)
        return 0;
    made.ranking_bytes = trainer.train_ranking();
    made.open(index, answered_rows(rows.train));
    std::printf("trained in %.0f s; encoder %.1f MB, ranking %.2f MB\n", seconds(), made.encoder_bytes.size() / 1e6,
                made.ranking_bytes.size() / 1e6);
    const trial subject{index, names, made, judged_on};
    print_table("lay questions", subject, rows.lay);
    print_table("scenarios", subject, rows.scenarios);
    print_table("made-up questions", subject, rows.questions);
    print_table("exam", subject, rows.exam);
    print_cost(subject, rows.lay, rows.scenarios, rows.exam);
    return 0;
}
