#include "tests/bench/turns/script.hpp"
#include "tests/bench/turns/wire.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

TEST(Script, ReadsEveryForm)
{
    const auto s = load::parse_script(
        "# a comment\n\n[关注]\t您好\n第一行\\n第二行\t甲\t乙\n[图片 m-1]\n[位置 27.99 120.70 某某路 "
        "1号]\r\n[菜单 HELP]\n谢谢\t[空]\n[笑脸]\n"
    );
    ASSERT_EQ(s.size(), 7u);
    EXPECT_EQ(s[0].kind, load::said::follow);
    EXPECT_EQ(s[0].expected, std::vector<std::string>{"您好"});
    EXPECT_EQ(s[1].value, "第一行\n第二行");
    EXPECT_EQ(s[1].expected.size(), 2u);
    EXPECT_EQ(s[2].kind, load::said::picture);
    EXPECT_EQ(s[2].value, "m-1");
    EXPECT_EQ(s[3].value, "27.99 120.70 某某路 1号");
    EXPECT_EQ(s[4].kind, load::said::menu);
    EXPECT_TRUE(s[5].may_be_silent);
    EXPECT_TRUE(s[5].expected.empty());
    EXPECT_EQ(s[6].kind, load::said::text);
}

TEST(Script, RefusesNothing)
{
    EXPECT_THROW(load::parse_script("# only a comment\n"), std::runtime_error);
    EXPECT_THROW(load::parse_script("你好\n\t您好\n"), std::runtime_error);
    EXPECT_THROW(load::read_script("/nonexistent"), std::runtime_error);
}

TEST(Script, FillsInTheCitizensNumber)
{
    std::string out;
    load::fill_in("138000{nnnnn}, {n}{nn}", 1234567, out);
    EXPECT_EQ(out, "13800034567, 767");
    load::fill_in("{n", 7, out);
    EXPECT_EQ(out, "{n");
    load::fill_in("{nx}{}", 7, out);
    EXPECT_EQ(out, "{nx}{}");
}

TEST(Script, WritesThePlatformsXml)
{
    std::string xml;
    load::append_message({"gh_1", "o1", 1733000001, 24800000000000001}, load::said::text, "a]]>b", xml);
    EXPECT_EQ(
        xml,
        "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName>"
        "<CreateTime>1733000001</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        "<Content><![CDATA[a]]]]><![CDATA[>b]]></Content><MsgId>24800000000000001</MsgId></xml>"
    );
    std::string text;
    ASSERT_TRUE(load::element(xml, "<Content>", text));
    EXPECT_EQ(text, "a]]>b");

    xml.clear();
    load::append_message({"gh_1", "o1", 1, 2}, load::said::location, "27.99 120.70 某某路 1号", xml);
    EXPECT_NE(xml.find("<Location_X>27.99</Location_X><Location_Y>120.70</Location_Y>"), xml.npos);
    EXPECT_NE(xml.find("<Label><![CDATA[某某路 1号]]></Label>"), xml.npos);

    xml.clear();
    load::append_message({"gh_1", "o1", 1, 2}, load::said::follow, "subscribe", xml);
    EXPECT_NE(xml.find("<Event><![CDATA[subscribe]]></Event>"), xml.npos);
    EXPECT_EQ(xml.find("MsgId"), xml.npos);
}

}  // namespace
