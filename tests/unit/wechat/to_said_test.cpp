#include "bot/wechat/to_said.hpp"
#include "tests/unit/wechat/sample.hpp"

#include <gtest/gtest.h>

namespace {

using namespace bot::wechat;

template <class Said>
Said said_by(std::string_view push)
{
    const auto read = sample::read(push);
    if (!read) {
        ADD_FAILURE() << "cannot be read: " << push;
        return {};
    }
    const auto said = to_said(*read);
    if (!std::holds_alternative<Said>(said)) {
        ADD_FAILURE() << "said alternative " << said.index() << ": " << push;
        return {};
    }
    return std::get<Said>(said);
}

TEST(ToSaid, TakesTextAndTappedChoice)
{
    const auto typed = said_by<dialogs::said_text>(sample::text_xml("你好"));
    EXPECT_EQ(typed.text, "你好");
    EXPECT_EQ(typed.choice, "");
    const auto tapped =
        said_by<dialogs::said_text>(sample::xml("<MsgType>text</MsgType><Content>物业纠纷</Content><MsgId>1</"
                                                "MsgId><bizmsgmenuid>filing/type/property</bizmsgmenuid>"));
    EXPECT_EQ(tapped.text, "物业纠纷");
    EXPECT_EQ(tapped.choice, "filing/type/property");
}

TEST(ToSaid, TakesMedia)
{
    const auto picture = said_by<dialogs::sent_picture>(
        sample::xml("<MsgType>image</MsgType><PicUrl>http://p</PicUrl><MediaId>m</MediaId>")
    );
    EXPECT_EQ(picture.media_id, "m");
    EXPECT_EQ(picture.url, "http://p");
    const auto voice = said_by<dialogs::sent_voice>(
        sample::xml("<MsgType>voice</MsgType><MediaId>m</MediaId><Recognition>邻居很吵</Recognition>")
    );
    EXPECT_EQ(voice.media_id, "m");
    EXPECT_EQ(voice.transcript, "邻居很吵");
    EXPECT_EQ(
        said_by<dialogs::sent_voice>(sample::xml("<MsgType>voice</MsgType><MediaId>m</MediaId>")).transcript,
        ""
    );
    for (const std::string type : {"video", "shortvideo"})
        EXPECT_EQ(
            said_by<dialogs::sent_video>(sample::xml("<MsgType>" + type + "</MsgType><MediaId>v</MediaId>"))
                .media_id,
            "v"
        );
    const auto file = said_by<dialogs::sent_file>(
        sample::xml("<MsgType>file</MsgType><Title>合同.pdf</Title><FileKey>k</FileKey>")
    );
    EXPECT_EQ(file.title, "合同.pdf");
    EXPECT_EQ(file.media_id, "");
}

// X is the latitude.
TEST(ToSaid, TakesPlacesAndLinks)
{
    const auto place = said_by<dialogs::sent_location>(
        sample::xml("<MsgType>location</MsgType><Location_X>28.01</Location_X><Location_Y>120.66</"
                    "Location_Y><Label>鹿城</Label>")
    );
    EXPECT_EQ(place.latitude, 28.01);
    EXPECT_EQ(place.longitude, 120.66);
    EXPECT_EQ(place.label, "鹿城");
    const auto link =
        said_by<dialogs::sent_link>(sample::xml("<MsgType>link</MsgType><Title>t</Title><Url>https://u</Url>")
        );
    EXPECT_EQ(link.title, "t");
    EXPECT_EQ(link.url, "https://u");
    EXPECT_EQ(
        said_by<dialogs::sent_link>(sample::xml("<MsgType>miniprogrampage</MsgType><Title>t</Title>")).title,
        "t"
    );
}

TEST(ToSaid, CutsThePrefixOfANewFollowersSceneOnly)
{
    EXPECT_EQ(
        said_by<dialogs::followed>(sample::event_xml("subscribe", "<EventKey>qrscene_case:77</EventKey>"))
            .scene,
        "case:77"
    );
    EXPECT_EQ(said_by<dialogs::followed>(sample::event_xml("subscribe", "")).scene, "");
    EXPECT_EQ(
        said_by<dialogs::scanned>(sample::event_xml("SCAN", "<EventKey>case:77</EventKey>")).scene, "case:77"
    );
    EXPECT_EQ(
        said_by<dialogs::scanned>(sample::event_xml("SCAN", "<EventKey>qrscene_7</EventKey>")).scene,
        "qrscene_7"
    );
    said_by<dialogs::unfollowed>(sample::event_xml("unsubscribe", ""));
}

TEST(ToSaid, TakesMenuTaps)
{
    EXPECT_EQ(
        said_by<dialogs::tapped_menu>(sample::event_xml("CLICK", "<EventKey>MENU_PSY</EventKey>")).key,
        "MENU_PSY"
    );
    EXPECT_EQ(
        said_by<dialogs::tapped_menu>(sample::event_xml("scancode_waitmsg", "<EventKey>SCAN_CASE</EventKey>"))
            .key,
        "SCAN_CASE"
    );
}

TEST(ToSaid, NoticesWhatNeedsNoAnswer)
{
    for (const auto* event :
         {"LOCATION",
          "VIEW",
          "view_miniprogram",
          "scancode_push",
          "pic_sysphoto",
          "pic_photo_or_album",
          "pic_weixin",
          "location_select",
          "TEMPLATESENDJOBFINISH",
          "subscribe_msg_popup_event",
          "subscribe_msg_change_event",
          "subscribe_msg_sent_event",
          "MASSSENDJOBFINISH",
          "PUBLISHJOBFINISH",
          "kf_create_session",
          "kf_close_session",
          "kf_switch_session",
          "user_info_modified",
          "user_authorization_revoke",
          "user_authorization_cancellation",
          "wxa_media_check",
          "annual_renew",
          "user_enter_tempsession",
          "debug_demo",
          "card_pass_check"})
        EXPECT_EQ(said_by<dialogs::noticed>(sample::event_xml(event, "")).kind, event);
    EXPECT_EQ(said_by<dialogs::noticed>(sample::event_xml("location", "")).kind, "LOCATION")
        << "one name for the event";
    EXPECT_EQ(said_by<dialogs::noticed>(sample::xml("<MsgType>hologram</MsgType>")).kind, "hologram");
    EXPECT_EQ(said_by<dialogs::noticed>(sample::xml("<MsgType>location</MsgType>")).kind, "location");
}

}  // namespace
