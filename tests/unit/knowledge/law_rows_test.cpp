#include "dialogs/knowledge/consultations.hpp"
#include "dialogs/knowledge/law_rows.hpp"
#include "tests/unit/knowledge/small_library.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

using namespace dialogs;
using small_library::on;

namespace {

TEST(LawLines, AreReadWithNumberAndTextIds)
{
    const auto read = read_law_lines(
        R"({"id": 7, "law": "工钱法", "full": "中华人民共和国工钱法", "art": "第一条", "path": "第一章", "date": "2010-01-02", "text": "甲"}
{"id": "x7", "full": "中华人民共和国围墙法", "art": "第二条", "date": "", "text": "乙", "unknown": [1]}

)",
        "file"
    );
    EXPECT_TRUE(read.faults.empty());
    ASSERT_EQ(read.rows.size(), 2U);
    EXPECT_EQ(read.rows[0].id, "7");
    EXPECT_EQ(read.rows[0].date, on(2010, 1, 2));
    EXPECT_EQ(read.rows[0].source, "file");
    EXPECT_EQ(read.rows[1].id, "x7");
    EXPECT_EQ(read.rows[1].law, "围墙法");
    EXPECT_FALSE(read.rows[1].date);
}

TEST(LawLines, SayWhichLinesCannotBeRead)
{
    const auto read = read_law_lines("{\n[]\n{\"law\": \"甲法\"}\n{\"text\": \"甲\"}\n{\"law\":\"甲法\",\"text\":\"乙\"}", "f");
    EXPECT_EQ(read.rows.size(), 1U);
    ASSERT_EQ(read.faults.size(), 4U);
    EXPECT_EQ(read.faults[0], "line 1: no JSON object");
    EXPECT_EQ(read.faults[2], "line 3: no text");
    EXPECT_EQ(read.faults[3], "line 4: no law and no full");
}

TEST(LawMarkdown, GivesArticlesWithTheirPath)
{
    const auto read = read_law_markdown(
        "# 中华人民共和国围墙法\n\n2001年1月1日通过\n\n2015年6月1日修订\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n"
        "第一条　围墙不得过高。\n\n高度另行规定。\n\n## 第二章 责任\n\n### 第一节 赔偿\n\n**第二条** 倒塌的赔偿。\n\n"
        "第二条之一 冒名的也赔偿。\n第三条规定的除外。\n",
        "wall.md"
    );
    EXPECT_TRUE(read.faults.empty());
    ASSERT_EQ(read.rows.size(), 3U);
    EXPECT_EQ(read.rows[0].law, "围墙法");
    EXPECT_EQ(read.rows[0].text, "围墙不得过高。\n高度另行规定。");
    EXPECT_EQ(read.rows[0].path, "第一章 总则");
    EXPECT_EQ(read.rows[0].date, on(2015, 6, 1));
    EXPECT_EQ(read.rows[1].article, "第二条");
    EXPECT_EQ(read.rows[1].path, "第二章 责任 第一节 赔偿");
    EXPECT_EQ(read.rows[2].article, "第二条之一");
    EXPECT_EQ(read.rows[2].text, "冒名的也赔偿。\n第三条规定的除外。");
}

TEST(LawMarkdown, WithoutTitleOrArticleIsAFault)
{
    EXPECT_EQ(read_law_markdown("第一条 甲", "x").faults.size(), 1U);
    EXPECT_EQ(read_law_markdown("# 甲法\n\n没有条文", "x").faults.size(), 1U);
}

TEST(Consultations, AreReadInTheirSpellings)
{
    const auto read = read_consultation_lines(
        R"({"qid": 3, "q": "问一", "a": "答一", "gold": [10, "x"], "names": ["工钱法第二条"]}
{"id": "k", "text": "问二", "law": "工钱法", "article": "第三条", "style": "scenario"}
{"q": "问三", "laws": ["《工钱法》第一条：甲"]}
{"q": ""}
nothing)"
    );
    ASSERT_EQ(read.rows.size(), 3U);
    EXPECT_EQ(read.faults.size(), 2U);
    EXPECT_EQ(read.rows[0].id, "3");
    EXPECT_EQ(read.rows[0].article_ids, (std::vector<std::string>{"10", "x"}));
    EXPECT_FALSE(read.rows[0].hint);
    EXPECT_EQ(read.rows[1].article_names, std::vector<std::string>{"工钱法第三条"});
    EXPECT_EQ(read.rows[1].style, "scenario");
    EXPECT_TRUE(read.rows[2].hint);
}

RC_GTEST_PROP(Rows, AnyBytesAreReadOrFaulted, (const std::string& text))
{
    read_law_lines(text, "x");
    read_law_markdown("# 甲法\n" + text, "x");
    read_consultation_lines(text);
}

}  // namespace
