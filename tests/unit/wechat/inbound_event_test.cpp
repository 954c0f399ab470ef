#include "bot/wechat/inbound.hpp"
#include "tests/unit/wechat/inbound_content.hpp"
#include "tests/unit/wechat/sample.hpp"

#include <gtest/gtest.h>

namespace {

using namespace bot::wechat;

TEST(InboundEvent, ReadsFollowersAndScans)
{
    const auto follow =
        sample::read(
            sample::event_xml(
                "subscribe",
                "<EventKey><![CDATA[qrscene_case:20241201:77]]></EventKey><Ticket><![CDATA[gQDEMO]]></Ticket>"
            )
        )
            .value();
    EXPECT_EQ(std::get<subscribe_event>(follow.content).ticket, "gQDEMO");
    EXPECT_EQ(follow.event_key, "qrscene_case:20241201:77");
    EXPECT_EQ(follow.msg_id, 0U);
    content_of<unsubscribe_event>(sample::event_xml("unsubscribe", "<EventKey><![CDATA[]]></EventKey>"));
    const auto scan =
        content_of<scan_event>(sample::event_xml("SCAN", "<EventKey>case:77</EventKey><Ticket>gQ</Ticket>"));
    EXPECT_EQ(scan.ticket, "gQ");
}

TEST(InboundEvent, ComparesNamesWithoutRegardToCase)
{
    for (const std::string_view name : {"CLICK", "click", "Click"}) {
        const auto read = sample::read(sample::event_xml(name, "<EventKey>MENU_PSY</EventKey>")).value();
        EXPECT_TRUE(std::holds_alternative<click_event>(read.content)) << name;
        EXPECT_EQ(read.event, name) << "as it came";
        EXPECT_EQ(canonical_event(read.event), "CLICK");
    }
    EXPECT_EQ(canonical_event("Something_New"), "Something_New");
}

TEST(InboundEvent, ReadsMenus)
{
    content_of<click_event>(sample::event_xml("CLICK", "<EventKey><![CDATA[MENU_PSY]]></EventKey>"));
    EXPECT_EQ(
        content_of<view_event>(sample::event_xml("VIEW", "<EventKey>http://a</EventKey><MenuId>4</MenuId>"))
            .menu_id,
        "4"
    );
    EXPECT_EQ(
        content_of<view_miniprogram_event>(
            sample::event_xml("view_miniprogram", "<EventKey>p</EventKey><MenuId>5</MenuId>")
        )
            .menu_id,
        "5"
    );
    const auto* code =
        "<EventKey>6</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>2</ScanResult></"
        "ScanCodeInfo>";
    const scan_code_info expected{"qrcode", "2"};
    EXPECT_EQ(content_of<scancode_push_event>(sample::event_xml("scancode_push", code)).scan_code, expected);
    EXPECT_EQ(
        content_of<scancode_waitmsg_event>(sample::event_xml("scancode_waitmsg", code)).scan_code, expected
    );
    const auto* pictures =
        "<EventKey><![CDATA[EVIDENCE]]></EventKey><SendPicsInfo><Count>2</"
        "Count><PicList><item><PicMd5Sum><![CDATA["
        "0cc175b9c0f1b6a831c399e269772661]]></PicMd5Sum></"
        "item><item><PicMd5Sum><![CDATA[92eb5ffee6ae2fec3ad71c777531578f]]>"
        "</PicMd5Sum></item></PicList></SendPicsInfo>";
    const send_pics_info sent{2, {"0cc175b9c0f1b6a831c399e269772661", "92eb5ffee6ae2fec3ad71c777531578f"}};
    EXPECT_EQ(content_of<pic_sysphoto_event>(sample::event_xml("pic_sysphoto", pictures)).send_pics, sent);
    EXPECT_EQ(
        content_of<pic_photo_or_album_event>(sample::event_xml("pic_photo_or_album", pictures)).send_pics,
        sent
    );
    EXPECT_EQ(content_of<pic_weixin_event>(sample::event_xml("pic_weixin", pictures)).send_pics, sent);
    EXPECT_EQ(
        content_of<location_select_event>(sample::event_xml(
            "location_select",
            "<SendLocationInfo><Location_X>23</Location_X><Location_Y>113</Location_Y><Scale>15</Scale>"
            "<Label>广州</Label><Poiname>塔</Poiname></SendLocationInfo>"
        )),
        (location_select_event{23, 113, 15, "广州", "塔"})
    );
    EXPECT_EQ(
        content_of<location_event>(sample::event_xml(
            "LOCATION", "<Latitude>30.27</Latitude><Longitude>120.15</Longitude><Precision>65.0</Precision>"
        )),
        (location_event{30.27, 120.15, 65})
    );
}

TEST(InboundEvent, ReadsReceipts)
{
    EXPECT_EQ(
        content_of<templatesendjobfinish_event>(sample::event_xml(
            "TEMPLATESENDJOBFINISH",
            "<MsgID>3900000000000000001</MsgID><Status><![CDATA[failed:user block]]></Status>"
        )),
        (templatesendjobfinish_event{"3900000000000000001", "failed:user block"})
    );
    EXPECT_EQ(
        content_of<masssendjobfinish_event>(sample::event_xml(
            "MASSSENDJOBFINISH",
            "<MsgID>1000001625</MsgID><Status>err(30003)</Status><TotalCount>4</TotalCount><FilterCount>3</"
            "FilterCount>"
            "<SentCount>2</SentCount><ErrorCount>1</ErrorCount><CopyrightCheckResult><Count>1</Count></"
            "CopyrightCheckResult>"
        )),
        (masssendjobfinish_event{"1000001625", "err(30003)", 4, 3, 2, 1})
    );
    EXPECT_EQ(
        content_of<publishjobfinish_event>(sample::event_xml(
            "PUBLISHJOBFINISH",
            "<PublishEventInfo><publish_id>22</publish_id><publish_status>0</publish_status><article_id>a</"
            "article_id>"
            "<article_detail><count>1</count><item><idx>1</idx><article_url>u</article_url></item></"
            "article_detail>"
            "<fail_idx>3</fail_idx><fail_idx>4</fail_idx></PublishEventInfo>"
        )),
        (publishjobfinish_event{"22", "0", "a", {{"1", "u"}}, {"3", "4"}})
    );
}

TEST(InboundEvent, ReadsSubscriptionLists)
{
    const std::vector<subscribe_msg_entry> two{
        {.template_id = "TPL_A", .subscribe_status_string = "accept", .popup_scene = "1"},
        {.template_id = "TPL_B", .subscribe_status_string = "reject", .popup_scene = "1"},
    };
    EXPECT_EQ(
        content_of<subscribe_msg_popup_event>(sample::event_xml(
                                                  "subscribe_msg_popup_event",
                                                  "<SubscribeMsgPopupEvent><List><TemplateId><![CDATA[TPL_A]]"
                                                  "></TemplateId><SubscribeStatusString><![CDATA[accept]]>"
                                                  "</SubscribeStatusString><PopupScene>1</PopupScene></"
                                                  "List><List><TemplateId><![CDATA[TPL_B]]></TemplateId>"
                                                  "<SubscribeStatusString><![CDATA[reject]]></"
                                                  "SubscribeStatusString><PopupScene>1</PopupScene></List>"
                                                  "</SubscribeMsgPopupEvent>"
                                              ))
            .list,
        two
    );
    for (const std::string around : {"SubscribeMsgChangeEvent", "SubscribeMsgPopupEvent"})
        EXPECT_EQ(
            content_of<subscribe_msg_change_event>(
                sample::event_xml(
                    "subscribe_msg_change_event",
                    "<" + around +
                        "><List><TemplateId>T</TemplateId><SubscribeStatusString>reject</"
                        "SubscribeStatusString></List></" +
                        around + ">"
                )
            )
                .list,
            (std::vector<subscribe_msg_entry>{{.template_id = "T", .subscribe_status_string = "reject"}})
        ) << around;
    EXPECT_EQ(
        content_of<subscribe_msg_sent_event>(
            sample::event_xml(
                "subscribe_msg_sent_event",
                "<SubscribeMsgSentEvent><List><TemplateId>T</TemplateId><MsgID>1864323726461255680</"
                "MsgID><ErrorCode>0</ErrorCode>"
                "<ErrorStatus>success</ErrorStatus></List></SubscribeMsgSentEvent>"
            )
        )
            .list,
        (std::vector<subscribe_msg_entry>{
            {.template_id = "T", .msg_id = "1864323726461255680", .error_code = "0", .error_status = "success"
            }
        })
    );
}

TEST(InboundEvent, ReadsListsInJsonAsObjectOrArray)
{
    const std::vector<subscribe_msg_entry> one{
        {.template_id = "T", .subscribe_status_string = "accept", .popup_scene = "0"}
    };
    const std::string head = R"("MsgType":"event","Event":"subscribe_msg_popup_event",)";
    const std::string entry = R"({"TemplateId":"T","SubscribeStatusString":"accept","PopupScene":"0"})";
    for (const auto& list :
         {"\"List\":" + entry,
          "\"List\":[" + entry + "]",
          "\"SubscribeMsgPopupEvent\":{\"List\":" + entry + "}",
          "\"SubscribeMsgPopupEvent\":{\"List\":[" + entry + "]}"})
        EXPECT_EQ(content_of<subscribe_msg_popup_event>(sample::json(head + list)).list, one) << list;
    EXPECT_EQ(
        content_of<subscribe_msg_popup_event>(sample::json(head + "\"List\":[" + entry + "," + entry + "]"))
            .list.size(),
        2U
    );
    EXPECT_TRUE(content_of<subscribe_msg_popup_event>(sample::json(head + "\"List\":[]")).list.empty());
}

TEST(InboundEvent, ReadsAgentsSessions)
{
    EXPECT_EQ(
        content_of<kf_create_session_event>(
            sample::event_xml("kf_create_session", "<KfAccount>a@demo</KfAccount>")
        )
            .kf_account,
        "a@demo"
    );
    EXPECT_EQ(
        content_of<kf_close_session_event>(
            sample::event_xml("kf_close_session", "<KfAccount>a@demo</KfAccount><CloseType>KF</CloseType>")
        ),
        (kf_close_session_event{"a@demo", "KF"})
    );
    EXPECT_EQ(
        content_of<kf_switch_session_event>(sample::event_xml(
            "kf_switch_session",
            "<FromKfAccount><![CDATA[a@demo]]></FromKfAccount><ToKfAccount><![CDATA[b@demo]]></ToKfAccount>"
        )),
        (kf_switch_session_event{"a@demo", "b@demo"})
    );
}

TEST(InboundEvent, ReadsWithdrawalOfPersonalData)
{
    const auto* person =
        "<OpenID><![CDATA[oDemo1]]></OpenID><AppID><![CDATA[wxdemo0000000001]]></AppID><RevokeInfo>205</"
        "RevokeInfo><UnionID>u</UnionID>";
    EXPECT_EQ(
        content_of<user_authorization_revoke_event>(sample::event_xml("user_authorization_revoke", person)),
        (user_authorization_revoke_event{"oDemo1", "wxdemo0000000001", "205"})
    );
    EXPECT_EQ(
        content_of<user_authorization_cancellation_event>(
            sample::event_xml("user_authorization_cancellation", person)
        ),
        (user_authorization_cancellation_event{"oDemo1", "wxdemo0000000001"})
    );
    EXPECT_EQ(
        content_of<user_info_modified_event>(sample::event_xml("user_info_modified", person)),
        (user_info_modified_event{"oDemo1", "wxdemo0000000001", "u"})
    );
    EXPECT_EQ(
        content_of<user_authorization_revoke_event>(sample::json(
            R"("MsgType":"event","Event":"user_authorization_revoke"," OpenID":"oDemo1"," AppID":"wx","RevokeInfo":205)"
        )),
        (user_authorization_revoke_event{"oDemo1", "wx", "205"})
    ) << "blanks in keys, as the platform's sample has them";
}

TEST(InboundEvent, ReadsTheRest)
{
    EXPECT_EQ(
        content_of<wxa_media_check_event>(sample::event_xml(
            "wxa_media_check",
            "<appid>wx</appid><trace_id>60ae120f</trace_id><version>2</version><detail><item><prob>90</"
            "prob></item></detail>"
            "<result><suggest>risky</suggest><label>20002</label></result>"
        )),
        (wxa_media_check_event{"wx", "60ae120f", "2", "risky", "20002"})
    );
    for (const auto* name :
         {"qualification_verify_success",
          "qualification_verify_fail",
          "naming_verify_success",
          "naming_verify_fail",
          "annual_renew",
          "verify_expired"}) {
        const auto push = sample::event_xml(
            name,
            "<ExpiredTime>1442401156</ExpiredTime><FailTime>7</FailTime><FailReason><![CDATA[by "
            "time]]></FailReason>"
        );
        EXPECT_EQ(content_of<verification_event>(push), (verification_event{"1442401156", "7", "by time"}))
            << name;
    }
    EXPECT_EQ(
        content_of<user_enter_tempsession_event>(
            sample::json(R"("MsgType":"event","Event":"user_enter_tempsession","SessionFrom":"index")")
        )
            .session_from,
        "index"
    );
    EXPECT_EQ(
        content_of<debug_demo_event>(sample::event_xml("debug_demo", "<debug_str>hello world</debug_str>"))
            .debug_str,
        "hello world"
    );
    const auto unknown = sample::read(sample::event_xml("card_pass_check", "<CardId>x</CardId>")).value();
    EXPECT_TRUE(std::holds_alternative<unknown_event>(unknown.content));
    EXPECT_EQ(unknown.event, "card_pass_check");
}

}  // namespace
