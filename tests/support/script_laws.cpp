// The laws that a script has imported, as the library that the server opens.
#include "tests/support/script.hpp"

#include "dialogs/knowledge/law_editions.hpp"
#include "dialogs/knowledge/law_index.hpp"
#include "dialogs/knowledge/library_files.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace test {

namespace {

dialogs::law_row row_of(const given& law)
{
    int y = 0, m = 0, d = 0;
    if (std::sscanf(law.fields.at("version").c_str(), "%d-%d-%d", &y, &m, &d) != 3)
        throw std::invalid_argument("the version of a law is year-month-day");
    const auto& name = law.fields.at("law");
    return {.law = name,
            .title = name,
            .article = law.fields.at("article"),
            .text = law.fields.at("text"),
            .date = std::chrono::year(y) / std::chrono::month(static_cast<unsigned>(m)) / std::chrono::day(static_cast<unsigned>(d)),
            .source = "test"};
}

}  // namespace

std::vector<dialogs::law_row> law_rows(const std::vector<given>& laws)
{
    std::vector<dialogs::law_row> rows;
    for (const auto& law : laws)
        rows.push_back(row_of(law));
    return rows;
}

void write_laws(std::vector<dialogs::law_row> rows, const std::string& folder)
{
    std::filesystem::create_directories(folder);
    const auto bytes = dialogs::build_law_index(dialogs::arrange_editions(std::move(rows)));
    std::ofstream(folder + "/" + std::string(dialogs::laws_file_name), std::ios::binary) << bytes;
    const auto laws = dialogs::law_index::open(dialogs::section_reader::open(bytes, dialogs::laws_form).value()).value();
    const auto found = dialogs::find_model(folder, dialogs::encoder_file_name);
    const auto model = dialogs::open_encoder(found.bytes).value();
    std::ofstream(folder + "/" + std::string(dialogs::vectors_file_name), std::ios::binary)
        << dialogs::build_article_vectors(laws, model, dialogs::checksum(found.bytes));
}

}  // namespace test
