#include "bot/app/train_search.hpp"

#include "bot/app/text_file.hpp"
#include "dialogs/knowledge/library_files.hpp"
#include "dialogs/knowledge/search_training.hpp"

#include <filesystem>
#include <ostream>
#include <stdexcept>

namespace bot::app {
namespace {

std::vector<dialogs::consultation> read_data(const std::vector<std::string>& files, std::ostream& out)
{
    std::vector<dialogs::consultation> rows;
    for (const auto& file : files) {
        auto read = dialogs::read_consultation_lines(read_text_file(file));
        out << file << ": " << read.rows.size() << " questions, " << read.faults.size() << " lines cannot be read\n";
        rows.insert(rows.end(), std::make_move_iterator(read.rows.begin()), std::make_move_iterator(read.rows.end()));
    }
    if (rows.empty())
        throw std::runtime_error("--data: no questions to train on");
    return rows;
}

dialogs::law_names names_of(const dialogs::law_index& laws)
{
    dialogs::law_names names;
    for (const auto& law : laws.laws()) {
        names.add(laws.text(law.law), law.group);
        names.add(laws.text(law.title), law.group);
    }
    names.add_aliases(dialogs::embedded_law_names().aliases);
    return names;
}

void write_model(const search_train_options& options, std::string_view name, const std::string& bytes, std::ostream& out)
{
    const bool file = options.out.ends_with(".bin");
    if (!file)
        std::filesystem::create_directories(options.out);
    const auto path = file ? options.out : options.out + "/" + std::string(name);
    replace_file(path, bytes);
    out << path << ": " << bytes.size() << " bytes\n";
}

}  // namespace

bool is_search_task(const std::string& task)
{
    return task == "encoder" || task == "ranker" || task == "search";
}

int train_search(const search_train_options& options, std::ostream& out)
{
    if (options.out.empty() || (options.task == "search" && options.out.ends_with(".bin")))
        throw std::runtime_error("--out: expected a folder, or for one model a file .bin");
    const auto rows = read_data(options.data, out);
    auto file = dialogs::mapped_file::open(options.index + "/" + std::string(dialogs::laws_file_name));
    if (file.has_error())
        throw std::runtime_error("no laws in " + options.index + ": bring them in with hejie import laws");
    const auto sections = dialogs::section_reader::open(file->bytes(), dialogs::laws_form);
    const auto laws = sections.has_value() ? dialogs::law_index::open(*sections) : sections.error();
    if (laws.has_error())
        throw std::runtime_error(options.index + ": the index is damaged: build it again with hejie import laws");
    const auto names = names_of(*laws);
    dialogs::search_training_options how;
    how.encoder.seed = options.seed;
    how.trees.seed = options.seed;
    const auto log = [&out](const std::string& said) { out << said << std::endl; };
    dialogs::search_trainer trainer(*laws, names, rows, dialogs::to_day_number(options.asof), how, log);
    if (options.task != "ranker")
        write_model(options, dialogs::encoder_file_name, trainer.train_encoder(), out);
    if (options.task != "encoder")
        write_model(options, dialogs::ranking_file_name, trainer.train_ranking(), out);
    out << "a library is described by the encoder it was imported with: import into it again after its encoder has changed\n";
    return 0;
}

}  // namespace bot::app
