// The kinds of things a person can send, and what the phone remembers.

#include "bot/simulator/fake_platform.hpp"
#include "tests/unit/simulator/webhook_server.hpp"

#include <gtest/gtest.h>
#include <httplib.h>

#include <stdexcept>

namespace {

using namespace std::chrono_literals;
namespace simulator = bot::simulator;
namespace wechat = bot::wechat;

wechat::passive_reply menu_reply(const wechat::inbound&)
{
    return wechat::text_reply{
        "请选择：\n<a "
        "href=\"weixin://bizmsgmenu?msgmenucontent=%E6%B3%95%E5%BE%8B%E5%92%A8%E8%AF%A2&msgmenuid="
        "menu/legal\">法律咨询</a>\n<a href=\"https://example.org/a?b=1&c=2\">说明</a>"
    };
}

class person : public testing::Test {
protected:
    person()
    {
        simulator::platform_options options;
        options.account = tests::demo_account();
        options.clock = &clock;
        options.webhook = hook.url();
        platform = std::make_unique<simulator::fake_platform>(options);
    }

    simulator::person& citizen() { return platform->person("oDemo0000000000000000000001", "张阿姨"); }
    wechat::inbound last() { return hook.arrivals().back().push.message; }

    bot::fixed_clock clock{bot::instant{1'763'000'000'000ms}};
    tests::webhook_server hook{tests::demo_account(), clock, menu_reply};
    std::unique_ptr<simulator::fake_platform> platform;
};

TEST_F(person, SeesTextWithItsLinksAndTapsThem)
{
    const auto answer = citizen().say("你好");
    EXPECT_EQ(answer.text, "请选择：\n法律咨询\n说明");
    ASSERT_EQ(answer.choices().size(), 1u);
    EXPECT_EQ(answer.choices()[0].says, "法律咨询");
    EXPECT_EQ(answer.parts.back().href, "https://example.org/a?b=1&c=2");
    citizen().tap("法律咨询");
    const auto tapped = std::get<wechat::text_message>(last().content);
    EXPECT_EQ(tapped.content, "法律咨询");
    EXPECT_EQ(tapped.bizmsgmenuid, "menu/legal");
    EXPECT_THROW(citizen().tap("不存在"), std::invalid_argument);
}

TEST_F(person, TapsTheMenuOfTheAccount)
{
    platform->set_menu(std::string(simulator::demo_menu()));
    citizen().tap("举报投诉");
    EXPECT_EQ(last().event, "CLICK");
    EXPECT_EQ(last().event_key, "menu/complaint");
    EXPECT_EQ(citizen().history().front().label, "举报投诉");
}

TEST_F(person, FollowsScansAndLeaves)
{
    EXPECT_FALSE(citizen().following());
    citizen().follow("case:77");
    EXPECT_EQ(last().event, "subscribe");
    EXPECT_EQ(last().event_key, "qrscene_case:77");
    EXPECT_TRUE(citizen().following());
    citizen().scan("case:78");
    EXPECT_EQ(last().event, "SCAN");
    EXPECT_EQ(last().event_key, "case:78");
    citizen().unfollow();
    EXPECT_EQ(last().event, "unsubscribe");
    EXPECT_FALSE(citizen().following());
    citizen().scan("case:79");  // a scan by somebody who left follows again
    EXPECT_EQ(last().event, "subscribe");
}

TEST_F(person, SendsAPictureThatThePlatformKeepsAndServes)
{
    const std::string bytes("\xFF\xD8\xFF\0jpeg", 8);
    citizen().send_picture(bytes);
    const auto sent = std::get<wechat::image_message>(last().content);
    const auto kept = platform->find_media(sent.media_id);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->bytes, bytes);
    ASSERT_TRUE(sent.pic_url.starts_with(platform->api_base()));
    httplib::Client client(platform->api_base());
    const auto got = client.Get(sent.pic_url.substr(platform->api_base().size()));
    ASSERT_TRUE(got);
    EXPECT_EQ(got->body, bytes);
    EXPECT_EQ(got->get_header_value("Content-Type"), "image/jpeg");
}

