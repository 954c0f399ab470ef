// `hejie import`, `hejie law search`, `hejie law show`: files in, lines out.

#include "bot/app/law.hpp"
#include "bot/app/text_file.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace {

using namespace bot::app;
namespace json = boost::json;

constexpr cases::date today{std::chrono::year{2026}, std::chrono::November, std::chrono::day{23}};

constexpr std::string_view laws =
    R"({"id": 5, "law": "工钱法", "full": "中华人民共和国工钱法", "art": "第一条", "date": "2010-01-01", "text": "雇主应当每月发放工钱。"}
{"id": 6, "law": "工钱法", "full": "中华人民共和国工钱法", "art": "第三十八条", "date": "2010-01-01", "text": "雇主拖欠工钱的，应当加倍支付。"}
)";
constexpr std::string_view newer =
    R"({"law": "工钱法", "full": "中华人民共和国工钱法", "art": "第三十九条", "date": "2020-01-01", "text": "雇主拖欠工钱的，应当三倍支付。"}
)";

class LawCommands : public testing::Test {
protected:
    LawCommands()
    {
        std::string pattern = std::filesystem::temp_directory_path() / "hejie_law_commands_XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
    }
    ~LawCommands() override { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& name, std::string_view text) const
    {
        const auto path = folder_ + "/" + name;
        replace_file(path, std::string(text));
        return path;
    }
    std::string packed(const std::string& name, std::string_view text) const
    {
        const auto path = folder_ + "/" + name;
        auto* out = ::gzopen(path.c_str(), "wb");
        ::gzwrite(out, text.data(), static_cast<unsigned>(text.size()));
        ::gzclose(out);
        return path;
    }
    std::string import(const std::vector<std::string>& files) const
    {
        std::ostringstream said;
        import_laws({files, index()}, said);
        return said.str();
    }
    std::string index() const { return folder_ + "/library"; }
    law_options options() const { return {index(), "", "", today, 100, false}; }
    std::vector<json::value> search(const std::string& lines) const
    {
        std::istringstream in(lines);
        std::ostringstream out;
        law_search(options(), in, out);
        std::istringstream read(out.str());
        std::vector<json::value> answers;
        for (std::string line; std::getline(read, line);)
            answers.push_back(json::parse(line));
        return answers;
    }
    std::string show(std::string name, std::string article, cases::date day = today) const
    {
        std::ostringstream out;
        law_show({index(), std::move(name), std::move(article), day, 100, true}, out);
        return out.str();
    }

    std::string folder_;
};

TEST_F(LawCommands, AnswerALineForEachLine)
{
    import({packed("laws.jsonl.gz", laws)});
    const auto answers = search("{\"id\": 1, \"query\": \"拖欠工钱\"}\n{\"id\": \"b\", \"query\": \"工钱法第1条\"}\nbroken\n{\"id\": 3}\n");
    ASSERT_EQ(answers.size(), 4U);
    EXPECT_EQ(answers[0].at("id"), 1);
    const auto& best = answers[0].at("articles").at(0);
    EXPECT_EQ(best.at("id"), 6);  // a number as in the source
    EXPECT_EQ(best.at("law"), "工钱法");
    EXPECT_EQ(best.at("article"), "第三十八条");
    EXPECT_TRUE(best.at("score").is_double());
    EXPECT_EQ(answers[1].at("id"), "b");
    EXPECT_EQ(answers[1].at("articles").at(0).at("id"), 5);
    EXPECT_TRUE(answers[2].as_object().contains("error"));
    EXPECT_EQ(answers[3].at("id"), 3);
    EXPECT_TRUE(answers[3].at("articles").as_array().empty());
}

TEST_F(LawCommands, ShowTheNewestOfTwoFilesAndTheOldOnItsDay)
{
    import({file("laws.jsonl", laws), file("newer.jsonl", newer)});
    const auto now = json::parse(show("中华人民共和国工钱法", "39"));
    EXPECT_EQ(now.at("text"), "雇主拖欠工钱的，应当三倍支付。");
    EXPECT_EQ(now.at("id"), 6);  // that of the article it replaces
    EXPECT_EQ(now.at("source"), "newer.jsonl");
    const auto old = json::parse(show("工钱法", "第三十八条", cases::date{std::chrono::year{2015}, std::chrono::May, std::chrono::day{1}}));
    EXPECT_EQ(old.at("valid_to"), "2020-01-01");
    EXPECT_THROW(show("工钱法", "38"), std::runtime_error);
}

TEST_F(LawCommands, TakeAnsweredQuestionsIn)
{
    import({file("laws.jsonl", laws)});
    std::ostringstream said;
    const auto questions = file("questions.jsonl", "{\"q\": \"楼下那只猫\", \"gold\": [6]}\n{\"q\": \"没有条文\", \"a\": \"答\"}\nx\n");
    EXPECT_EQ(import_consultations({{questions}, index()}, said), 0);
    EXPECT_NE(said.str().find("1 answered questions"), std::string::npos);
    EXPECT_NE(said.str().find("line 3: no JSON object"), std::string::npos);
    // No word of the article is in the question: only the neighbour leads there.
    const auto answers = search("{\"id\": 1, \"query\": \"楼下那只猫\"}\n");
    EXPECT_EQ(answers[0].at("articles").at(0).at("id"), 6);
}

TEST_F(LawCommands, LeaveTheLibraryAloneWhenAFileIsBad)
{
    import({file("laws.jsonl", laws)});
    EXPECT_THROW(import({file("laws.jsonl", laws), file("bad.jsonl", "nothing\n")}), std::runtime_error);
    EXPECT_THROW(import({folder_ + "/none.jsonl"}), std::runtime_error);
    auto cut = read_text_file(file("x", std::string(laws)));
    const auto whole = packed("cut.jsonl.gz", std::string(50'000, 'x') + std::string(laws));
    std::filesystem::resize_file(whole, std::filesystem::file_size(whole) / 2);
    EXPECT_THROW(import({whole}), std::runtime_error);
    std::ostringstream said;
    EXPECT_THROW(import_consultations({{file("q.jsonl", "{\"q\": \"x\"}\n")}, index()}, said), std::runtime_error);
    EXPECT_EQ(search("{\"id\": 1, \"query\": \"拖欠工钱\"}\n")[0].at("articles").as_array().size(), 2U);
}

TEST_F(LawCommands, SayWhatIsMissing)
{
    try {
        search("");
        FAIL();
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find("hejie import laws"), std::string::npos);
    }
    import({file("laws.jsonl", laws)});
    std::filesystem::resize_file(index() + "/laws.index", 100);
    try {
        search("");
        FAIL();
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find("damaged"), std::string::npos);
    }
}

}  // namespace
