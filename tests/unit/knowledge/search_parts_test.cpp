#include "dialogs/knowledge/article_evidence.hpp"
#include "dialogs/knowledge/boosted_trees_training.hpp"
#include "dialogs/knowledge/encoder.hpp"
#include "dialogs/knowledge/encoder_training.hpp"
#include "dialogs/knowledge/fixed_random.hpp"
#include "dialogs/knowledge/gram_index.hpp"
#include "dialogs/knowledge/lanes.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

using namespace dialogs;

namespace {

TEST(Grams, StayInsideRuns)
{
    EXPECT_EQ(searchable("甲，乙 A１!"), std::u32string(U"甲\0乙\0a1\0", 7).substr(0, searchable("甲，乙 A１!").size()));
    const auto grams = grams_of(searchable("甲乙。乙丙"), 2);
    std::map<gram, std::uint32_t> counts;
    for (const auto& part : grams)
        counts[part.what] = part.times;
    const auto pair = [](char32_t one, char32_t other) { return static_cast<gram>(one) << 21 | other; };
    EXPECT_EQ(counts.size(), 5U);
    EXPECT_EQ(counts[U'乙'], 2U);
    EXPECT_EQ(counts.count(pair(U'甲', U'乙')), 1U);
    EXPECT_EQ(counts.count(pair(U'乙', U'乙')), 0U);  // not across the full stop
}

double plain_bm25(const std::vector<std::vector<gram>>& documents, std::size_t which, const std::vector<counted_gram>& query)
{
    double average = 0;
    for (const auto& one : documents)
        average += static_cast<double>(one.size()) / static_cast<double>(documents.size());
    average = std::max(average, 1.0);
    const auto times = [](const std::vector<gram>& in, gram what) {
        return static_cast<double>(std::count(in.begin(), in.end(), what));
    };
    double sum = 0;
    for (const auto& part : query) {
        double having = 0;
        for (const auto& one : documents)
            having += times(one, part.what) > 0 ? 1 : 0;
        const double idf = std::log(1 + (static_cast<double>(documents.size()) - having + 0.5) / (having + 0.5));
        const double tf = times(documents[which], part.what);
        const double length = static_cast<double>(documents[which].size()) / average;
        sum += part.times * idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length));
    }
    return sum;
}

// The index keeps weights in a byte, so half a step of 2.2 / 255 a gram is lost at the most.
RC_GTEST_PROP(GramIndex, ScoresAsTheFormulaSays, (const std::vector<std::vector<std::uint8_t>>& texts))
{
    RC_PRE(!texts.empty());
    std::vector<std::vector<gram>> documents;
    gram_index_builder builder;
    for (const auto& text : texts) {
        auto& document = documents.emplace_back();
        for (const auto letter : text)
            document.push_back(1 + letter % 9);
        auto grams = document;
        builder.add(grams);
    }
    section_writer file(7);
    builder.write(file);
    const auto bytes = file.finish();
    const auto index = gram_index::open(section_reader::open(bytes, 7).value()).value();
    const std::vector<counted_gram> query{{1, 1}, {2, 2}, {5, 1}, {77, 3}};
    const auto scores = index.score(query);
    for (std::size_t at = 0; at < documents.size(); ++at) {
        const double exact = plain_bm25(documents, at, query);
        RC_ASSERT(std::abs(static_cast<double>(scores[at]) - exact) <= 0.012 * exact + 0.02 * 4 * 4);
    }
}

TEST(GramIndex, IsRefusedWhenItsPartsDoNotFit)
{
    section_writer file(7);
    const std::uint64_t size[] = {1};
    const std::uint32_t postings[] = {3};  // no such document
    const std::uint32_t offsets[] = {0, 1};
    const gram terms[] = {5};
    file.add(section_tag("gsiz"), std::span<const std::uint64_t>(size));
    file.add(section_tag("gter"), std::span<const gram>(terms));
    file.add(section_tag("goff"), std::span<const std::uint32_t>(offsets));
    file.add(section_tag("gpos"), std::span<const std::uint32_t>(postings));
    file.add(section_tag("gwei"), std::string("x"));
    const auto bytes = file.finish();
    EXPECT_TRUE(gram_index::open(section_reader::open(bytes, 7).value()).has_error());
    EXPECT_TRUE(section_reader::open(bytes, 8).has_error());
}

