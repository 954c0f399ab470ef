#include "bot/wechat/push_format.hpp"
#include "bot/wechat/xml_text.hpp"
#include "tests/unit/wechat/sample.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

using namespace bot::wechat;

std::optional<push_format> format_of(std::string_view body)
{
    field_tree fields;
    return read_push(body, fields);
}

std::optional<std::string> content_of(std::string_view body)
{
    field_tree fields;
    if (!read_push(body, fields))
        return std::nullopt;
    return std::string(fields.top().text("Content"));
}

std::string nested(int depth)
{
    std::string xml = "<xml>", end = "</xml>";
    for (int i = 1; i < depth; ++i) {
        xml += "<a>";
        end = "</a>" + end;
    }
    return xml + "x" + end;
}

TEST(PushFormat, IsToldByTheFirstByte)
{
    EXPECT_EQ(format_of("<xml><A>1</A></xml>"), push_format::xml);
    EXPECT_EQ(format_of(" \r\n\t<xml></xml>\n"), push_format::xml);
    EXPECT_EQ(format_of("\xEF\xBB\xBF<xml/>"), push_format::xml);
    EXPECT_EQ(format_of("<?xml version=\"1.0\" encoding=\"UTF-8\"?><xml/>"), push_format::xml);
    EXPECT_EQ(format_of("{\"A\":1}"), push_format::json);
    EXPECT_EQ(format_of("\n {} "), push_format::json);
    for (const auto* none : {"", " ", "success", "[1]", "\"x\"", "xml", "&lt;xml/>", "\xEF\xBB\xBF"})
        EXPECT_EQ(format_of(none), std::nullopt) << none;
}

TEST(PushXml, ReadsTextsAsThePlatformWritesThem)
{
    EXPECT_EQ(
        content_of("<xml><Content>a &amp; b &lt;c&gt; &quot;&apos;&#10;&#x1F621;</Content></xml>"),
        "a & b <c> \"'\n😡"
    );
    EXPECT_EQ(content_of("<xml><Content><![CDATA[<b>&amp;]]></Content></xml>"), "<b>&amp;");
    EXPECT_EQ(content_of("<xml>\n  <B/>\n  <Content> \n <![CDATA[x]]> \n </Content>\n</xml>"), "x");
    EXPECT_EQ(content_of("<xml><Content><![CDATA[a]]]]><![CDATA[>b]]></Content></xml>"), "a]]>b");
    EXPECT_EQ(content_of("<xml><Content><![CDATA[]]></Content></xml>"), "");
    EXPECT_EQ(content_of("<xml><Content>  </Content></xml>"), "  ") << "a citizen may send spaces";
    EXPECT_EQ(content_of("<xml><Content/></xml>"), "");
    EXPECT_EQ(content_of("<xml><!-- note --><Content a=\"1\">x</Content></xml>"), "x");
    EXPECT_EQ(content_of("<xml><Content>1</Content><Content>2</Content></xml>"), "1")
        << "the first of a name";
}

// What would be an attack as markup is what somebody wrote when it stands inside a CDATA section.
TEST(PushXml, TakesMarkupAsTextInsideCdata)
{
    EXPECT_EQ(
        content_of(sample::text_xml("<!DOCTYPE html><!ENTITY a \"b\"> &a;")),
        "<!DOCTYPE html><!ENTITY a \"b\"> &a;"
    );
}

TEST(PushXml, RefusesDocumentTypesAndEntities)
{
    for (const std::string_view attack :
         {"<!DOCTYPE xml><xml/>",
          "<!DOCTYPE xml [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><xml><Content>&a;</Content></xml>",
          "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY l \"lol\"><!ENTITY m \"&l;&l;\">]><xml>&m;</xml>",
          "<xml><!DOCTYPE a></xml>",
          "<xml><!ENTITY a \"b\"></xml>",
          "<!ENTITY a \"b\"><xml/>",
          "<!doctype xml><xml/>"})
        EXPECT_EQ(format_of(attack), std::nullopt) << attack;
}

TEST(PushXml, NeverExpandsAnEntityItWasNotBornWith)
{
    EXPECT_EQ(content_of("<xml><Content>&xxe; &nbsp;</Content></xml>"), "&xxe; &nbsp;");
}

TEST(PushXml, RefusesDeepNesting)
{
    EXPECT_TRUE(format_of(nested(8)));
    EXPECT_FALSE(format_of(nested(9)));
    EXPECT_FALSE(format_of(nested(9000)));
}

TEST(PushXml, RefusesTooManyElements)
{
    std::string crowd = "<xml>";
    for (int i = 0; i < 5000; ++i)
        crowd += "<a/>";
    EXPECT_FALSE(format_of(crowd + "</xml>"));
}

TEST(PushXml, RefusesWhatIsNotOneWholeElement)
{
    for (const auto* broken :
         {"<xml>",
          "<xml><A></xml>",
          "<xml><A></B></xml>",
          "<xml/><xml/>",
          "<root><A/></root>",
          "<xml",
          "<xml><![CDATA[x</xml>",
          "<xml><A>x</A></xml><extra/>",
          "</xml>",
          "<>",
          "<",
          "<xml A=>"})
        EXPECT_FALSE(format_of(broken)) << broken;
}

