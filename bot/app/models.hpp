#pragma once
// The commands about the trained models: `hejie understand` and `hejie train`, and the folder of a deployment's own models:
// versions/0001/… with all models of a version, `current` a link to the version in use, history.jsonl what was done.

#include "dialogs/understanding/trained_understanding.hpp"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace bot::app {

struct understand_options {
    std::string models;      // folder; empty: the embedded ones
    std::string risk_model;  // file that takes the place of risk.bin
};
int understand(const understand_options& options, std::istream& in, std::ostream& out);

struct train_options {
    std::string task;
    std::vector<std::string> data;    // "FILE" or "FILE+TABLE": texts, and their labels in a table apart
    std::vector<std::string> split;   // the same, but every fifth row stays out and is measured
    std::vector<std::string> calm;    // of risk: texts without labels, none of them high
    std::vector<std::string> add;     // rows to train the live model on further
    std::string out;                  // FILE.bin, or a folder of models
    std::string models;               // folder with the models to start from; empty: --out if a folder, else embedded
    std::uint64_t seed = 1;
};
// 0: made; 3: not put live, since it is worse than the live one by more than a point.
int train(const train_options& options, std::ostream& out);
// Makes the version before the current one current again.
int roll_back_models(const std::string& folder, std::ostream& out);

void add_model_commands(CLI::App& app, int& code);

// The models in use in a folder, or all of a folder without versions. Throws std::runtime_error if there is no folder.
dialogs::model_files read_model_folder(const std::string& folder);

}  // namespace bot::app
