#include "dialogs/understanding/model_file.hpp"
#include "tests/unit/learning/small_world.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace dialogs::learning {
namespace {

linear_model small_model()
{
    const auto features = small_features();
    auto model = train(small_examples(6, features), small_labels, {.parts = {{.hint_scale = 1}}}, features.hints()->names());
    model.task = "dispute";
    model.notes = "made for a test";
    model.thresholds = {0.1F, 0.2F, 0.3F};
    model.sure = 0.75F;
    return model;
}

vector_table small_vectors()
{
    return {2, {7, 9}, {0.5F, 0.25F}, {1, -2, 3, 127}, "two words"};
}

TEST(ModelFile, GivesBackWhatWasWritten)
{
    const auto model = small_model();
    const auto bytes = write_model(model);
    const auto read = read_model("m", bytes);
    EXPECT_EQ(write_model(read), bytes);
    EXPECT_EQ(read.task, "dispute");
    EXPECT_EQ(read.notes, "made for a test");
    EXPECT_EQ(read.labels, small_labels);
    EXPECT_EQ(read.thresholds, model.thresholds);
    EXPECT_EQ(read.sure, 0.75F);
    EXPECT_EQ(read.parts[0].weights, model.parts[0].weights);
    const auto vectors = write_vectors(small_vectors());
    EXPECT_EQ(write_vectors(read_vectors("v", vectors)), vectors);
}

std::string why(const std::string& bytes)
{
    try {
        read_model("dispute.bin", bytes);
    } catch (const broken_model& error) {
        return error.what();
    }
    return "";
}

TEST(ModelFile, CutAnywhereIsAnErrorWithAName)
{
    const auto bytes = write_model(small_model());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        ASSERT_EQ(why(bytes.substr(0, size)).rfind("dispute.bin: ", 0), 0U) << size;
    EXPECT_NE(why(bytes + '\0'), "");
}

TEST(ModelFile, AnyFlippedByteIsAnError)
{
    auto bytes = write_model(small_model());
    for (char& byte : bytes) {
        byte = static_cast<char>(byte ^ 0x40);
        ASSERT_NE(why(bytes), "");
        byte = static_cast<char>(byte ^ 0x40);
    }
    EXPECT_EQ(why(bytes), "");
}

// Whoever makes a file with a right checksum and wrong contents gets an error too, and no wild read.
std::string sealed(std::string bytes)
{
    const auto sum = fingerprint(std::string_view{bytes}.substr(16));
    std::memcpy(bytes.data() + 8, &sum, sizeof sum);
    return bytes;
}

TEST(ModelFile, WrongNumbersUnderARightChecksumAreAnErrorOrAModelThatAnswers)
{
    const auto good = write_model(small_model());
    const auto features = small_features();
    const auto text = features.read("老板半夜欠工资");
    for (std::size_t at = 16; at < good.size(); ++at) {
        auto bytes = good;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x80);
        try {
            const classifier judge{read_model("m", sealed(bytes)), features.hints()->names()};
            EXPECT_EQ(judge.probabilities(text).size(), judge.model().labels.size());
        } catch (const broken_model&) {
            continue;
        }
    }
}

TEST(ModelFile, KindsAreNotMixedUp)
{
    EXPECT_THROW(read_vectors("v", write_model(small_model())), broken_model);
    EXPECT_THROW(read_model("m", write_vectors(small_vectors())), broken_model);
    EXPECT_THROW(read_model("m", "not a model at all, but long enough"), broken_model);
}

}  // namespace
}  // namespace dialogs::learning
