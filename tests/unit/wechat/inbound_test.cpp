#include "bot/wechat/inbound.hpp"
#include "bot/wechat/inbound_xml.hpp"
#include "tests/unit/wechat/inbound_content.hpp"
#include "tests/unit/wechat/sample.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

using namespace bot::wechat;

// ---- messages ----

TEST(Inbound, ReadsTheCommonFields)
{
    const auto read = sample::read(sample::text_xml("邻居半夜装修😡，我能找谁调解？")).value();
    EXPECT_EQ(read.to, sample::original_id);
    EXPECT_EQ(read.from, sample::open_id);
    EXPECT_EQ(read.create_time.time_since_epoch().count(), 1733000001);
    EXPECT_EQ(read.msg_type, "text");
    EXPECT_EQ(read.msg_id, 24800000000000001U);
    EXPECT_EQ(read.msg_id_text, "24800000000000001");
    EXPECT_EQ(read.event, "");
    EXPECT_EQ(std::get<text_message>(read.content).content, "邻居半夜装修😡，我能找谁调解？");
}

TEST(Inbound, ReadsTextWithAMenuTap)
{
    const auto text = content_of<text_message>(
        sample::xml("<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[物业纠纷]]></"
                    "Content><MsgId>24800000000000002</MsgId>"
                    "<bizmsgmenuid>dispute_property</bizmsgmenuid><MenuId>7</MenuId>")
    );
    EXPECT_EQ(text, (text_message{"物业纠纷", "dispute_property", "7"}));
}

