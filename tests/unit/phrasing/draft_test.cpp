#include "dialogs/phrasing/draft.hpp"

#include <gtest/gtest.h>

namespace {

using namespace dialogs;

const phrasing_table& table()
{
    static const auto made = embedded_phrasing();
    return made;
}

std::vector<found_article> articles()
{
    found_article pay{.id = "1", .law = "甲法", .article = "第三十条", .text = "应当按照约定向劳动者及时足额支付报酬。"};
    found_article old{.id = "2", .law = "乙法", .article = "第五条", .text = "这一条已经不再施行了。"};
    old.status = standing::repealed;
    return {pay, old};
}

std::variant<draft, draft_fault> check(const std::string& content)
{
    redaction hiding(table(), {});
    return check_answer(table(), hiding, content, articles());
}

draft_fault fault_of(const std::string& content)
{
    const auto made = check(content);
    return std::holds_alternative<draft_fault>(made) ? std::get<draft_fault>(made) : draft_fault{99};
}

const std::string cites = R"("citations":[{"id":1,"quote":"及时足额支付报酬"}])";

TEST(draft, a_true_quote_passes_with_the_label)
{
    const auto made = check(R"({"summary":"工资要按时发，见第三十条。","steps":["先收集证据"],)" + cites + R"(,"needs_human":true})");
    ASSERT_TRUE(std::holds_alternative<draft>(made)) << to_string(std::get<draft_fault>(made));
    const auto& good = std::get<draft>(made);
    EXPECT_TRUE(good.text.starts_with(table().label));
    EXPECT_NE(good.text.find("1. 先收集证据"), std::string::npos);
    EXPECT_EQ(good.cited, std::vector<std::size_t>{0});
    EXPECT_TRUE(good.needs_human);
}

TEST(draft, reasoning_and_fences_around_the_object_are_dropped)
{
    EXPECT_TRUE(std::holds_alternative<draft>(check("<think>{\"summary\":\"不\"}</think>```json\n{\"summary\":\"按时发。\"," + cites + "}\n```")));
}

TEST(draft, everything_else_is_refused_with_its_reason)
{
    EXPECT_EQ(fault_of("工资要按时发"), draft_fault::unreadable);
    EXPECT_EQ(fault_of("{\"summary\":"), draft_fault::unreadable);
    EXPECT_EQ(fault_of("{\"summary\":\"\"," + cites + "}"), draft_fault::unreadable);
    EXPECT_EQ(fault_of(R"({"summary":"按时发。"})"), draft_fault::no_citation);
    EXPECT_EQ(fault_of(R"({"summary":"按时发。","citations":[{"id":1,"quote":"可以晚三个月支付"}]})"), draft_fault::no_citation);
    EXPECT_EQ(fault_of(R"({"summary":"按时发。","citations":[{"id":2,"quote":"已经不再施行"}]})"), draft_fault::no_citation);
    EXPECT_EQ(fault_of(R"({"summary":"按时发。","citations":[{"id":9,"quote":"及时足额支付报酬"}]})"), draft_fault::no_citation);
    EXPECT_EQ(fault_of(R"({"summary":"见第三十一条。",)" + cites + "}"), draft_fault::other_article);
    EXPECT_EQ(fault_of(R"({"summary":"您一定能赢。",)" + cites + "}"), draft_fault::forbidden);
    EXPECT_EQ(fault_of(R"({"summary":"看 https://example.org/。",)" + cites + "}"), draft_fault::forbidden);
    EXPECT_EQ(fault_of(R"({"summary":"打13812345678。",)" + cites + "}"), draft_fault::leak);
    EXPECT_EQ(fault_of(R"({"summary":"告诉[当事人7]。",)" + cites + "}"), draft_fault::leak);
    std::string longer;
    for (int i = 0; i < 500; ++i)
        longer += "很长";
    EXPECT_EQ(fault_of("{\"summary\":\"" + longer + "\"," + cites + "}"), draft_fault::too_long);
}

TEST(draft, asks_with_numbered_articles_and_without_names)
{
    const std::vector<std::string> names{"陈小明"};
    redaction hiding(table(), names);
    const auto asked = ask_model(table(), hiding, "陈小明欠我工资，电话13812345678", articles());
    EXPECT_NE(asked.question.find("[1] 《甲法》第三十条"), std::string::npos) << asked.question;
    EXPECT_EQ(asked.question.find("陈小明"), std::string::npos);
    EXPECT_EQ(asked.question.find("13812345678"), std::string::npos);
    EXPECT_EQ(asked.system, table().system);
}

}  // namespace
