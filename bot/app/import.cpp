// `hejie import laws`: files of laws in, the index that `hejie law` and the server open out.

#include "bot/app/law.hpp"
#include "bot/app/text_file.hpp"
#include "dialogs/knowledge/law_index.hpp"
#include "dialogs/knowledge/law_names.hpp"
#include "dialogs/knowledge/law_rows.hpp"

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
    replace_file(options.into + "/" + std::string(dialogs::laws_file_name), dialogs::build_law_index(editions));
    out << options.into << ": " << editions.size() << " editions, " << superseded << " with a newer one, " << repealed
        << " repealed, " << articles << " articles\n";
    return 0;
}

}  // namespace bot::app
