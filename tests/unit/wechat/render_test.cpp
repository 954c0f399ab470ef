#include "bot/wechat/passive_reply.hpp"
#include "bot/wechat/query.hpp"
#include "bot/wechat/unicode.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

using namespace bot::wechat;
using dialogs::choice;
using dialogs::reply;

std::string content(const std::vector<reply>& replies)
{
    const auto rendered = render(replies);
    const auto* text = std::get_if<text_reply>(&rendered);
    return text != nullptr ? text->content : std::string("(no reply)");
}

std::size_t count(std::string_view text, std::string_view what)
{
    std::size_t found = 0;
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + what.size()))
        ++found;
    return found;
}

// Every "<" opens a whole link and nothing else, in the form that the client understands.
bool links_are_whole(std::string_view text)
{
    constexpr std::string_view opening = "<a href=\"weixin://bizmsgmenu?msgmenucontent=";
    while (true) {
        const auto at = text.find('<');
        if (at == text.npos)
            return true;
        text.remove_prefix(at);
        const auto label = text.find("\">");
        const auto end = text.find("</a>");
        if (!text.starts_with(opening) || label == text.npos || end == text.npos || end < label ||
            text.substr(label, end - label).find('<') != text.npos)
            return false;
        text.remove_prefix(end + 4);
    }
}

TEST(Render, SaysNothingWhenThereIsNothing)
{
    EXPECT_TRUE(std::holds_alternative<no_reply>(render({})));
    EXPECT_TRUE(std::holds_alternative<no_reply>(render({{"", {}}, {" \n", {}}})));
    EXPECT_TRUE(std::holds_alternative<no_reply>(render({{"", {{"", "target"}}}})));
    EXPECT_TRUE(std::holds_alternative<no_reply>(render({{"\x01\x02", {}}}))) << "nothing that XML may carry";
}

TEST(Render, JoinsTextsByAnEmptyLine)
{
    EXPECT_EQ(content({{"一", {}}, {"", {}}, {"二", {}}}), "一\n\n二");
}

TEST(Render, MakesChoicesIntoLinks)
{
    EXPECT_EQ(
        content({{"请选择：", {{"法律咨询", "law"}, {"心理咨询", "psy"}}}}),
        "请选择：\n"
        "<a "
        "href=\"weixin://"
        "bizmsgmenu?msgmenucontent=%E6%B3%95%E5%BE%8B%E5%92%A8%E8%AF%A2&msgmenuid=law\">法律咨询</a>\n"
        "<a "
        "href=\"weixin://"
        "bizmsgmenu?msgmenucontent=%E5%BF%83%E7%90%86%E5%92%A8%E8%AF%A2&msgmenuid=psy\">心理咨询</a>"
    );
}

TEST(Render, EncodesTargetsAndLabels)
{
    const auto text = content({{"", {{"a\"><b>&c=1", "filing/type?x=\"&y"}}}});
    EXPECT_TRUE(text.starts_with(
        "<a "
        "href=\"weixin://"
        "bizmsgmenu?msgmenucontent=a%22%3E%3Cb%3E%26c%3D1&msgmenuid=filing%2Ftype%3Fx%3D%22%26y\">"
    )) << text;
    EXPECT_TRUE(links_are_whole(text)) << text;
    const auto query = text.substr(text.find('?') + 1, text.find("\">") - text.find('?') - 1);
    const auto read = query_parameters::parse(query).value();
    EXPECT_EQ(read.get("msgmenucontent"), "a\"><b>&c=1");
    EXPECT_EQ(read.get("msgmenuid"), "filing/type?x=\"&y");
}

TEST(Render, LetsNoCitizenTextMakeALink)
{
    const auto text = content({{"您说：<a href=\"https://evil.example\">点这里</a>", {{"是", "yes"}}}});
    EXPECT_EQ(count(text, "<a "), 1U);
    EXPECT_NE(text.find("＜a href"), text.npos);
    EXPECT_TRUE(links_are_whole(text));
}

TEST(Render, CutsTheTextAndKeepsTheChoices)
{
    std::string story;
    for (int i = 0; i < 1000; ++i)
        story += "邻";
    const auto text = content({{story, {{"是", "yes"}, {"否", "no"}}}});
    EXPECT_LE(text.size(), max_text_bytes);
    EXPECT_GT(text.size(), max_text_bytes - 8);
    EXPECT_EQ(count(text, "</a>"), 2U);
    EXPECT_NE(text.find("邻…\n<a "), text.npos);
    EXPECT_TRUE(valid_utf8(text));
}

