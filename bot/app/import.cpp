// `hejie import laws` and `hejie import consultations`: files of laws and of answered questions in, the library that
// `hejie law` and the server open out.

#include "bot/app/law.hpp"
#include "bot/app/text_file.hpp"
#include "dialogs/knowledge/consultations.hpp"
#include "dialogs/knowledge/law_index.hpp"
#include "dialogs/knowledge/law_names.hpp"
#include "dialogs/knowledge/law_rows.hpp"
#include "dialogs/knowledge/library_files.hpp"
#include "dialogs/knowledge/search_training.hpp"

#include <filesystem>
#include <ostream>
#include <stdexcept>

namespace bot::app {
namespace {

constexpr std::size_t most_faults_shown = 5;

std::string stem_of(const std::string& path)
{
    std::filesystem::path name = std::filesystem::path(path).filename();
    if (name.extension() == ".gz")
        name = name.stem();
    return name;
}

void show_faults(const std::string& file, const std::vector<std::string>& faults, std::ostream& out)
{
    for (std::size_t i = 0; i < faults.size() && i < most_faults_shown; ++i)
        out << file << ": " << faults[i] << '\n';
    if (faults.size() > most_faults_shown)
        out << file << ": " << faults.size() - most_faults_shown << " more lines cannot be read\n";
}

std::vector<dialogs::law_row> read_laws(const std::vector<std::string>& files, std::ostream& out)
{
    std::vector<dialogs::law_row> rows;
    for (const auto& file : files) {
        const auto text = read_text_file(file);
        const auto name = stem_of(file);
        auto read = name.ends_with(".md") ? dialogs::read_law_markdown(text, name) : dialogs::read_law_lines(text, name);
        show_faults(file, read.faults, out);
        if (read.rows.empty())
            throw std::runtime_error(file + ": no article in it; nothing was changed");
        out << file << ": " << read.rows.size() << " articles\n";
        rows.insert(rows.end(), std::make_move_iterator(read.rows.begin()), std::make_move_iterator(read.rows.end()));
    }
    return rows;
}

struct used_encoder {
    dialogs::model_bytes bytes;
    dialogs::encoder model;
    std::uint64_t checksum = 0;
};

used_encoder encoder_of(const std::string& folder)
{
    used_encoder found;
    found.bytes = dialogs::find_model(folder, dialogs::encoder_file_name);
    const auto opened = dialogs::open_encoder(found.bytes.bytes);
    if (opened.has_error())
        throw std::runtime_error(folder + "/" + std::string(dialogs::encoder_file_name) + ": damaged; nothing was changed");
    found.model = *opened;
    found.checksum = dialogs::checksum(found.bytes.bytes);
    return found;
}

std::string in_folder(const std::string& folder, std::string_view name)
{
    return folder + "/" + std::string(name);
}

// Laws and vectors change together: the vectors go first to the disk, and a stop between the two is noticed when the
// library is opened.
void write_laws(const std::string& folder, const std::string& bytes)
{
    const auto sections = dialogs::section_reader::open(bytes, dialogs::laws_form);
    const auto laws = dialogs::law_index::open(sections.value());
    const auto used = encoder_of(folder);
    if (!used.model.empty())
        replace_file(
            in_folder(folder, dialogs::vectors_file_name),
            dialogs::build_article_vectors(laws.value(), used.model, used.checksum)
        );
    replace_file(in_folder(folder, dialogs::laws_file_name), bytes);
}

}  // namespace

int import_laws(const import_options& options, std::ostream& out)
{
    auto editions = dialogs::arrange_editions(read_laws(options.files, out));
    dialogs::end_laws(editions, dialogs::embedded_law_names().ended);
    std::size_t articles = 0;
    std::size_t superseded = 0;
    std::size_t repealed = 0;
    for (const auto& edition : editions) {
        articles += edition.articles.size();
        repealed += edition.repealed;
        superseded += !edition.repealed && edition.valid_to != dialogs::for_ever;
    }
    std::filesystem::create_directories(options.into);
    write_laws(options.into, dialogs::build_law_index(editions));
    out << options.into << ": " << editions.size() << " editions, " << superseded << " with a newer one, " << repealed
        << " repealed, " << articles << " articles\n";
    return 0;
}

int import_consultations(const import_options& options, std::ostream& out)
{
    std::vector<dialogs::consultation> rows;
    for (const auto& file : options.files) {
        auto read = dialogs::read_consultation_lines(read_text_file(file));
        show_faults(file, read.faults, out);
        out << file << ": " << read.rows.size() << " questions\n";
        rows.insert(rows.end(), std::make_move_iterator(read.rows.begin()), std::make_move_iterator(read.rows.end()));
    }
    const auto answered = dialogs::answered_rows(rows);
    if (answered.empty())
        throw std::runtime_error("no question that names an article; nothing was changed");
    std::filesystem::create_directories(options.into);
    const auto used = encoder_of(options.into);
    replace_file(
        in_folder(options.into, dialogs::questions_file_name),
        dialogs::build_question_index(answered, used.model, used.checksum)
    );
    out << options.into << ": " << answered.size() << " answered questions that name articles\n";
    return 0;
}

}  // namespace bot::app
