#include "dialogs/knowledge/article_evidence.hpp"

#include "dialogs/knowledge/lanes.hpp"

#include <algorithm>
#include <cmath>

namespace dialogs {

namespace {

constexpr std::size_t neighbours = 30;
// Of so many of them the answers are heard.
constexpr std::ptrdiff_t neighbours_heard = 8;
constexpr std::size_t promised_place = 5;
// What an endless run of a gram adds to BM25: k1 + 1.
constexpr float most_weight = 2.2F;

float largest(std::span<const float> values)
{
    float best = 0;
    for (const auto value : values)
        best = std::max(best, value);
    return best;
}

float share(float part, float whole)
{
    return whole > 0 ? part / whole : 0.0F;
}

float rank_value(std::size_t rank)
{
    return 1.0F / (10.0F + static_cast<float>(rank));
}

// The rank of each candidate by one value; equal values share the better one.
std::vector<std::size_t> ranks_by(std::span<const candidate> candidates, std::span<const float> values)
{
    std::vector<float> sorted;
    for (const auto& one : candidates)
        sorted.push_back(values[one.article]);
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    std::vector<std::size_t> ranks;
    for (const auto& one : candidates) {
        const auto place = std::lower_bound(sorted.begin(), sorted.end(), values[one.article], std::greater<>());
        ranks.push_back(static_cast<std::size_t>(place - sorted.begin()));
    }
    return ranks;
}

}  // namespace

void promote_best_words(std::vector<scored>& ranked, std::span<const scored> best_by_words)
{
    if (best_by_words.empty() || ranked.size() < promised_place)
        return;
    const auto found = std::find_if(ranked.begin(), ranked.end(), [&](const scored& one) {
        return one.document == best_by_words.front().document;
    });
    const auto place = ranked.begin() + promised_place - 1;
    if (found == ranked.end() || found <= place)
        return;
    const float score = place->score;
    std::rotate(place, found, found + 1);
    place->score = score;
}

void article_search::gather_words(gathered& at, std::string_view query) const
{
    const auto points = searchable(query);
    at.query_length = points.size();
    at.grams = grams_of(points, 2);
    at.long_grams = grams_of(points, encoder_longest_gram);
    float singles = 0;
    float pairs = 0;
    for (const auto& part : at.grams)
        (part.what > highest_single ? pairs : singles) += laws_.grams().idf(part.what) * static_cast<float>(part.times);
    at.most_words = (singles + pairs) * most_weight;
    at.most_pairs = pairs;
    at.pairs.assign(laws_.articles().size(), 0.0F);
    at.words = laws_.grams().score(at.grams, &at.pairs);
    at.meaning.assign(laws_.articles().size(), 0.0F);
    if (model_ && vectors_ && !model_->empty() && vectors_->articles() == laws_.articles().size()) {
        at.query_vector = model_->encode(at.long_grams);
        at.meaning = vectors_->cosines(at.query_vector);
    }
}

void article_search::hear_answer(gathered& at, std::uint32_t question, float weight) const
{
    if (questions_->dimensions() != at.query_vector.size() || at.query_vector.empty())
        return;
    at.answers_vector.resize(at.query_vector.size(), 0.0F);
    const float scale = questions_->questions()[question].answer_scale;
    add_scaled(at.answers_vector.data(), questions_->answer_vector(question).data(), weight * scale, at.query_vector.size());
}

// The nearest questions whose articles a machine has guessed, taken out of the values: whether such questions were imported
// must not change who the other neighbours are.
std::vector<scored> article_search::take_guessed(std::vector<float>& values) const
{
    std::vector<float> of_guessed(values.size(), 0.0F);
    for (std::uint32_t question = 0; question < values.size(); ++question)
        if (questions_->questions()[question].hint != 0)
            std::swap(of_guessed[question], values[question]);
    return best_of(of_guessed, neighbours);
}

void article_search::add_neighbours_by_words(gathered& at, std::uint32_t except) const
{
    auto words = questions_->grams().score(at.grams);
    float most = 0;
    for (const auto& part : at.grams)
        most += questions_->grams().idf(part.what) * static_cast<float>(part.times) * most_weight;
    if (except < words.size())
        words[except] = 0;
    const auto guessed = take_guessed(words);
    const auto best = best_of(words, neighbours);
    for (const auto& near : best) {
        const float closeness = share(near.score, best.front().score);
        if (&near - best.data() < neighbours_heard)
            hear_answer(at, near.document, closeness * closeness);
        for (const auto article : answers_[near.document]) {
            auto& votes = at.votes[article];
            votes.words += closeness * closeness;
            votes.nearest_words = std::max(votes.nearest_words, share(near.score, most));
        }
    }
    for (const auto& near : guessed)
        for (const auto article : answers_[near.document])
            at.votes[article].hint += share(near.score, guessed.front().score) * share(near.score, guessed.front().score);
}

void article_search::add_neighbours_by_meaning(gathered& at, std::uint32_t except) const
{
    const auto query = to_bytes(at.query_vector);
    std::vector<std::int32_t> products(questions_->questions().size());
    dot_rows(query.values.data(), questions_->vectors().data(), query.values.size(), products);
    std::vector<float> cosines(products.size());
    for (std::uint32_t q = 0; q < cosines.size(); ++q)
        cosines[q] = static_cast<float>(products[q]) * query.scale * questions_->questions()[q].vector_scale;
    if (except < cosines.size())
        cosines[except] = 0;
    const auto guessed = take_guessed(cosines);
    const auto best = best_of(cosines, neighbours);
    for (const auto& near : best) {
        if (&near - best.data() < neighbours_heard)
            hear_answer(at, near.document, near.score * near.score);
        for (const auto article : answers_[near.document]) {
            auto& votes = at.votes[article];
            votes.meaning += near.score * near.score;
            votes.nearest_meaning = std::max(votes.nearest_meaning, near.score);
        }
    }
    for (const auto& near : guessed)
        for (const auto article : answers_[near.document])
            at.votes[article].hint += near.score * near.score;
}

void article_search::gather_neighbours(gathered& at, std::uint32_t except) const
{
    if (!questions_ || questions_->questions().empty())
        return;
    add_neighbours_by_words(at, except);
    if (!at.query_vector.empty() && questions_->dimensions() == at.query_vector.size())
        add_neighbours_by_meaning(at, except);
}

// What is like the articles that have votes. Theirs are summed in the order of articles: a sum of floats must not depend on
// the order of a hash table.
void article_search::gather_voted(gathered& at) const
{
    for (const auto& [article, votes] : at.votes)
        at.voted.emplace_back(article, share(votes.words, at.best_votes) + share(votes.meaning, at.best_votes_meaning));
    std::sort(at.voted.begin(), at.voted.end());
    at.voted_meaning.assign(laws_.articles().size(), 0.0F);
    std::vector<float> sum(at.query_vector.size(), 0.0F);
    if (sum.empty())
        return;
    for (const auto& [article, weight] : at.voted)
        vectors_->add_to(sum, article, weight);
    const float length = std::sqrt(dot(sum.data(), sum.data(), sum.size()));
    if (length == 0)
        return;
    for (auto& value : sum)
        value /= length;
    at.voted_meaning = vectors_->cosines(sum);
}

// Takes out what does not answer on the day.
void article_search::blank(std::vector<float>& values, day_number day) const
{
    for (const auto& law : laws_.laws())
        if (!laws_.answers_on(law, day))
            std::fill_n(values.begin() + law.first_article, law.articles, 0.0F);
}

void article_search::mix(gathered& at, day_number day) const
{
    blank(at.words, day);
    blank(at.meaning, day);
    std::erase_if(at.votes, [&](const auto& one) { return !laws_.answers_on(laws_.law_of(one.first), day); });
    at.best_words = largest(at.words);
    at.best_meaning = largest(at.meaning);
    for (const auto& [article, votes] : at.votes) {
        at.best_votes = std::max(at.best_votes, votes.words);
        at.best_votes_meaning = std::max(at.best_votes_meaning, votes.meaning);
    }
    gather_voted(at);
    blank(at.voted_meaning, day);
    const float of_words = share(1, at.best_words);
    const float of_meaning = share(mixture_.meaning, at.best_meaning);
    at.mixed.resize(at.words.size());
    for (std::size_t i = 0; i < at.mixed.size(); ++i)
        at.mixed[i] = of_words * at.words[i] + of_meaning * std::max(0.0F, at.meaning[i]) +
                      mixture_.voted_meaning * std::max(0.0F, at.voted_meaning[i]);
    for (const auto& [article, votes] : at.votes)
        at.mixed[article] += mixture_.votes * share(votes.words, at.best_votes) +
                             mixture_.votes_meaning * share(votes.meaning, at.best_votes_meaning);
    at.best_mixed = largest(at.mixed);
}

float article_search::shared_idf(const gathered& at, std::span<const gram> sorted_pairs) const
{
    float sum = 0;
    auto next = sorted_pairs.begin();
    for (const auto& part : at.grams) {
        if (part.what <= highest_single)
            continue;
        next = std::lower_bound(next, sorted_pairs.end(), part.what);
        if (next != sorted_pairs.end() && *next == part.what)
            sum += laws_.grams().idf(part.what);
    }
    return share(sum, at.most_pairs);
}

void article_search::describe(const gathered& at, std::vector<candidate>& out) const
{
    const auto by_words = ranks_by(out, at.words);
    const auto by_meaning = ranks_by(out, at.meaning);
    const auto heard = to_bytes(at.answers_vector);
    const float heard_length = std::sqrt(dot(at.answers_vector.data(), at.answers_vector.data(), at.answers_vector.size()));
    std::unordered_map<std::uint32_t, float> of_law;
    std::unordered_map<std::uint32_t, float> of_path;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto n = out[i].article;
        const auto& article = laws_.articles()[n];
        const auto set = [&](article_evidence what, float value) { out[i].evidence[static_cast<std::size_t>(what)] = value; };
        set(article_evidence::words, share(at.words[n], at.best_words));
        set(article_evidence::words_share, share(at.words[n], at.most_words));
        set(article_evidence::words_rank, rank_value(by_words[i]));
        set(article_evidence::pairs_share, share(at.pairs[n], at.most_pairs));
        set(article_evidence::meaning, at.meaning[n]);
        set(article_evidence::meaning_lead, at.meaning[n] - at.best_meaning);
        set(article_evidence::meaning_rank, rank_value(by_meaning[i]));
        const auto found = at.votes.find(n);
        const auto votes = found == at.votes.end() ? neighbour_votes{} : found->second;
        set(article_evidence::votes, votes.words);
        set(article_evidence::votes_share, share(votes.words, at.best_votes));
        set(article_evidence::nearest_words, votes.nearest_words);
        set(article_evidence::votes_meaning, votes.meaning);
        set(article_evidence::nearest_meaning, votes.nearest_meaning);
        set(article_evidence::votes_hint, votes.hint);
        const auto law = of_law.try_emplace(article.law, -1.0F).first;
        if (law->second < 0)
            law->second = shared_idf(at, law_pairs_[article.law]);
        const auto path = of_path.try_emplace(article.path.offset, -1.0F).first;
        if (path->second < 0)
            path->second = shared_idf(at, path_pairs_.at(article.path.offset));
        set(article_evidence::law_name, law->second);
        set(article_evidence::path_name, path->second);
        set(article_evidence::text_length, std::log(1.0F + static_cast<float>(article.text.size)));
        set(article_evidence::query_length, static_cast<float>(at.query_length));
        set(article_evidence::mixed, at.mixed[n]);
        set(article_evidence::mixed_lead, at.mixed[n] - at.best_mixed);
        set(article_evidence::mixed_rank, rank_value(i));
        set(article_evidence::best_words_share, share(at.best_words, at.most_words));
        set(article_evidence::best_meaning, at.best_meaning);
        set(article_evidence::best_votes, at.best_votes);
        set(article_evidence::answers_meaning, share(heard.values.empty() ? 0 : vectors_->product(n, heard), heard_length));
    }
}

}  // namespace dialogs