TEST(BestOf, GivesTheBestInOrderAndTiesByNumber)
{
    const std::vector<float> scores{0, 3, -1, 5, 3, 3};
    const auto best = best_of(scores, 3);
    ASSERT_EQ(best.size(), 3U);
    EXPECT_EQ(best[0].document, 3U);
    EXPECT_EQ(best[1].document, 1U);
    EXPECT_EQ(best[2].document, 4U);
    EXPECT_EQ(best_of(scores, 100).size(), 4U);
    EXPECT_TRUE(best_of(scores, 0).empty());
}

TEST(BestByWords, StandsAmongTheFirstFive)
{
    std::vector<scored> ranked;
    for (std::uint32_t i = 0; i < 20; ++i)
        ranked.push_back({i, 20.0F - static_cast<float>(i)});
    const scored best[] = {{12, 1}};
    promote_best_words(ranked, best);
    EXPECT_EQ(ranked[4].document, 12U);
    EXPECT_EQ(ranked[5].document, 4U);
    EXPECT_EQ(ranked.size(), 20U);
    for (std::size_t i = 1; i < ranked.size(); ++i)
        EXPECT_GE(ranked[i - 1].score, ranked[i].score);
    const scored first[] = {{2, 1}};
    promote_best_words(ranked, first);
    EXPECT_EQ(ranked[2].document, 2U);  // is among them already
}

struct toy_texts {
    std::vector<std::pair<std::string, std::string>> pairs;
};

// Each topic has words for lay people and others for lawyers, which share no character.
toy_texts topics()
{
    const std::string lay = "甲乙丙丁戊己庚辛";
    const std::string law = "子丑寅卯辰巳午未";
    toy_texts out;
    for (std::size_t i = 0; i < 8; ++i)
        for (std::size_t k = 0; k < 6; ++k)
            out.pairs.emplace_back(lay.substr(3 * i, 3) + std::to_string(k), law.substr(3 * i, 3) + std::to_string(9 - k));
    return out;
}

std::string train_toy(std::uint64_t seed)
{
    encoder_options options;
    options.rows = 500;
    options.dimensions = 16;
    options.batch = 16;
    options.rate = 0.02F;
    options.kept = 0.9F;
    options.seed = seed;
    encoder_trainer trainer(options);
    std::vector<text_pair> pairs;
    for (const auto& [left, right] : topics().pairs) {
        const auto one = trainer.add_text(left, 1);
        pairs.push_back({one, trainer.add_text(right, 1), {}, {}});
    }
    trainer.begin();
    for (int pass = 0; pass < 40; ++pass)
        trainer.pass(pairs);
    return trainer.finish();
}

TEST(Encoder, LearnsWhichWordsMeanTheSame)
{
    const auto bytes = train_toy(3);
    const auto model = encoder::open(section_reader::open(bytes, encoder_form).value()).value();
    const auto vector = [&](const char* text) { return model.encode(grams_of(searchable(text), encoder_longest_gram)); };
    const auto near = [&](const char* one, const char* other) { return dot(vector(one).data(), vector(other).data(), 16); };
    EXPECT_GT(near("甲", "子"), near("甲", "丑") + 0.3F);
    EXPECT_GT(near("庚", "午"), near("庚", "未") + 0.3F);
    const auto unknown = vector("壹");
    for (const auto value : unknown)
        EXPECT_EQ(value, 0.0F);
}

TEST(Encoder, IsTrainedTheSameTwice)
{
    EXPECT_EQ(train_toy(3), train_toy(3));
    EXPECT_NE(train_toy(3), train_toy(4));
}

