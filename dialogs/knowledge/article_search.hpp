#pragma once
// Which articles answer a question, best first: the words (BM25), the meaning (encoder) and what answered questions like it
// (nearest neighbours) name candidates and are the evidence from which the ranking model orders them.

#include "dialogs/knowledge/article_vectors.hpp"
#include "dialogs/knowledge/boosted_trees.hpp"
#include "dialogs/knowledge/law_index.hpp"
#include "dialogs/knowledge/law_names.hpp"
#include "dialogs/knowledge/question_index.hpp"

#include <array>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dialogs {

// Evidence for one candidate. Stored models are made for these: append, never reorder, and count the model's form up.
// How often a law or an article has answered is not among it: a question is left out of such counts where it is trained on,
// and the trees learn to see by the missing one which answer is right. Tried: R@5 of unseen questions fell by .07.
enum class article_evidence : std::size_t {
    words,              // BM25, of the best one's
    words_share,        // BM25, of the most the query could give
    words_rank,         // 1 / (10 + rank)
    pairs_share,        // idf of the query's pairs of characters that the article has
    meaning,            // cosine
    meaning_lead,       // cosine less the best one's
    meaning_rank,
    votes,              // of the neighbours by words
    votes_share,        // of the most voted one's
    nearest_words,      // the best neighbour by words that names it, of the most the query could give
    votes_meaning,      // of the neighbours by meaning
    nearest_meaning,    // the best cosine of a neighbour that names it
    votes_hint,         // of neighbours whose articles a machine has guessed
    law_name,           // idf of the query's pairs that the law's name has
    path_name,          // that the chapter's name has
    text_length,        // ln of its characters
    query_length,
    mixed,              // the weighted sum by which candidates are chosen
    mixed_lead,         // less the best one's
    mixed_rank,
    law_mass,           // share of the candidates' weight that lies in its law
    path_mass,          // in its chapter
    neighbour_articles, // the best mixed value of the two articles before and behind
    best_words_share,   // of the query: how well words, meaning and votes answer it at all
    best_meaning,
    best_votes,
    answers_meaning,    // cosine with what the neighbours were answered
    law_votes,          // share of all votes that lies in its law
    path_votes,         // in its chapter
    votes_beside,       // the most votes of an article close to it in its law, of the most voted one's
    voted_meaning,      // cosine with the articles that have votes
    triples_share,      // of the query's runs of three characters, those that stand in the article
    longest_run,        // characters of the query's longest stretch that stands in the article
    count,
};
constexpr std::size_t evidence_count = static_cast<std::size_t>(article_evidence::count);
using evidence_row = std::array<float, evidence_count>;

struct candidate {
    std::uint32_t article = 0;
    evidence_row evidence{};
};

struct candidate_list {
    std::vector<candidate> best;         // by the mixed value
    std::vector<scored> best_by_words;   // a few
};

// How the three are mixed to choose candidates.
struct mixture {
    float meaning = 1.0F;
    float votes = 0.6F;
    float votes_meaning = 0.4F;
    float voted_meaning = 0.4F;
};

// Nobody: a question that is not itself among the answered ones.
constexpr std::uint32_t no_question = 0xFFFFFFFF;

class article_search {
public:
    // What it is given must outlive it. questions, vectors and ranking may be null: what they add is then missing.
    article_search(
        const law_index& laws, const law_names& names, const question_index* questions, const article_vectors* vectors,
        const encoder* model, const boosted_trees* ranking
    );

    std::vector<scored> search(std::string_view query, std::size_t top, day_number day) const;

    // except: an answered question that must not be its own neighbour (in training).
    candidate_list candidates(std::string_view query, day_number day, std::uint32_t except = no_question) const;

    // Articles of all editions that a row's id or name means.
    std::vector<std::uint32_t> articles_named(std::string_view id_or_name) const;

private:
    struct gathered;
    void read_answers();
    void gather_words(gathered& at, std::string_view query) const;
    void gather_neighbours(gathered& at, std::uint32_t except) const;
    std::vector<scored> take_guessed(std::vector<float>& values) const;
    void add_neighbours_by_words(gathered& at, std::uint32_t except) const;
    void add_neighbours_by_meaning(gathered& at, std::uint32_t except) const;
    void gather_voted(gathered& at) const;
    void blank(std::vector<float>& values, day_number day) const;
    void mix(gathered& at, day_number day) const;
    void describe(const gathered& at, std::vector<candidate>& out) const;
    void hear_answer(gathered& at, std::uint32_t question, float weight) const;
    void describe_surroundings(const gathered& at, std::vector<candidate>& out) const;
    void describe_votes_around(const gathered& at, std::vector<candidate>& out) const;
    void describe_runs(const gathered& at, std::vector<candidate>& out) const;
    float shared_idf(const gathered& at, std::span<const gram> sorted_pairs) const;

    const law_index& laws_;
    const law_names& names_;
    const question_index* questions_;
    const article_vectors* vectors_;
    const encoder* model_;
    const boosted_trees* ranking_;
    mixture mixture_;
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> by_id_;
    std::vector<std::vector<std::uint32_t>> editions_;      // of each group
    std::vector<std::vector<std::uint32_t>> answers_;       // of each question: articles
    std::vector<std::vector<gram>> law_pairs_;              // of each law's name
    std::unordered_map<std::uint32_t, std::vector<gram>> path_pairs_;  // by the offset of the path's text
};

}  // namespace dialogs
