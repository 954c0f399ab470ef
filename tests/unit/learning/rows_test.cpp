#include "dialogs/learning/rows.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace dialogs::learning {
namespace {

const std::vector<std::string> sections{"婚姻家庭", "劳动纠纷"};

std::vector<row> read(std::string_view task, std::string_view lines, std::string_view table = {})
{
    return read_rows(task, {"rows.jsonl", lines, table, "labels.tsv"}, sections);
}

using labels = std::vector<std::string>;

TEST(Rows, CarryTheirLabels)
{
    EXPECT_EQ(read("dispute", R"({"text":"a","type":"PK"})").at(0).labels, (labels{"P", "K"}));
    EXPECT_EQ(read("section", R"({"text":"a","section":2})").at(0).labels, labels{"劳动纠纷"});
    EXPECT_EQ(read("section", R"({"text":"a","section":"劳动纠纷"})").at(0).labels, labels{"劳动纠纷"});
    EXPECT_EQ(read("intent", R"({"text":"a","intent":"rate"})").at(0).labels, labels{"rate"});
    EXPECT_EQ(read("elements", R"({"s":"a","labels":["x","y"],"doc":7})").at(0).labels, (labels{"x", "y"}));
    EXPECT_EQ(read("elements", R"({"s":"a","labels":["x"],"doc":7})").at(0).group, 7);
}

TEST(Rows, OfRiskAreHighOrNot)
{
    const auto rows = read("risk", "{\"text\":\"a\",\"high\":true}\n{\"text\":\"b\",\"high\":false}\n\n"
                                   "{\"text\":\"c\",\"level\":\"C2\"}\n{\"text\":\"d\",\"level\":\"C1\"}\n"
                                   "{\"text\":\"e\",\"level\":\"V4\"}\n");
    ASSERT_EQ(rows.size(), 4U);  // V is another ladder
    EXPECT_EQ(rows[0].labels, labels{"high"});
    EXPECT_TRUE(rows[1].labels.empty());
    EXPECT_EQ(rows[2].labels, labels{"high"});
    EXPECT_TRUE(rows[3].labels.empty());
}

TEST(Rows, TakeLabelsFromATableApart)
{
    const auto rows = read("dispute", "{\"id\":4,\"q\":\"a\"}\n{\"id\":5,\"q\":\"b\"}\n", "# note\n5\tKA\t2\n");
    ASSERT_EQ(rows.size(), 1U);  // row 4 has no label
    EXPECT_EQ(rows[0].text, "b");
    EXPECT_EQ(rows[0].labels, (labels{"K", "A"}));
    EXPECT_TRUE(rows[0].frozen());
    EXPECT_EQ(read("section", "{\"id\":5,\"q\":\"b\"}", "5\tK\t2\n").at(0).labels, labels{"劳动纠纷"});
    const auto openings = read("risk", "{\"turns\":[\"a\",\"z\"]}\n{\"turns\":[\"b\"]}\n", "0\t3\t-\t0\n1\t1\t-\t1\n");
    EXPECT_EQ(openings.at(0).text, "a");
    EXPECT_EQ(openings.at(0).labels, labels{"high"});
    EXPECT_TRUE(openings.at(1).labels.empty());
}

TEST(Rows, OfDangerKeepTheFifthLineThatTheRulesKeepApart)
{
    std::string lines;
    for (int i = 0; i < 10; ++i)
        lines += "{\"text\":\"a\",\"level\":\"C2\"}\n";
    const auto rows = read("risk", lines);
    for (std::size_t i = 0; i < rows.size(); ++i)
        EXPECT_EQ(rows[i].frozen(), i % 5 == 4) << i;
}

TEST(Rows, SaidToBeCalmAreNeverThoseThatAskForComfort)
{
    const auto rows = read_rows(
        "risk", {"rows.jsonl", "{\"text\":\"a\",\"intent\":\"rate\"}\n{\"text\":\"b\",\"intent\":\"need_comfort\"}\n{\"q\":\"c\"}\n", {}, {}, true},
        sections
    );
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[1].text, "c");
    EXPECT_TRUE(rows[0].labels.empty());
}

std::string why(std::string_view task, std::string_view lines, std::string_view table = {})
{
    try {
        read(task, lines, table);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

TEST(Rows, ThatCannotBeReadAreNamedByLine)
{
    EXPECT_EQ(why("intent", "{\"text\":\"a\",\"intent\":\"rate\"}\nnonsense\n"), "rows.jsonl:2: is no JSON object");
    EXPECT_EQ(why("intent", "[1]"), "rows.jsonl:1: is no JSON object");
    EXPECT_EQ(why("intent", "{\"text\":\"a\"}"), "rows.jsonl:1: has no label for intent");
    EXPECT_EQ(why("risk", "{\"text\":\"a\",\"high\":\"yes\"}"), "rows.jsonl:1: has no label for risk");
    EXPECT_EQ(why("intent", "{\"text\":\"\",\"intent\":\"rate\"}"), "rows.jsonl:1: has no text");
    EXPECT_EQ(why("section", "{\"text\":\"a\",\"section\":3}"), "rows.jsonl:1: has no label for section");
    EXPECT_EQ(why("section", "{\"text\":\"a\",\"section\":0}"), "rows.jsonl:1: has no label for section");
    EXPECT_EQ(why("dispute", "{\"id\":1,\"q\":\"a\"}", "# x\none\tM\t1\n"), "labels.tsv:2: expected a row's number and its labels");
}

}  // namespace
}  // namespace dialogs::learning
