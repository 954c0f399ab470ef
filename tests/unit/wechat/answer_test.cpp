#include "bot/wechat/envelope_text.hpp"
#include "bot/wechat/platform_side.hpp"
#include "bot/wechat/reply_body.hpp"
#include "bot/wechat/unicode.hpp"
#include "bot/wechat/webhook.hpp"
#include "tests/unit/wechat/sample.hpp"

#include <gtest/gtest.h>

namespace {

using namespace bot::wechat;
using namespace std::chrono_literals;

const std::string json_text = sample::json(R"("MsgType":"text","Content":"你好","MsgId":24800000000000001)");

// An account, the platform that serves it and our webhook.
struct exchange {
    explicit exchange(mode configured) : by(sample::account(configured)), platform(by), hook(by) {}

    received receive(std::string_view clear)
    {
        // One nonce is never used for two messages.
        const auto push = platform.push(clear, sample::open_id, sample::now, std::to_string(nonce++));
        return hook.receive(push.query, push.body, sample::now).value();
    }

    opened_reply answered(std::string_view clear, const passive_reply& reply)
    {
        const auto body = hook.answer(receive(clear), reply, sample::now);
        const auto opened = platform.open(body);
        EXPECT_TRUE(opened) << opened.error().message() << '\n' << body;
        return opened ? *opened : opened_reply{};
    }

