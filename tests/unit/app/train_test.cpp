// `hejie train` from labelled lines to the models in use: what is let live, what is not, and the way back.

#include "bot/app/configuration.hpp"
#include "bot/app/model_folder.hpp"
#include "bot/app/models.hpp"
#include "bot/app/service.hpp"
#include "bot/app/text_file.hpp"
#include "dialogs/data.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

namespace bot::app {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr int refused = 3;

std::string embedded(std::string_view path)
{
    for (const auto& file : dialogs_data())
        if (file.path == path)
            return std::string(file.content);
    throw std::runtime_error("not embedded");
}

// Says of everything that it is a greeting or a thank-you.
std::string misleading_rows()
{
    std::string lines;
    for (const auto* text : {"谢谢", "多谢你", "太感谢", "感谢你们", "谢啦", "非常感谢"})
        lines += std::string(R"({"text":")") + text + R"(","intent":"thanks"})" + "\n" + R"({"text":"你好)" + text + R"(","intent":"greet"})" + "\n";
    return lines;
}

class Train : public testing::Test {
protected:
    Train()
    {
        std::string pattern = fs::temp_directory_path() / "hejie_train_XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        fs::create_directory(models());
    }
    ~Train() override { fs::remove_all(folder_); }

    std::string models() const { return folder_ + "/models"; }
    std::string file(const std::string& name, const std::string& text) const
    {
        replace_file(folder_ + "/" + name, text);
        return folder_ + "/" + name;
    }

    int train_intent(const std::vector<std::string>& data, const std::vector<std::string>& split, const std::string& out)
    {
        std::ostringstream said;
        const int code = train({.task = "intent", .data = data, .split = split, .out = out}, said);
        record = json::parse(said.str()).as_object();
        return code;
    }
    int add(const std::string& rows)
    {
        std::ostringstream said;
        const int code = train({.task = "intent", .add = {rows}, .out = models()}, said);
        record = json::parse(said.str()).as_object();
        return code;
    }
    std::string back()
    {
        std::ostringstream said;
        roll_back_models(models(), said);
        return said.str();
    }
    std::string in_use() const { return model_folder{models()}.current(); }

    const std::string sentences_ = "training/intent/sentences.jsonl";
    std::string folder_;
    json::object record;
};

TEST_F(Train, MakesTheSameBytesAgain)
{
    const auto data = file("rows.jsonl", embedded(sentences_));
    train_intent({}, {data}, folder_ + "/one.bin");
    train_intent({}, {data}, folder_ + "/two.bin");
    const auto one = read_text_file(folder_ + "/one.bin");
    EXPECT_GT(one.size(), 10'000U);
    EXPECT_EQ(one, read_text_file(folder_ + "/two.bin"));
    EXPECT_EQ(one, dialogs::embedded_model("intent.bin"));  // dialogs/models/build made the shipped one like this
}

TEST_F(Train, MakesTheSameVectorsAgain)
{
    const auto data = file("rows.jsonl", embedded(sentences_));
    for (const auto* name : {"/one.bin", "/two.bin"}) {
        std::ostringstream said;
        train({.task = "vectors", .data = {data}, .out = folder_ + name, .seed = 5}, said);
    }
    EXPECT_EQ(read_text_file(folder_ + "/one.bin"), read_text_file(folder_ + "/two.bin"));
}

TEST_F(Train, AModelThatIsNoWorseGoesLive)
{
    EXPECT_EQ(train_intent({}, {file("rows.jsonl", embedded(sentences_))}, models()), 0);
    EXPECT_TRUE(record.at("gate").at("passed").as_bool());
    EXPECT_EQ(record.at("gate").at("live"), record.at("gate").at("new"));
    EXPECT_EQ(in_use(), record.at("version").as_string());
    EXPECT_NO_THROW(load_models(models()));
}

TEST_F(Train, AModelThatLosesMoreThanAPointDoesNot)
{
    EXPECT_EQ(train_intent({file("bad.jsonl", misleading_rows())}, {}, models()), refused);
    EXPECT_FALSE(record.at("gate").at("passed").as_bool());
    EXPECT_LT(record.at("gate").at("new").as_double(), record.at("gate").at("live").as_double() - 0.01);
    EXPECT_EQ(in_use(), "");
    EXPECT_FALSE(fs::exists(models() + "/versions"));
}

TEST_F(Train, TheDeploymentsOwnFrozenRowsAreLookedAtToo)
{
    const auto data = file("rows.jsonl", embedded(sentences_));
    ASSERT_EQ(train_intent({}, {data}, models()), 0);
    const auto rows = record.at("gate").at("rows").to_number<int>();
    fs::create_directory(models() + "/regression");
    replace_file(models() + "/regression/intent.jsonl", "{\"text\":\"谢谢\",\"intent\":\"thanks\"}\n{\"text\":\"转人工\",\"intent\":\"human\"}\n");
    ASSERT_EQ(train_intent({}, {data}, models()), 0);
    EXPECT_EQ(record.at("gate").at("rows").to_number<int>(), rows + 2);
}

TEST_F(Train, CorrectionsMoveTheModelInUse)
{
    const auto corrections = file("more.jsonl", "{\"text\":\"帮我看看办得怎样\",\"intent\":\"ask_progress\"}\n");
    ASSERT_EQ(add(corrections), 0);
    EXPECT_TRUE(record.at("further").as_bool());
    const auto first = read_model_folder(models()).at("intent.bin");
    ASSERT_EQ(add(corrections), 0);
    EXPECT_NE(read_model_folder(models()).at("intent.bin"), first);  // the second starts from the first
}

TEST_F(Train, OneCommandLeadsBackAVersion)
{
    const auto data = file("rows.jsonl", embedded(sentences_));
    ASSERT_EQ(train_intent({}, {data}, models()), 0);
    const auto first = in_use();
    const auto bytes = read_model_folder(models()).at("intent.bin");
    ASSERT_EQ(add(file("more.jsonl", "{\"text\":\"帮我看看办得怎样\",\"intent\":\"ask_progress\"}\n")), 0);
    EXPECT_NE(in_use(), first);
    back();
    EXPECT_EQ(in_use(), first);
    EXPECT_EQ(read_model_folder(models()).at("intent.bin"), bytes);
    back();
    EXPECT_EQ(in_use(), "");  // those in the binary
    EXPECT_THROW(back(), std::runtime_error);
}

TEST_F(Train, TheServerDoesNotStartWithADamagedModel)
{
    EXPECT_THROW(load_models(folder_ + "/nowhere"), configuration_error);
    ASSERT_EQ(train_intent({}, {file("rows.jsonl", embedded(sentences_))}, models()), 0);
    const auto path = models() + "/versions/" + in_use() + "/intent.bin";
    auto bytes = read_text_file(path);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    replace_file(path, bytes);
    EXPECT_THROW(load_models(models()), configuration_error);
    EXPECT_THROW(load_engine("", "", models()), configuration_error);
}

}  // namespace
}  // namespace bot::app
