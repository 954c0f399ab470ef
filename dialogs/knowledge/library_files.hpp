#pragma once
// The files of a law library, opened and checked against each other; and the models, which are the embedded ones unless the
// folder has its own (encoder.bin, ranking.bin).

#include "dialogs/knowledge/article_search.hpp"
#include "dialogs/knowledge/article_vectors.hpp"
#include "dialogs/knowledge/boosted_trees.hpp"
#include "dialogs/knowledge/encoder.hpp"
#include "dialogs/knowledge/law_index.hpp"
#include "dialogs/knowledge/mapped_file.hpp"
#include "dialogs/knowledge/question_index.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

constexpr std::string_view encoder_file_name = "encoder.bin";
constexpr std::string_view ranking_file_name = "ranking.bin";

// The bytes of a model and what keeps them in memory.
struct model_bytes {
    std::string_view bytes;  // empty: there is none, neither in the folder nor in the build
    std::vector<mapped_file> kept;
};
model_bytes find_model(const std::string& folder, std::string_view name);

// An encoder by its bytes; none for no bytes. bad_message: damaged.
bot::result<encoder> open_encoder(std::string_view bytes);

class library_files {
public:
    library_files() = default;
    // not_found: there are no laws. bad_message: a file is damaged, of another form, or not made for the others.
    static bot::result<library_files> open(const std::string& folder);

    law_index laws;
    question_index questions;   // empty without questions.index
    article_vectors vectors;
    encoder model;
    boosted_trees ranking;

    // Null when the evidence it was trained on is not there: no ranking model or no vectors.
    const boosted_trees* ranking_to_use() const { return has_ranking_ ? &ranking : nullptr; }
    void forget_pages() const;

private:
    bot::result<void> open_models(const std::string& folder);
    bot::result<void> open_vectors(const std::string& folder);
    bot::result<void> open_questions(const std::string& folder);

    std::vector<mapped_file> mapped_;
    std::uint64_t model_checksum_ = 0;
    bool has_ranking_ = false;
};

}  // namespace dialogs