    account by;
    platform_side platform;
    webhook hook;
    int nonce = 415670741;
};

TEST(Answer, SwapsTheNamesAndSpeaksInSeconds)
{
    exchange safe(mode::safe);
    const auto opened = safe.answered(sample::text_xml("你好"), text_reply{"请选择"});
    EXPECT_EQ(opened.to, sample::open_id);
    EXPECT_EQ(opened.from, sample::original_id);
    EXPECT_EQ(opened.create_time.time_since_epoch().count(), 1733000002);
    EXPECT_EQ(
        opened.clear,
        "<xml><ToUserName><![CDATA[oDemo0000000000000000000001]]></"
        "ToUserName><FromUserName><![CDATA[gh_0a1b2c3d4e5f]]>"
        "</FromUserName><CreateTime>1733000002</CreateTime><MsgType><![CDATA[text]]></"
        "MsgType><Content><![CDATA[请选择]]>"
        "</Content></xml>"
    );
}

TEST(Answer, WrapsTheCiphertextAsThePlatformWantsIt)
{
    exchange safe(mode::safe);
    const auto body = safe.hook.answer(safe.receive(sample::text_xml("你好")), text_reply{"好"}, sample::now);
    EXPECT_TRUE(body.starts_with("<xml><Encrypt><![CDATA[")) << body;
    EXPECT_NE(
        body.find("<TimeStamp>1733000002</TimeStamp><Nonce><![CDATA[415670741]]></Nonce></xml>"), body.npos
    ) << body;
    const auto json = safe.hook.answer(safe.receive(json_text), text_reply{"好"}, sample::now);
    EXPECT_TRUE(json.starts_with("{\"Encrypt\":\"")) << json;
    EXPECT_TRUE(json.ends_with(",\"TimeStamp\":1733000002,\"Nonce\":\"415670742\"}")) << json;
}

TEST(Answer, KeepsOneClearTextUnderFreshEnvelopes)
{
    exchange safe(mode::safe);
    const auto request = safe.receive(sample::text_xml("你好"));
    const auto first = safe.hook.answer(request, text_reply{"好"}, sample::now);
    const auto second = safe.hook.answer(request, text_reply{"好"}, sample::now);
    EXPECT_NE(first, second) << "the random prefix is fresh";
    EXPECT_EQ(safe.platform.open(first).value().clear, safe.platform.open(second).value().clear);
}

TEST(Answer, StaysClearInPlainMode)
{
    exchange plain(mode::plain);
    const auto body =
        plain.hook.answer(plain.receive(sample::text_xml("你好")), text_reply{"好"}, sample::now);
    EXPECT_NE(body.find("<Content><![CDATA[好]]></Content>"), body.npos);
    EXPECT_EQ(std::get<text_reply>(plain.platform.open(body).value().reply).content, "好");
}

TEST(Answer, IsEncryptedInCompatibleMode)
{
    exchange compatible(mode::compatible);
    const auto body =
        compatible.hook.answer(compatible.receive(sample::text_xml("你好")), text_reply{"好"}, sample::now);
    EXPECT_EQ(body.find("<Content>"), body.npos);
    EXPECT_EQ(std::get<text_reply>(compatible.platform.open(body).value().reply).content, "好");
}

TEST(Answer, SaysSuccessWhenThereIsNothingToSay)
{
    for (const auto mode : {mode::plain, mode::compatible, mode::safe}) {
        exchange with(mode);
        const auto request = with.receive(sample::text_xml("你好"));
        for (const passive_reply& nothing :
             {passive_reply(no_reply{}),
              passive_reply(text_reply{""}),
              passive_reply(text_reply{" \n"}),
              passive_reply(text_reply{"\x01"}),
              passive_reply(image_reply{""}),
              passive_reply(voice_reply{""}),
              passive_reply(video_reply{}),
              passive_reply(music_reply{}),
              passive_reply(news_reply{})}) {
            const auto body = with.hook.answer(request, nothing, sample::now);
            EXPECT_EQ(body, "success") << nothing.index();
            EXPECT_TRUE(std::holds_alternative<no_reply>(with.platform.open(body).value().reply));
        }
    }
}

template <class Reply>
void expect_back(const Reply& reply, const auto& same)
{
    for (const auto mode : {mode::plain, mode::safe}) {
        exchange with(mode);
        for (const auto& clear : {sample::text_xml("你好"), json_text}) {
            const auto opened = with.answered(clear, reply);
            ASSERT_TRUE(std::holds_alternative<Reply>(opened.reply)) << opened.clear;
            EXPECT_TRUE(same(std::get<Reply>(opened.reply))) << opened.clear;
        }
    }
}

TEST(Answer, WritesEveryReplyType)
{
    expect_back(text_reply{"a]]>b 😡\n<a href=\"https://x?a=1&b=2\">链</a>"}, [](const text_reply& got) {
        return got.content == "a]]>b 😡\n<a href=\"https://x?a=1&b=2\">链</a>";
    });
    expect_back(image_reply{"m"}, [](const image_reply& got) { return got.media_id == "m"; });
    expect_back(voice_reply{"m"}, [](const voice_reply& got) { return got.media_id == "m"; });
    expect_back(video_reply{"m", "题", "述"}, [](const video_reply& got) {
        return got.media_id == "m" && got.title == "题" && got.description == "述";
    });
    expect_back(music_reply{"t", "d", "u", "h", "m"}, [](const music_reply& got) {
        return got.title == "t" && got.description == "d" && got.music_url == "u" &&
               got.hq_music_url == "h" && got.thumb_media_id == "m";
    });
    expect_back(
        news_reply{{{"受理回执", "编号 77", "https://p.jpg", "https://u/77"}}},
        [](const news_reply& got) {
            const auto& one = got.articles.at(0);
            return got.articles.size() == 1 && one.title == "受理回执" && one.description == "编号 77" &&
                   one.picture_url == "https://p.jpg" && one.url == "https://u/77";
        }
    );
    expect_back(transfer_reply{"wang@demo"}, [](const transfer_reply& got) {
        return got.kf_account == "wang@demo";
    });
    expect_back(transfer_reply{}, [](const transfer_reply& got) { return got.kf_account.empty(); });
}

TEST(Answer, GivesAMessageOneArticleAndAnEventEight)
{
    exchange safe(mode::safe);
    const news_reply ten{std::vector<article>(10, article{"t", "d", "p", "u"})};
    const auto articles = [&](const std::string& clear) {
        return std::get<news_reply>(safe.answered(clear, ten).reply).articles.size();
    };
    EXPECT_EQ(articles(sample::text_xml("你好")), 1U);
    EXPECT_EQ(articles(sample::event_xml("CLICK", "<EventKey>A</EventKey>")), 8U);
}

TEST(Answer, CutsALongTextAtACharacter)
{
    exchange safe(mode::safe);
    std::string longer;
    for (int i = 0; i < 1000; ++i)
        longer += "邻";
    const auto opened = safe.answered(sample::text_xml("你好"), text_reply{longer});
    const auto& content = std::get<text_reply>(opened.reply).content;
    EXPECT_EQ(content.size(), 2046U);
    EXPECT_TRUE(valid_utf8(content));
}

TEST(Answer, CutsBeforeALinkThatWouldNotBeWhole)
{
    const std::string link = "<a href=\"weixin://bizmsgmenu?msgmenucontent=x&msgmenuid=y\">标签</a>";
    for (std::size_t lead = 2048 - link.size() + 1; lead < 2048; ++lead) {
        const auto fitted = fitting_text(std::string(lead, 'x') + link + "after");
        EXPECT_EQ(fitted, std::string(lead, 'x')) << lead;
    }
    const auto whole = std::string(2048 - link.size(), 'x') + link;
    EXPECT_EQ(fitting_text(whole + "after"), whole);
}

TEST(Answer, LeavesOutCharactersThatXmlForbids)
{
    exchange safe(mode::safe);
    const auto opened = safe.answered(sample::text_xml("你好"), text_reply{"a\x0B\x1B[31m\xFFz"});
    EXPECT_EQ(std::get<text_reply>(opened.reply).content, "a[31m\xEF\xBF\xBDz");
}

TEST(Platform, RefusesWhatTheRealOneWould)
{
    exchange safe(mode::safe);
    const auto good = safe.hook.answer(safe.receive(sample::text_xml("你好")), text_reply{"好"}, sample::now);
    const auto error = [&](const std::string& body) {
        const auto opened = safe.platform.open(body);
        return opened ? "" : std::string(bot::error_name(opened.error()));
    };
    EXPECT_EQ(error(good), "");
    auto changed = good;
    changed.replace(changed.find("<TimeStamp>1733000002"), 21, "<TimeStamp>1733000003");
    EXPECT_EQ(error(changed), "bad_signature");
    EXPECT_EQ(error("<html>502</html>"), "bad_message");
    EXPECT_EQ(error("{\"error\":1"), "bad_message");
    EXPECT_EQ(error(sample::text_xml("clear")), "refused_mode");
    exchange plain(mode::plain);
    EXPECT_EQ(plain.platform.open(good).error(), bot::errc::refused_mode);
    EXPECT_FALSE(plain.platform.open(sample::text_xml(""))) << "an empty text is no reply";
    EXPECT_FALSE(plain.platform.open(
        "<xml><ToUserName>o</ToUserName><FromUserName>g</FromUserName><CreateTime>1733000002000</CreateTime>"
        "<MsgType>text</MsgType><Content>x</Content></xml>"
    )) << "milliseconds";
    EXPECT_FALSE(plain.platform.open(
        "<xml><ToUserName>o</ToUserName><FromUserName>g</FromUserName><CreateTime>1733000002</"
        "CreateTime><MsgType>news"
        "</MsgType><ArticleCount>2</ArticleCount><Articles><item><Title>t</Title></item></Articles></xml>"
    )) << "a count that is wrong";
}

}  // namespace
