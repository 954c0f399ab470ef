#include "dialogs/knowledge/library_files.hpp"

#include "dialogs/data.hpp"

namespace dialogs {

namespace {

// An embedded file may lie anywhere; sections want multiples of 8, which the assembler gives (see cmake/embed.cmake).
std::string_view embedded(std::string_view name)
{
    for (const auto& file : dialogs_data())
        if (file.path.starts_with("models/") && file.path.substr(7) == name)
            return file.content;
    return {};
}

bool missing(const boost::system::error_code& failed)
{
    return failed == bot::make_error_code(bot::errc::not_found);
}

}  // namespace

model_bytes find_model(const std::string& folder, std::string_view name)
{
    model_bytes found;
    auto file = mapped_file::open(folder + "/" + std::string(name));
    if (file.has_value()) {
        found.kept.push_back(std::move(*file));
        found.bytes = found.kept.back().bytes();
    } else {
        found.bytes = embedded(name);
    }
    return found;
}

bot::result<encoder> open_encoder(std::string_view bytes)
{
    if (bytes.empty())
        return encoder{};
    const auto sections = section_reader::open(bytes, encoder_form);
    if (sections.has_error())
        return sections.error();
    return encoder::open(*sections);
}

bot::result<library_files> library_files::open(const std::string& folder)
{
    library_files files;
    auto file = mapped_file::open(folder + "/" + std::string(laws_file_name));
    if (file.has_error())
        return file.error();
    files.mapped_.push_back(std::move(*file));
    const auto sections = section_reader::open(files.mapped_.back().bytes(), laws_form);
    if (sections.has_error())
        return sections.error();
    const auto laws = law_index::open(*sections);
    if (laws.has_error())
        return laws.error();
    files.laws = *laws;
    for (const auto step : {&library_files::open_models, &library_files::open_vectors, &library_files::open_questions})
        if (const auto done = (files.*step)(folder); done.has_error())
            return done.error();
    return files;
}

bot::result<void> library_files::open_models(const std::string& folder)
{
    auto found = find_model(folder, encoder_file_name);
    const auto opened = open_encoder(found.bytes);
    if (opened.has_error())
        return opened.error();
    model = *opened;
    model_checksum_ = checksum(found.bytes);
    auto trees = find_model(folder, ranking_file_name);
    if (!trees.bytes.empty()) {
        const auto sections = section_reader::open(trees.bytes, trees_form);
        if (sections.has_error())
            return sections.error();
        const auto read = boosted_trees::open(*sections, evidence_count);
        if (read.has_error())
            return read.error();
        ranking = *read;
        has_ranking_ = true;
    }
    for (auto* kept : {&found.kept, &trees.kept})
        for (auto& file : *kept)
            mapped_.push_back(std::move(file));
    return {};
}

bot::result<void> library_files::open_vectors(const std::string& folder)
{
    auto file = mapped_file::open(folder + "/" + std::string(vectors_file_name));
    if (file.has_error() && missing(file.error()) && model.empty())
        return {};
    if (file.has_error())
        return bot::errc::bad_message;
    mapped_.push_back(std::move(*file));
    const auto sections = section_reader::open(mapped_.back().bytes(), vectors_form);
    if (sections.has_error())
        return sections.error();
    const auto read = article_vectors::open(*sections);
    if (read.has_error())
        return read.error();
    vectors = *read;
    if (vectors.articles() != laws.articles().size() || vectors.made_by() != model_checksum_ ||
        vectors.dimensions() != model.dimensions())
        return bot::errc::bad_message;
    return {};
}

bot::result<void> library_files::open_questions(const std::string& folder)
{
    auto file = mapped_file::open(folder + "/" + std::string(questions_file_name));
    if (file.has_error())
        return missing(file.error()) ? bot::result<void>{} : bot::result<void>{file.error()};
    mapped_.push_back(std::move(*file));
    const auto sections = section_reader::open(mapped_.back().bytes(), questions_form);
    if (sections.has_error())
        return sections.error();
    const auto read = question_index::open(*sections);
    if (read.has_error())
        return read.error();
    questions = *read;
    return questions.made_by() == model_checksum_ ? bot::result<void>{} : bot::result<void>{bot::errc::bad_message};
}

void library_files::forget_pages() const
{
    for (const auto& file : mapped_)
        file.forget_pages();
}

}  // namespace dialogs