TEST_F(person, SendsVoicePlaceAndLink)
{
    citizen().send_voice("#!AMR", "老板不发工资");
    EXPECT_EQ(std::get<wechat::voice_message>(last().content).recognition, "老板不发工资");
    citizen().send_location(28.01652, 120.65518, "五马街道");
    const auto place = std::get<wechat::location_message>(last().content);
    EXPECT_NEAR(place.location_x, 28.01652, 1e-6);
    EXPECT_NEAR(place.location_y, 120.65518, 1e-6);
    EXPECT_EQ(place.label, "五马街道");
    citizen().send_link("须知", "流程", "https://example.org/?a=1&b=2");
    EXPECT_EQ(std::get<wechat::link_message>(last().content).url, "https://example.org/?a=1&b=2");
}

TEST_F(person, MessagesHaveNumbersOfTheirOwnEventsHaveNone)
{
    citizen().say("一");
    const auto first = last().msg_id;
    citizen().say("一");
    EXPECT_GT(last().msg_id, first);
    citizen().follow();
    EXPECT_EQ(last().msg_id, 0u);
}

TEST_F(person, RawPushesPassUnchanged)
{
    const std::string receipt =
        "<xml><ToUserName>gh_0a1b2c3d4e5f</ToUserName><FromUserName>oDemo0000000000000000000001</"
        "FromUserName>"
        "<CreateTime>1763000000</CreateTime><MsgType>event</MsgType><Event>TEMPLATESENDJOBFINISH</Event>"
        "<MsgID>3900000000000000001</MsgID><Status>failed:user block</Status></xml>";
    citizen().send_raw(receipt);
    EXPECT_EQ(std::get<wechat::templatesendjobfinish_event>(last().content).status, "failed:user block");
}

TEST_F(person, HistoryCountsUpAndCanBeReadFromAPoint)
{
    citizen().say("一");
    citizen().say("二");
    const auto all = citizen().history();
    ASSERT_EQ(all.size(), 4u);
    EXPECT_EQ(all[0].from, "person");
    EXPECT_EQ(all[1].from, "account");
    EXPECT_EQ(all[0].exchange, all[1].exchange);
    EXPECT_EQ(all[3].seq, 4u);
    const auto rest = citizen().history(3);
    ASSERT_EQ(rest.size(), 1u);
    EXPECT_EQ(rest[0].seq, 4u);
    const auto raw = platform->find_exchange(all[3].exchange);
    ASSERT_TRUE(raw);
    EXPECT_EQ(raw->deliveries.size(), 1u);
    EXPECT_FALSE(platform->find_exchange(999'999));
}

struct markup {
    const char* content;
    std::vector<simulator::part> parts;
};

TEST(Markup, IsReadAsThePhoneReadsIt)
{
    const std::vector<markup> rows{
        {"没有链接 1 < 2 <b>", {{.text = "没有链接 1 < 2 <b>"}}},
        {"<a href='https://x.cn'>甲</a>乙", {{.text = "甲", .href = "https://x.cn"}, {.text = "乙"}}},
        {"<a href=\"https://x.cn\">没有结束", {{.text = "<a href=\"https://x.cn\">没有结束"}}},
        {"<a name=\"x\">甲</a>", {{.text = "<a name=\"x\">甲</a>"}}},
        {"<a href=\"weixin://bizmsgmenu?msgmenucontent=%31&msgmenuid=a%2Fb\">一</a>",
         {{.text = "一",
           .href = "weixin://bizmsgmenu?msgmenucontent=%31&msgmenuid=a%2Fb",
           .says = "1",
           .menu_id = "a/b",
           .choice = true}}},
    };
    for (const auto& row : rows) EXPECT_EQ(simulator::read_markup(row.content), row.parts) << row.content;
}

TEST(Shown, OnlyTheFirstArticleInAnswerToAMessage)
{
    const wechat::news_reply two{{{"甲", "", "", "https://a"}, {"乙", "", "", "https://b"}}};
    EXPECT_EQ(simulator::show(two, false).articles.size(), 1u);
    EXPECT_EQ(simulator::show(two, true).articles.size(), 2u);
}

}  // namespace