TEST(Inbound, ReadsEveryMessageType)
{
    EXPECT_EQ(
        content_of<image_message>(sample::xml(
            "<MsgType><![CDATA[image]]></MsgType><PicUrl><![CDATA[http://mmbiz.example/img1]]></PicUrl>"
            "<MediaId><![CDATA[mid-img-1]]></MediaId><MsgId>24800000000000003</MsgId>"
        )),
        (image_message{"http://mmbiz.example/img1", "mid-img-1"})
    );
    EXPECT_EQ(
        content_of<voice_message>(sample::xml(
            "<MsgType><![CDATA[voice]]></MsgType><MediaId><![CDATA[mid-voice-1]]></"
            "MediaId><Format><![CDATA[amr]]>"
            "</Format><MsgId>24800000000000004</MsgId><MediaId16K><![CDATA[mid-voice-1-16k]]></MediaId16K>"
            "<Recognition><![CDATA[]]></Recognition>"
        )),
        (voice_message{"mid-voice-1", "amr", "", "mid-voice-1-16k"})
    );
    EXPECT_EQ(
        content_of<video_message>(sample::xml(
            "<MsgType>video</MsgType><MediaId>v</MediaId><ThumbMediaId>t</ThumbMediaId><MsgId>1</MsgId>"
        )),
        (video_message{"v", "t"})
    );
    EXPECT_EQ(
        content_of<shortvideo_message>(
            sample::xml("<MsgType><![CDATA[shortvideo]]></MsgType><MediaId><![CDATA[mid-sv-1]]></MediaId>"
                        "<ThumbMediaId><![CDATA[mid-sv-1-t]]></ThumbMediaId><MsgId>24800000000000006</MsgId>")
        ),
        (shortvideo_message{"mid-sv-1", "mid-sv-1-t"})
    );
    EXPECT_EQ(
        content_of<location_message>(sample::xml(
            "<MsgType><![CDATA[location]]></MsgType><Location_X>30.274150</Location_X><Location_Y>120.155150"
            "</Location_Y><Scale>15</Scale><Label><![CDATA[杭州市某某路1号]]></"
            "Label><MsgId>24800000000000005</MsgId>"
        )),
        (location_message{30.27415, 120.15515, 15, "杭州市某某路1号"})
    );
    EXPECT_EQ(
        content_of<link_message>(
            sample::xml("<MsgType><![CDATA[link]]></MsgType><Title><![CDATA[调解须知]]></"
                        "Title><Description><![CDATA[流程]]>"
                        "</Description><Url><![CDATA[https://m.example.org/a?b=1&c=2]]></"
                        "Url><MsgId>24800000000000007</MsgId>")
        ),
        (link_message{"调解须知", "流程", "https://m.example.org/a?b=1&c=2"})
    );
    EXPECT_EQ(
        content_of<miniprogrampage_message>(sample::xml(
            "<MsgType>miniprogrampage</MsgType><Title>t</Title><AppId>wx</AppId><PagePath>pages/x</PagePath>"
            "<ThumbUrl>u</ThumbUrl><ThumbMediaId>m</ThumbMediaId><MsgId>1</MsgId>"
        )),
        (miniprogrampage_message{"t", "wx", "pages/x", "u", "m"})
    );
    EXPECT_EQ(
        content_of<file_message>(sample::xml(
            "<MsgType>file</MsgType><Title>合同.pdf</Title><Description>d</Description><FileKey>k</FileKey>"
            "<FileMd5>m</FileMd5><FileTotalLen>5000000000</FileTotalLen><MsgId>1</MsgId>"
        )),
        (file_message{"合同.pdf", "d", "k", "m", 5'000'000'000})
    );
}

TEST(Inbound, KeepsTheNameOfAnUnknownType)
{
    const auto read =
        sample::read(sample::xml("<MsgType>hologram</MsgType><MsgId>9</MsgId><New>1</New>")).value();
    EXPECT_TRUE(std::holds_alternative<unknown_message>(read.content));
    EXPECT_EQ(read.msg_type, "hologram");
    EXPECT_EQ(read.msg_id, 9U);
}

TEST(Inbound, TakesALocationItCannotReadAsUnknown)
{
    for (const auto* place :
         {"<Location_X>north</Location_X><Location_Y>1</Location_Y>",
          "<Location_X>1</Location_X>",
          "<Location_X>91</Location_X><Location_Y>1</Location_Y>",
          "<Location_X>1</Location_X><Location_Y>-181</Location_Y>",
          "<Location_X>nan</Location_X><Location_Y>1</Location_Y>",
          "<Location_X>1e999</Location_X><Location_Y>1</Location_Y>",
          "<Location_X></Location_X><Location_Y></Location_Y>"}) {
        const auto read = sample::read(sample::xml("<MsgType>location</MsgType>" + std::string(place)));
        ASSERT_TRUE(read) << place;
        EXPECT_TRUE(std::holds_alternative<unknown_message>(read->content)) << place;
    }
}

TEST(Inbound, DoesNotMindTheOrderOrUnknownElements)
{
    const auto read = sample::read(
        "<xml><URL><![CDATA[http://x]]></URL><MsgId>12345</MsgId><Content>hello</Content><MsgType>text</"
        "MsgType>"
        "<CreateTime>1234567898</CreateTime><FromUserName>o</FromUserName><ToUserName>gh_1</ToUserName>"
        "<MsgDataId>5</MsgDataId><Idx>1</Idx></xml>"
    );
    ASSERT_TRUE(read);
    EXPECT_EQ(std::get<text_message>(read->content).content, "hello");
    EXPECT_EQ(read->msg_id, 12345U);
}

TEST(Inbound, RefusesWhatLacksARequiredField)
{
    const std::string whole =
        "<xml><ToUserName>gh_1</ToUserName><FromUserName>o</FromUserName><CreateTime>1</CreateTime>"
        "<MsgType>event</MsgType><Event>CLICK</Event></xml>";
    EXPECT_TRUE(sample::read(whole));
    for (const std::string_view name : {"ToUserName", "FromUserName", "CreateTime", "MsgType", "Event"}) {
        auto without = whole;
        const auto begin = without.find("<" + std::string(name) + ">");
        const auto end = without.find("</" + std::string(name) + ">") + name.size() + 3;
        without.erase(begin, end - begin);
        EXPECT_FALSE(sample::read(without)) << name;
    }
}

TEST(Inbound, ReadsTimesInSecondsBeyond2038)
{
    const auto at = [](std::string_view time) {
        return sample::read(
            "<xml><ToUserName>gh_1</ToUserName><FromUserName>o</FromUserName><CreateTime>" +
            std::string(time) + "</CreateTime><MsgType>text</MsgType></xml>"
        );
    };
    EXPECT_EQ(at("4102444800")->create_time.time_since_epoch().count(), 4102444800);
    EXPECT_EQ(at(" 1733000001\n")->create_time.time_since_epoch().count(), 1733000001);
    for (const auto* bad : {"", "x", "-1", "1733000001000", "1e9", "17.5", "99999999999999999999", "0x10"})
        EXPECT_FALSE(at(bad)) << bad;
}

TEST(Inbound, KeepsAMessageIdThatIsNoNumber)
{
    const auto read = sample::read(sample::xml("<MsgType>text</MsgType><MsgId>abc-1</MsgId>")).value();
    EXPECT_EQ(read.msg_id_text, "abc-1");
    EXPECT_EQ(read.msg_id, 0U);
}

// ---- JSON ----

TEST(InboundJson, ReadsMessageIdsOfBothKinds)
{
    for (const auto* id : {R"("MsgId":24800000000000001)", R"("MsgId":"24800000000000001")"}) {
        const auto read =
            sample::read(sample::json(R"("MsgType":"text","Content":"x",)" + std::string(id))).value();
        EXPECT_EQ(read.msg_id, 24800000000000001U) << id;
        EXPECT_EQ(read.msg_id_text, "24800000000000001") << id;
    }
    const auto largest =
        sample::read(sample::json(R"("MsgType":"text","MsgId":18446744073709551615)")).value();
    EXPECT_EQ(largest.msg_id, UINT64_MAX);
}

TEST(InboundJson, GivesTheSameValueAsXml)
{
    EXPECT_EQ(
        sample::read(sample::json(
            R"("MsgType":"location","Location_X":30.27415,"Location_Y":120.15515,"Scale":15,"Label":"路1号","MsgId":5)"
        )),
        sample::read(sample::xml("<MsgType>location</MsgType><Location_X>30.274150</"
                                 "Location_X><Location_Y>120.155150</Location_Y><Scale>15</Scale>"
                                 "<Label>路1号</Label><MsgId>5</MsgId>"))
    );
    EXPECT_EQ(
        sample::read(sample::json(
            R"("MsgType":"event","Event":"pic_weixin","SendPicsInfo":{"Count":2,"PicList":[{"PicMd5Sum":"a"},{"PicMd5Sum":"b"}]})"
        )),
        sample::read(sample::event_xml(
            "pic_weixin",
            "<SendPicsInfo><Count>2</Count><PicList><item><PicMd5Sum>a</PicMd5Sum></item><item><PicMd5Sum>b</"
            "PicMd5Sum></item></PicList></SendPicsInfo>"
        ))
    );
}

// ---- writing ----

inbound sent(
    inbound_content content, std::string_view type, std::string_view event = "", std::string_view key = ""
)
{
    inbound made;
    made.to = sample::original_id;
    made.from = sample::open_id;
    made.create_time = std::chrono::sys_seconds(std::chrono::seconds(1733000001));
    made.msg_type = type;
    made.event = event;
    made.event_key = key;
    if (event.empty()) {
        made.msg_id = 24800000000000001U;
        made.msg_id_text = "24800000000000001";
    }
    made.content = std::move(content);
    return made;
}

TEST(InboundXml, ReadsBackWhatAPersonCanSend)
{
    for (const auto& message :
         {sent(text_message{"a]]>b & <c> 😡\n", "menu/x", ""}, "text"),
          sent(image_message{"http://p?a=1&b=2", "m"}, "image"),
          sent(voice_message{"m", "amr", "说了", "m16"}, "voice"),
          sent(video_message{"v", "t"}, "video"),
          sent(shortvideo_message{"v", "t"}, "shortvideo"),
          sent(location_message{-30.274151, 120.1551500001, 15, "某路"}, "location"),
          sent(link_message{"t", "d", "https://a?b=1&c=2"}, "link"),
          sent(subscribe_event{"gQ"}, "event", "subscribe", "qrscene_7"),
          sent(subscribe_event{}, "event", "subscribe"),
          sent(unsubscribe_event{}, "event", "unsubscribe"),
          sent(scan_event{"gQ"}, "event", "SCAN", "7"),
          sent(click_event{}, "event", "CLICK", "MENU")})
        EXPECT_EQ(sample::read(to_xml(message)), message) << to_xml(message);
}

TEST(InboundXml, RefusesWhatNobodyCanSend)
{
    EXPECT_THROW(
        to_xml(sent(templatesendjobfinish_event{}, "event", "TEMPLATESENDJOBFINISH")), std::invalid_argument
    );
    EXPECT_THROW(to_xml(sent(unknown_message{}, "hologram")), std::invalid_argument);
}

RC_GTEST_PROP(InboundXml, ReadsBackAnyText, ())
{
    const auto pieces =
        *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::vector<std::string>{
            "]]>",
            "]",
            ">",
            "<xml>",
            "&#10;",
            "&amp;",
            "邻居",
            "👨‍👩‍👧",
            "\n",
            "  ",
            "a",
            "\xE2\x80\xAE",
            "\"",
            "'",
            "/::)",
            "{",
            "\\u0041"
        }));
    std::string text;
    for (const auto& piece : pieces)
        text += piece;
    const auto message = sent(text_message{text, text, ""}, "text");
    RC_ASSERT(sample::read(to_xml(message)) == message);
}

}  // namespace
