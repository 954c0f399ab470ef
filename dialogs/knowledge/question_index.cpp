#include "dialogs/knowledge/question_index.hpp"

#include <algorithm>

namespace dialogs {

namespace {

constexpr auto tag_questions = section_tag("ques");
constexpr auto tag_names = section_tag("qnam");
constexpr auto tag_texts = section_tag("text");
constexpr auto tag_vectors = section_tag("qvec");
constexpr auto tag_answers = section_tag("qans");
constexpr auto tag_encoder = section_tag("qenc");  // checksum, dimensions

}  // namespace

bot::result<question_index> question_index::open(const section_reader& file)
{
    question_index index;
    index.questions_ = file.values<question_record>(tag_questions);
    index.names_ = file.values<place>(tag_names);
    index.texts_ = file.bytes(tag_texts);
    index.vectors_ = file.values<std::int8_t>(tag_vectors);
    index.answers_ = file.values<std::int8_t>(tag_answers);
    const auto model = file.values<std::uint64_t>(tag_encoder);
    if (model.size() != 2 || model[1] > 4096 || index.vectors_.size() != index.questions_.size() * model[1] ||
        index.answers_.size() != index.vectors_.size())
        return bot::errc::bad_message;
    index.encoder_ = model[0];
    index.dimensions_ = model[1];
    for (const auto& question : index.questions_)
        if (question.first_name > index.names_.size() || question.names > index.names_.size() - question.first_name)
            return bot::errc::bad_message;
    for (const auto& name : index.names_)
        if (name.offset > index.texts_.size() || name.size > index.texts_.size() - name.offset)
            return bot::errc::bad_message;
    const auto grams = gram_index::open(file);
    if (grams.has_error())
        return grams.error();
    index.grams_ = *grams;
    if (index.grams_.documents() != index.questions_.size())
        return bot::errc::bad_message;
    return index;
}

std::vector<std::string_view> question_index::names_of(std::uint32_t question) const
{
    const auto& row = questions_[question];
    std::vector<std::string_view> names;
    for (const auto& name : names_.subspan(row.first_name, row.names))
        names.push_back(texts_.substr(name.offset, name.size));
    return names;
}

std::string build_question_index(std::span<const consultation> rows, const encoder& model, std::uint64_t model_checksum)
{
    std::vector<question_record> questions;
    std::vector<question_index::place> names;
    std::string texts;
    std::vector<std::int8_t> vectors;
    std::vector<std::int8_t> answers;
    gram_index_builder grams;
    std::vector<gram> of_row;
    const auto keep = [&](const std::string& name) {
        names.push_back({static_cast<std::uint32_t>(texts.size()), static_cast<std::uint32_t>(name.size())});
        texts += name;
    };
    for (const auto& row : rows) {
        if (row.article_ids.empty() && row.article_names.empty())
            continue;
        question_record record{static_cast<std::uint32_t>(names.size()), 0, row.hint, 0, 0};
        for (const auto& id : row.article_ids)
            keep("#" + id);
        for (const auto& name : row.article_names)
            keep(name);
        record.names = static_cast<std::uint32_t>(names.size()) - record.first_name;
        of_row.clear();
        append_grams(searchable(row.question + "\n" + row.answer), 2, of_row);
        grams.add(of_row);
        const auto append_vector = [&](const std::string& text, std::vector<std::int8_t>& to) {
            const auto vector = to_bytes(model.encode(grams_of(searchable(text), encoder_longest_gram)));
            to.insert(to.end(), vector.values.begin(), vector.values.end());
            return vector.scale;
        };
        record.vector_scale = append_vector(row.question, vectors);
        record.answer_scale = append_vector(row.answer, answers);
        questions.push_back(record);
    }
    const std::uint64_t made_by[] = {model_checksum, model.dimensions()};
    section_writer file(questions_form);
    file.add(tag_questions, std::span<const question_record>(questions));
    file.add(tag_names, std::span<const question_index::place>(names));
    file.add(tag_texts, std::move(texts));
    file.add(tag_vectors, std::span<const std::int8_t>(vectors));
    file.add(tag_answers, std::span<const std::int8_t>(answers));
    file.add(tag_encoder, std::span<const std::uint64_t>(made_by));
    grams.write(file);
    return file.finish();
}

}  // namespace dialogs