TEST(Encoder, RefusesADamagedModel)
{
    section_writer file(encoder_form);
    const std::uint64_t dimensions[] = {16};
    const std::uint32_t keys[] = {5, 3};  // not ascending
    const float scales[] = {1, 1};
    file.add(section_tag("edim"), std::span<const std::uint64_t>(dimensions));
    file.add(section_tag("ekey"), std::span<const std::uint32_t>(keys));
    file.add(section_tag("esca"), std::span<const float>(scales));
    file.add(section_tag("eval"), std::string(32, '\1'));
    const auto bytes = file.finish();
    EXPECT_TRUE(encoder::open(section_reader::open(bytes, encoder_form).value()).has_error());
}

// The right candidate has the higher product of two features, which no line finds.
std::vector<ranked_question> product_questions(std::uint64_t seed)
{
    fixed_random random(seed);
    std::vector<ranked_question> all;
    for (int q = 0; q < 200; ++q) {
        ranked_question question;
        std::size_t best = 0;
        float highest = -1;
        for (std::size_t i = 0; i < 12; ++i) {
            const float one = random.unit();
            const float other = random.unit();
            question.features.insert(question.features.end(), {one, other, random.unit()});
            const float value = one > 0.5F ? other : 1 - other;
            if (value > highest) {
                highest = value;
                best = i;
            }
        }
        question.right.assign(12, 0);
        question.right[best] = 1;
        all.push_back(std::move(question));
    }
    return all;
}

double hits(const boosted_trees& model, const std::vector<ranked_question>& questions)
{
    double right = 0;
    for (const auto& question : questions) {
        std::size_t best = 0;
        std::vector<float> scores;
        for (std::size_t i = 0; i < question.right.size(); ++i)
            scores.push_back(model.score(std::span(question.features).subspan(3 * i, 3)));
        for (std::size_t i = 0; i < scores.size(); ++i)
            best = scores[i] > scores[best] ? i : best;
        right += question.right[best];
    }
    return right / static_cast<double>(questions.size());
}

tree_options small_trees()
{
    tree_options options;
    options.features = 3;
    options.trees = 60;
    options.leaves = 8;
    options.smallest_leaf = 10;
    options.rate = 0.2F;
    options.smoothing = 1;
    options.features_share = 1;
    return options;
}

TEST(BoostedTrees, LearnWhatALineCannot)
{
    const auto bytes = train_trees(product_questions(1), small_trees());
    auto line = small_trees();
    line.trees = 0;
    const auto line_bytes = train_trees(product_questions(1), line);
    const auto model = boosted_trees::open(section_reader::open(bytes, trees_form).value(), 3).value();
    const auto flat = boosted_trees::open(section_reader::open(line_bytes, trees_form).value(), 3).value();
    const auto unseen = product_questions(2);
    EXPECT_GT(hits(model, unseen), 0.6);
    EXPECT_GT(hits(model, unseen), hits(flat, unseen) + 0.3);
}

TEST(BoostedTrees, AreTrainedTheSameTwice)
{
    EXPECT_EQ(train_trees(product_questions(1), small_trees()), train_trees(product_questions(1), small_trees()));
}

TEST(BoostedTrees, RefuseAnotherNumberOfFeaturesAndWalksThatDoNotEnd)
{
    const auto bytes = train_trees(product_questions(1), small_trees());
    EXPECT_TRUE(boosted_trees::open(section_reader::open(bytes, trees_form).value(), 4).has_error());
    const float weights[] = {0, 0};
    const std::uint32_t beginnings[] = {0, 3};
    const auto open_tree = [&](std::vector<boosted_trees::node> nodes) {
        const auto written = write_trees(weights, beginnings, nodes);
        return boosted_trees::open(section_reader::open(written, trees_form).value(), 1).has_value();
    };
    const boosted_trees::node leaf{1, boosted_trees::no_feature, 0};
    EXPECT_TRUE(open_tree({{0.5F, 0, 1}, leaf, leaf}));
    EXPECT_FALSE(open_tree({{0.5F, 0, 0}, leaf, leaf}));   // to itself
    EXPECT_FALSE(open_tree({{0.5F, 0, 2}, leaf, leaf}));   // out of the tree
    EXPECT_FALSE(open_tree({{0.5F, 1, 1}, leaf, leaf}));   // no such feature
}

}  // namespace
