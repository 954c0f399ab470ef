#include "dialogs/yaml/document.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dialogs::yaml {
namespace {

TEST(yaml_document, reads_texts_lists_and_maps_with_their_lines)
{
    const document tree("name: 借款\nsteps:\n  - {id: a, most: 3}\n  - id: b\n    ask: |\n      一行\n      两行\nnone: ~\n");
    const auto root = tree.root();
    EXPECT_EQ(root["name"].text(), "借款");
    EXPECT_EQ(root["steps"].size(), 2U);
    EXPECT_EQ(root["steps"][1]["ask"].text(), "一行\n两行\n");
    EXPECT_EQ(root["steps"][1]["id"].line(), 4);
    EXPECT_TRUE(root["none"].is_null());
    EXPECT_FALSE(root["none"].is_text());
    int most = 0;
    EXPECT_TRUE(read(root["steps"][0]["most"], most));
    EXPECT_EQ(most, 3);
}

TEST(yaml_document, nothing_has_no_children)
{
    const document tree("a: b\n");
    const auto absent = tree.root()["x"]["y"][3];
    EXPECT_FALSE(absent);
    EXPECT_EQ(absent.text(), "");
    EXPECT_EQ(absent.line(), 1);
    for (const auto& one : absent)
        ADD_FAILURE() << one.text();
    EXPECT_FALSE(document("").root());
}

TEST(yaml_document, walks_keys_and_values_in_their_order)
{
    const document tree("z: 1\na: 2\n");
    std::string seen;
    for (const auto& pair : tree.root())
        seen += pair.first.text() + pair.second.text();
    EXPECT_EQ(seen, "z1a2");
}

TEST(yaml_document, reads_no_value_that_is_not_written_as_one)
{
    const document tree("[12x, '', 1.5, yes, true]");
    int whole = 7;
    double real = 7;
    bool flag = false;
    for (const std::size_t at : {0U, 1U, 2U, 3U, 4U})
        EXPECT_FALSE(read(tree.root()[at], whole)) << at;
    EXPECT_EQ(whole, 7);
    EXPECT_TRUE(read(tree.root()[2], real));
    EXPECT_FALSE(read(tree.root()[3], flag));
    EXPECT_TRUE(read(tree.root()[4], flag));
    EXPECT_TRUE(flag);
}

TEST(yaml_document, a_broken_text_is_an_error_with_its_line)
{
    try {
        const document tree("a: b\nc: [d\n");
        ADD_FAILURE();
    } catch (const error& e) {
        EXPECT_EQ(e.line, 3);
    }
}

RC_GTEST_PROP(yaml_document, any_bytes_are_read_or_refused, (const std::string& bytes))
{
    try {
        const document tree(bytes);
        for (const auto& one : tree.root())
            RC_ASSERT(one.line() > 0);
    } catch (const error& e) {
        RC_ASSERT(e.line > 0);
    }
}

}  // namespace
}  // namespace dialogs::yaml
