#include "dialogs/learning/figures.hpp"
#include "dialogs/learning/further.hpp"
#include "dialogs/learning/tasks.hpp"
#include "dialogs/understanding/model_file.hpp"
#include "tests/unit/learning/small_world.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace dialogs::learning {
namespace {

recipe with_hints()
{
    return {.parts = {{.hint_scale = 0.5F}}};
}

std::size_t best(const std::vector<double>& p)
{
    return static_cast<std::size_t>(std::max_element(p.begin(), p.end()) - p.begin());
}

class Training : public testing::Test {
protected:
    feature_reader features_ = small_features();
    std::vector<example> examples_ = small_examples(20, features_);
    const std::vector<std::string>& hints_ = features_.hints()->names();
};

TEST_F(Training, TellsKindsApartInTextsItHasNotSeen)
{
    const classifier judge{train(examples_, small_labels, with_hints(), hints_), hints_};
    EXPECT_EQ(best(judge.probabilities(features_.read("拖着不发工资"))), 0U);
    EXPECT_EQ(best(judge.probabilities(features_.read("想跟他离婚"))), 1U);
    EXPECT_EQ(best(judge.probabilities(features_.read("半夜还在吵"))), 2U);
}

TEST_F(Training, GivesTheSameBytesAgain)
{
    const auto once = write_model(train(examples_, small_labels, with_hints(), hints_));
    EXPECT_EQ(once, write_model(train(examples_, small_labels, with_hints(), hints_)));
}

TEST_F(Training, GivesProbabilitiesThatAddUpToOneAlsoForAnEmptyText)
{
    const classifier judge{train(examples_, small_labels, with_hints(), hints_), hints_};
    for (const auto* text : {"", "。", "老板欠工资", "xyz"}) {
        double sum = 0;
        for (const double p : judge.probabilities(features_.read(text))) {
            EXPECT_GE(p, 0);
            sum += p;
        }
        EXPECT_NEAR(sum, 1, 1e-9) << text;
    }
}

TEST_F(Training, KeepsNoMoreGramsThanItMay)
{
    auto how = with_hints();
    how.parts[0].most_grams = 12;
    auto model = train(examples_, small_labels, how, hints_);
    EXPECT_EQ(model.parts[0].space.keys.size(), 12U);
    EXPECT_TRUE(std::is_sorted(model.parts[0].space.keys.begin(), model.parts[0].space.keys.end()));
    const classifier judge{std::move(model), hints_};
    EXPECT_EQ(best(judge.probabilities(features_.read("老板欠工资"))), 0U);
}

TEST_F(Training, TakesOnlyGramsOfItsLength)
{
    auto how = with_hints();
    how.parts[0].longest = 2;
    const auto model = train(examples_, small_labels, how, hints_);
    for (const auto key : model.parts[0].space.keys)
        ASSERT_LE(gram_length(key), 2);
}

TEST_F(Training, HearsAPhraseThatAClerkAddsLater)
{
    const classifier judge{train(examples_, small_labels, with_hints(), hints_), hints_};
    const hint_table later{"t", "categories:\n  - {id: wages, phrases: [工资, 窝工费]}\n", "g", "groups:\n  - {id: night, phrases: [半夜]}\n"};
    const feature_reader newer{std::make_shared<const hint_table>(later), nullptr};
    const auto before = judge.probabilities(features_.read("窝工费"));
    const auto after = judge.probabilities(newer.read("窝工费"));
    EXPECT_GT(after[0], before[0]);
}

TEST_F(Training, IgnoresGroupsThatTheModelDoesNotKnow)
{
    const auto model = train(examples_, small_labels, with_hints(), hints_);
    const std::vector<std::string> other_order{"new group", "night", "type.wages"};
    const classifier same{model, hints_};
    const classifier moved{model, other_order};
    auto text = features_.read("半夜欠工资");
    const auto wanted = same.probabilities(text);
    text.hints = {9, text.hints[1], text.hints[0]};
    const auto got = moved.probabilities(text);
    for (std::size_t i = 0; i < wanted.size(); ++i)
        EXPECT_NEAR(got[i], wanted[i], 1e-6) << i;  // summed in another order
}

TEST_F(Training, TakesTheSharesOfTheClassesOutWhenAsked)
{
    std::vector<example> lopsided;
    for (std::size_t i = 0; i < examples_.size(); ++i)
        if (i % 3 == 0 || i < 12)
            lopsided.push_back(examples_[i]);
    auto how = with_hints();
    const classifier as_is{train(lopsided, small_labels, how, hints_), hints_};
    how.prior = 1;
    const classifier even{train(lopsided, small_labels, how, hints_), hints_};
    const auto nothing = features_.read("");
    EXPECT_GT(as_is.probabilities(nothing)[0], even.probabilities(nothing)[0]);
}

TEST_F(Training, CrossValidationHasNotSeenTheFold)
{
    // One text with a word and label of its own: whoever has seen it knows it.
    auto odd = examples_;
    odd[10].features = features_.read("咕噜咕噜");
    odd[10].labels = {1};
    const auto all = cross_validate(odd, small_labels, with_hints(), hints_, 5);
    const classifier seen{train(odd, small_labels, with_hints(), hints_), hints_};
    EXPECT_EQ(all.size(), odd.size());
    EXPECT_GT(seen.probabilities(odd[10].features)[1], all[10][1]);
}

TEST_F(Training, OneSigmoidALabelSaysSeveralOrNone)
{
    for (std::size_t i = 0; i < examples_.size(); ++i)
        if (i % 3 == 1)
            examples_[i].labels = {};
    recipe how = with_hints();
    how.to = link::sigmoid;
    const classifier judge{train(examples_, small_labels, how, hints_), hints_};
    const auto both = judge.probabilities(features_.read("老板欠工资，工资没发，半夜很吵，楼上噪音"));
    EXPECT_GT(both[0], 0.5);
    EXPECT_GT(both[2], 0.5);
    const auto none = judge.probabilities(features_.read("我要离婚"));
    EXPECT_LT(std::max(none[0], none[2]), 0.5);
}

TEST_F(Training, FurtherRowsMoveAModelWithoutTheFirstOnes)
{
    const auto first = train(examples_, small_labels, with_hints(), hints_);
    example correction;
    correction.features = features_.read("在温州三个月已经帮帮我");  // said of noise now
    correction.labels = {2};
    const classifier before{first, hints_};
    const classifier after{train_further(first, std::vector{correction}, hints_), hints_};
    EXPECT_GT(after.probabilities(correction.features)[2], before.probabilities(correction.features)[2]);
    EXPECT_EQ(best(after.probabilities(features_.read("老板欠工资"))), 0U);
    EXPECT_EQ(best(after.probabilities(features_.read("我要离婚"))), 1U);
}

TEST_F(Training, NoRowsChangeNothing)
{
    const auto first = train(examples_, small_labels, with_hints(), hints_);
    EXPECT_EQ(write_model(train_further(first, {}, hints_)), write_model(first));
}

TEST_F(Training, OfRiskPutsTheBestCutAtOneHalf)
{
    std::vector<example> rows;
    for (auto one : examples_) {
        one.labels = one.labels.front() == 2 ? std::vector<std::uint16_t>{0} : std::vector<std::uint16_t>{};
        rows.push_back(std::move(one));
    }
    const classifier judge{train_task("risk", rows, {"high"}, features_), hints_};
    EXPECT_EQ(judge.model().task, "risk");
    for (const auto& one : rows)
        EXPECT_EQ(judge.probabilities(one.features)[0] >= 0.5, !one.labels.empty());
}

TEST_F(Training, RefusesRowsThatTeachNothing)
{
    EXPECT_THROW(train_task("dispute", {}, small_labels, features_), std::runtime_error);
    for (auto& one : examples_)
        one.labels = {1};
    EXPECT_THROW(train_task("dispute", examples_, small_labels, features_), std::runtime_error);
}

}  // namespace
}  // namespace dialogs::learning