TEST(PushXml, RefusesInvalidUtf8)
{
    for (const auto* bytes : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xE9\x82", "\xF4\x90\x80\x80"}) {
        EXPECT_FALSE(format_of(sample::text_xml(bytes)));
        EXPECT_FALSE(format_of("{\"Content\":\"" + std::string(bytes) + "\"}"));
    }
    EXPECT_FALSE(format_of("<xml><Content>&#xD800;</Content></xml>")) << "a surrogate spelt as a reference";
    EXPECT_FALSE(format_of("<xml><Content>&#x110000;</Content></xml>"));
    EXPECT_FALSE(format_of("<xml><Content>&#4294967295;</Content></xml>"));
    EXPECT_FALSE(format_of(std::string_view("<xml><A>\0</A></xml>", 19)));
    EXPECT_FALSE(format_of("<\0x\0m\0l\0/\0>\0")) << "no guessing of other encodings";
}

TEST(PushFormat, RefusesLargeBodies)
{
    const std::string frame = sample::text_xml("");
    const std::size_t room = largest_push - frame.size();
    EXPECT_TRUE(format_of(sample::text_xml(std::string(room, 'x'))));
    EXPECT_FALSE(format_of(sample::text_xml(std::string(room + 1, 'x'))));
    EXPECT_FALSE(format_of(std::string(1024 * 1024, '<')));
}

TEST(PushJson, ReadsNumbersWithoutLoss)
{
    field_tree fields;
    ASSERT_TRUE(read_push(
        R"({"a":18446744073709551615,"b":"18446744073709551615","c":-9223372036854775808,"d":30.27,"e":true,"f":null,"g":9007199254740993})",
        fields
    ));
    EXPECT_EQ(fields.top().text("a"), "18446744073709551615");
    EXPECT_EQ(fields.top().text("b"), "18446744073709551615");
    EXPECT_EQ(fields.top().text("c"), "-9223372036854775808");
    EXPECT_EQ(fields.top().text("d"), "30.27");
    EXPECT_EQ(fields.top().text("e"), "true");
    EXPECT_EQ(fields.top().text("f"), "");
    EXPECT_EQ(fields.top().text("g"), "9007199254740993") << "beyond what a double holds";
    EXPECT_FALSE(read_push(R"({"MsgId":18446744073709551616})", fields)) << "would lose its last digits";
}

TEST(PushJson, TrimsKeys)
{
    field_tree fields;
    ASSERT_TRUE(read_push(R"({" OpenID":"o1","AppID\t":"wx"})", fields));
    EXPECT_EQ(fields.top().text("OpenID"), "o1");
    EXPECT_EQ(fields.top().text("AppID"), "wx");
}

TEST(PushJson, MakesArraysIntoRepeatedNames)
{
    field_tree fields;
    ASSERT_TRUE(read_push(R"({"List":[{"a":1},{"a":2}],"One":{"a":3},"None":[]})", fields));
    const auto list = fields.top().children("List");
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[1].text("a"), "2");
    EXPECT_EQ(fields.top().children("One").size(), 1U);
    EXPECT_FALSE(fields.top().child("None"));
    EXPECT_EQ(fields.top().child("None").text("a"), "");
}

TEST(PushJson, RefusesWhatItShould)
{
    field_tree fields;
    for (const auto* broken :
         {"{",
          "{\"a\":}",
          "{\"a\":1}x",
          "{a:1}",
          "{\"a\":\"\\ud800\"}",
          "{\"a\":\"\\ud800\\u0041\"}",
          "{\"a\":\"\n\"}",
          "{'a':1}",
          "{\"a\":1,}",
          "{\"a\":1e400}",
          "{\"a\":NaN}",
          "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}"})
        EXPECT_FALSE(read_push(broken, fields)) << broken;
    EXPECT_FALSE(read_push("{\"a\":" + std::string(20'000, '['), fields));
    ASSERT_TRUE(read_push("{\"a\":\"x\\u0000y\\ud83d\\ude21\"}", fields));
    EXPECT_EQ(fields.top().text("a"), "xy😡") << "a NUL is left out";
}

TEST(XmlText, SplitsTheEndOfASection)
{
    std::string xml;
    append_cdata(xml, "Content", "a]]>b]]]>]]>");
    EXPECT_EQ(xml, "<Content><![CDATA[a]]]]><![CDATA[>b]]]]]><![CDATA[>]]]]><![CDATA[>]]></Content>");
    xml.clear();
    append_cdata(xml, "Content", std::string_view("]\x01]\x02>", 5));
    EXPECT_EQ(xml, "<Content><![CDATA[]]]]><![CDATA[>]]></Content>")
        << "what is left out must not join the end";
}

RC_GTEST_PROP(XmlText, ReadsBackAnyText, ())
{
    const auto pieces =
        *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::vector<std::string>{
            "]",
            "]]>",
            ">",
            "<",
            "&",
            "&amp;",
            "<![CDATA[",
            "邻",
            "😡",
            "\n",
            " ",
            "a",
            "\t",
            "\x7F",
            "\xE2\x80\x8D",
            "\"",
            "<!DOCTYPE"
        }));
    std::string text;
    for (const auto& piece : pieces)
        text += piece;
    std::string xml = "<xml>";
    append_cdata(xml, "Content", text);
    RC_ASSERT(content_of(xml + "</xml>") == text);
}

// Any bytes at all: what comes back is the legal part of them, with line ends as XML reads them.
RC_GTEST_PROP(XmlText, ReadsBackTheLegalPartOfAnyBytes, (const std::string& bytes))
{
    std::string legal;
    append_cdata(legal, "Content", bytes);
    const auto once = content_of("<xml>" + legal + "</xml>");
    RC_ASSERT(once.has_value());
    std::string again = "<xml>";
    append_cdata(again, "Content", *once);
    RC_ASSERT(content_of(again + "</xml>") == once);
}

}  // namespace