TEST(Render, CutsTheLongTextAndKeepsTheShortOne)
{
    const auto text =
        content({{std::string(3000, 'a'), {}}, {"请问发生在哪里？", {}}, {std::string(3000, 'b'), {}}});
    EXPECT_LE(text.size(), max_text_bytes);
    EXPECT_NE(text.find("\n\n请问发生在哪里？\n\n"), text.npos);
    EXPECT_GT(count(text, "a"), 900U);
    EXPECT_GT(count(text, "b"), 900U);
}

TEST(Render, DoesNotCutAnEmojiApart)
{
    for (std::size_t lead = 0; lead < 40; ++lead) {
        std::string text(2010 + lead, 'x');
        for (int i = 0; i < 10; ++i)
            text += "👨‍👩‍👧";
        const auto cut = content({{text, {}}});
        ASSERT_LE(cut.size(), max_text_bytes);
        ASSERT_TRUE(cut.ends_with("x…") || cut.ends_with("👧…")) << lead;
    }
}

// The fourteen streets and towns do not all fit as links: the last ones stay readable and can be typed.
TEST(Render, ShowsChoicesThatDoNotFitAsPlainLines)
{
    std::vector<choice> streets;
    for (int i = 0; i < 14; ++i)
        streets.push_back(
            {"某某某街道" + std::to_string(i), "filing/where/street/33030400" + std::to_string(i)}
        );
    const auto text = content({{"请问发生在哪个街道？", streets}});
    EXPECT_LE(text.size(), max_text_bytes);
    EXPECT_TRUE(links_are_whole(text)) << text;
    EXPECT_TRUE(text.starts_with("请问发生在哪个街道？\n<a "));
    EXPECT_GE(count(text, "</a>"), 10U);
    for (const auto& street : streets)
        EXPECT_NE(text.find(street.label), text.npos) << street.label;
}

TEST(Render, SurvivesAHugeMenu)
{
    std::vector<choice> many;
    for (int i = 0; i < 500; ++i)
        many.push_back({"选择" + std::to_string(i), "t" + std::to_string(i)});
    const auto text = content({{"请选择：", many}});
    EXPECT_LE(text.size(), max_text_bytes);
    EXPECT_TRUE(text.starts_with("请选择：\n"));
    EXPECT_TRUE(links_are_whole(text));
    const auto one = content({{"请选择：", {{std::string(5000, 'l'), std::string(5000, 't')}}}});
    EXPECT_EQ(one, "请选择：") << "a choice is whole or not there";
}

TEST(Render, SurvivesManyReplies)
{
    const auto text = content(std::vector<reply>(3000, reply{"一二", {}}));
    EXPECT_LE(text.size(), max_text_bytes);
    EXPECT_TRUE(valid_utf8(text));
}

RC_GTEST_PROP(Render, NeverSaysMoreThanThePlatformTakes, ())
{
    const auto piece = rc::gen::elementOf(std::vector<std::string>{
        "邻居",
        "👨‍👩‍👧",
        "<a href=\"x\">",
        "</a>",
        "<",
        ">",
        "]]>",
        "\n",
        "a",
        "\xFF",
        "\x01",
        "🇨🇳",
        "&",
        "\"",
        "%",
        "长长长长长长长长长长长长长长长长长长长长"
    });
    const auto text = [&] {
        const auto repeat = *rc::gen::inRange(1, 60);
        std::string made;
        for (const auto& one : *rc::gen::container<std::vector<std::string>>(piece))
            for (int i = 0; i < repeat; ++i)
                made += one;
        return made;
    };
    std::vector<reply> replies(*rc::gen::inRange<std::size_t>(0, 6));
    for (auto& one : replies) {
        one.text = text();
        one.choices.resize(*rc::gen::inRange<std::size_t>(0, 20));
        for (auto& choice : one.choices)
            choice = {*piece + *piece, *piece + *piece};
    }
    const auto rendered = render(replies);
    if (const auto* said = std::get_if<text_reply>(&rendered)) {
        RC_ASSERT(said->content.size() <= max_text_bytes);
        RC_ASSERT(!said->content.empty());
        RC_ASSERT(valid_utf8(said->content));
        RC_ASSERT(links_are_whole(said->content));
    }
}

}  // namespace
