// The API as the server calls it: tokens, quotas, refusals, faults.

#include "bot/simulator/fake_platform.hpp"
#include "tests/unit/simulator/webhook_server.hpp"

#include <gtest/gtest.h>
#include <httplib.h>
#include <boost/json.hpp>

namespace {

using namespace std::chrono_literals;
namespace json = boost::json;
namespace simulator = bot::simulator;

constexpr auto somebody = "oDemo0000000000000000000001";

class api : public testing::Test {
protected:
    api()
    {
        simulator::platform_options options;
        options.account = tests::demo_account();
        options.clock = &clock;
        options.webhook = hook.url();
        options.templates = {"TPL_A"};
        platform = std::make_unique<simulator::fake_platform>(options);
        client = std::make_unique<httplib::Client>(platform->api_base());
    }

    json::object read(const httplib::Result& result)
    {
        EXPECT_TRUE(result);
        if (!result) return {};
        EXPECT_EQ(result->status, 200);
        return json::parse(result->body).as_object();
    }
    json::object get(const std::string& path) { return read(client->Get(path)); }
    json::object post(const std::string& path, const std::string& body)
    {
        return read(client->Post(path, body, "application/json"));
    }
    static std::int64_t code(const json::object& answer)
    {
        return answer.contains("errcode") ? answer.at("errcode").as_int64() : 0;
    }
    std::string token()
    {
        const auto& account = platform->account();
        const json::object body{
            {"grant_type", "client_credential"}, {"appid", account.app_id}, {"secret", account.app_secret}
        };
        return std::string(post("/cgi-bin/stable_token", json::serialize(body)).at("access_token").as_string()
        );
    }
    std::string classic()
    {
        const auto& account = platform->account();
        const auto answer =
            get("/cgi-bin/token?grant_type=client_credential&appid=" + account.app_id +
                "&secret=" + account.app_secret);
        return std::string(answer.at("access_token").as_string());
    }
    std::int64_t with(const std::string& token)
    {
        return code(get("/cgi-bin/getcallbackip?access_token=" + token));
    }
    std::int64_t send(const std::string& text)
    {
        const json::object body{{"touser", somebody}, {"msgtype", "text"}, {"text", {{"content", text}}}};
        return code(post("/cgi-bin/message/custom/send?access_token=" + token(), json::serialize(body)));
    }
    void advance(std::chrono::milliseconds by) { clock.set(clock.now() + by); }

    bot::fixed_clock clock{bot::instant{1'763'000'000'000ms}};
    tests::webhook_server hook{tests::demo_account(), clock, [](const auto&) {
                                   return bot::wechat::no_reply{};
                               }};
    std::unique_ptr<simulator::fake_platform> platform;
    std::unique_ptr<httplib::Client> client;
};

TEST_F(api, StableTokenStaysAndIsRenewedFiveMinutesBeforeItsEnd)
{
    const auto first = token();
    EXPECT_EQ(token(), first);
    advance(6'899s);
    EXPECT_EQ(token(), first);
    advance(1s);
    const auto second = token();
    EXPECT_NE(second, first);
    EXPECT_EQ(with(first), 0);  // both work in the last five minutes
    EXPECT_EQ(with(second), 0);
    advance(5min);
    EXPECT_EQ(with(first), 42001);
    EXPECT_EQ(with(second), 0);
}

TEST_F(api, ClassicTokensPushEachOtherOut)
{
    const auto first = classic();
    const auto second = classic();
    EXPECT_NE(first, second);
    EXPECT_EQ(with(first), 0);
    advance(5min);
    EXPECT_EQ(with(first), 42001);
    EXPECT_EQ(with(second), 0);
    EXPECT_EQ(with(token()), 0);  // of a family of its own
    EXPECT_EQ(with(second), 0);
}

TEST_F(api, ForcedRefreshKillsTheOldTokenAtOnce)
{
    const auto first = token();
    const auto& account = platform->account();
    const json::object body{
        {"grant_type", "client_credential"},
        {"appid", account.app_id},
        {"secret", account.app_secret},
        {"force_refresh", true}
    };
    EXPECT_EQ(code(post("/cgi-bin/stable_token", json::serialize(body))), 0);
    EXPECT_EQ(with(first), 40001);
}

TEST_F(api, WrongTokensAndCredentialsAreToldApart)
{
    EXPECT_EQ(code(get("/cgi-bin/getcallbackip")), 41001);
    EXPECT_EQ(with("made-up"), 40001);
    const auto mine = token();
    platform->revoke_tokens();
    EXPECT_EQ(with(mine), 40001);
    const std::string app = platform->account().app_id;
    EXPECT_EQ(code(get("/cgi-bin/token?grant_type=client_credential&appid=" + app + "&secret=wrong")), 40125);
    EXPECT_EQ(code(get("/cgi-bin/token?grant_type=client_credential&appid=wxother&secret=x")), 40013);
    EXPECT_EQ(code(get("/cgi-bin/token?grant_type=password&appid=" + app + "&secret=x")), 40002);
    EXPECT_EQ(code(get("/cgi-bin/stable_token")), 43002);
    EXPECT_EQ(code(post("/cgi-bin/stable_token", "{oops")), 47001);
}

TEST_F(api, FiveCustomerMessagesIn48HoursAfterAMessage)
{
    auto& citizen = platform->person(somebody);
    EXPECT_EQ(send("早"), 45015);  // nothing was said yet
    citizen.say("你好");
    for (int n = 0; n < 5; ++n) EXPECT_EQ(send("第" + std::to_string(n)), 0);
    EXPECT_EQ(send("多了"), 45047);
    citizen.say("还在吗");
    EXPECT_EQ(send("在"), 0);
    advance(48h);
    EXPECT_EQ(send("晚了"), 45015);
    EXPECT_EQ(citizen.history().back().parts.at(0).text, "在");
}

TEST_F(api, ThreeCustomerMessagesInAMinuteAfterATapOrAFollow)
{
    auto& citizen = platform->person(somebody);
    citizen.follow();
    for (int n = 0; n < 3; ++n) EXPECT_EQ(send("欢迎"), 0);
    EXPECT_EQ(send("欢迎"), 45047);
    advance(1min);
    EXPECT_EQ(send("欢迎"), 45015);
    citizen.choose("法律咨询", "menu/legal");  // a tapped choice is a menu tap, not a message
    for (int n = 0; n < 3; ++n) EXPECT_EQ(send("好"), 0);
    EXPECT_EQ(send("好"), 45047);
    citizen.unfollow();
    EXPECT_EQ(send("别走"), 45015);
}

TEST_F(api, CustomerMessagesAreCheckedBeforeTheyAreCounted)
{
    auto& citizen = platform->person(somebody);
    citizen.say("你好");
    EXPECT_EQ(send(std::string(2'049, 'x')), 45002);
    EXPECT_EQ(send(""), 44004);
    const auto send_raw = [&](const std::string& body) {
        return code(post("/cgi-bin/message/custom/send?access_token=" + token(), body));
    };
    EXPECT_EQ(send_raw(R"({"touser":"oStranger","msgtype":"text","text":{"content":"x"}})"), 40003);
    EXPECT_EQ(send_raw(R"({"touser":"oDemo0000000000000000000001","msgtype":"dance","dance":{}})"), 40008);
    EXPECT_EQ(
        send_raw(R"({"touser":"oDemo0000000000000000000001","msgtype":"image","image":{"media_id":"gone"}})"),
        40007
    );
    for (int n = 0; n < 5; ++n) EXPECT_EQ(send("还有"), 0);
}

TEST_F(api, EscapedChineseIsShownAsItWasSent)
{
    auto& citizen = platform->person(somebody);
    citizen.say("你好");
    const std::string body =
        R"({"touser":"oDemo0000000000000000000001","msgtype":"text","text":{"content":"\u4f60\n好"}})";
    EXPECT_EQ(code(post("/cgi-bin/message/custom/send?access_token=" + token(), body)), 0);
    EXPECT_NE(citizen.history().back().parts.at(0).text.find("\\u4f60"), std::string::npos);
}

TEST_F(api, MenuMessagesBecomeChoices)
{
    auto& citizen = platform->person(somebody);
    citizen.say("你好");
    const std::string body =
        R"({"touser":"oDemo0000000000000000000001","msgtype":"msgmenu","msgmenu":{"head_content":"满意吗",)"
        R"("list":[{"id":"101","content":"满意"},{"id":"102","content":"不满意"}],"tail_content":""}})";
    EXPECT_EQ(code(post("/cgi-bin/message/custom/send?access_token=" + token(), body)), 0);
    citizen.tap("不满意");
    const auto tapped = std::get<bot::wechat::text_message>(hook.arrivals().back().push.message.content);
    EXPECT_EQ(tapped.bizmsgmenuid, "102");
}

TEST_F(api, TypingNeedsAContactOfTheLastHalfMinute)
{
    auto& citizen = platform->person(somebody);
    citizen.say("你好");
    const auto typing = [&](const std::string& command) {
        const json::object body{{"touser", somebody}, {"command", command}};
        return code(post("/cgi-bin/message/custom/typing?access_token=" + token(), json::serialize(body)));
    };
    EXPECT_EQ(typing("Typing"), 0);
    EXPECT_TRUE(citizen.typing());
    EXPECT_EQ(typing("Typing"), 45081);
    EXPECT_EQ(typing("CancelTyping"), 0);
    EXPECT_FALSE(citizen.typing());
    EXPECT_EQ(typing("Dance"), 45072);
    advance(31s);
    EXPECT_EQ(typing("Typing"), 45080);
}

TEST_F(api, TemplateMessagesAreCheckedAndSentOncePerClientId)
{
    auto& citizen = platform->person(somebody);
    const auto send = [&](const std::string& id, const std::string& thing) {
        const json::object body{
            {"touser", somebody},
            {"template_id", id},
            {"client_msg_id", "case-77"},
            {"data", {{"thing1", {{"value", thing}}}}}
        };
        return post("/cgi-bin/message/template/send?access_token=" + token(), json::serialize(body));
    };
    EXPECT_EQ(code(send("TPL_A", "已受理")), 43004);
    citizen.follow();
    EXPECT_EQ(code(send("TPL_B", "已受理")), 40037);
    EXPECT_EQ(code(send("TPL_A", "一二三四五六七八九十一二三四五六七八九十一")), 47003);
    const auto sent = send("TPL_A", "一二三四五六七八九十一二三四五六七八九十");
    EXPECT_EQ(code(sent), 0);
    EXPECT_GT(sent.at("msgid").as_int64(), 0);
    EXPECT_EQ(code(send("TPL_A", "已受理")), 45065);
    advance(10min);
    EXPECT_EQ(code(send("TPL_A", "已受理")), 0);
    EXPECT_EQ(citizen.history().back().kind, "notice");
}

TEST_F(api, ASubscriptionNotificationUsesUpAGrant)
{
    auto& citizen = platform->person(somebody);
    const auto send = [&] {
        const json::object body{
            {"touser", somebody}, {"template_id", "TPL_A"}, {"data", {{"phrase1", {{"value", "已受理"}}}}}
        };
        return code(post("/cgi-bin/message/subscribe/bizsend?access_token=" + token(), json::serialize(body))
        );
    };
    EXPECT_EQ(send(), 43101);
    citizen.grant("TPL_A");
    EXPECT_EQ(send(), 0);
    EXPECT_EQ(send(), 43101);
}

TEST_F(api, MediaIsKeptThreeDays)
{
    const httplib::MultipartFormDataItems items{{"media", "picture bytes", "a.jpg", "image/jpeg"}};
    const auto answer = read(client->Post("/cgi-bin/media/upload?type=image&access_token=" + token(), items));
    const auto id = std::string(answer.at("media_id").as_string());
    const auto got = client->Get("/cgi-bin/media/get?media_id=" + id + "&access_token=" + token());
    ASSERT_TRUE(got);
    EXPECT_EQ(got->body, "picture bytes");
    EXPECT_TRUE(got->has_header("Content-Disposition"));
    EXPECT_EQ(
        code(read(client->Post("/cgi-bin/media/upload?type=song&access_token=" + token(), items))), 40004
    );
    advance(72h + 1s);
    EXPECT_EQ(code(get("/cgi-bin/media/get?media_id=" + id + "&access_token=" + token())), 40007);
}

TEST_F(api, MenuIsCheckedKeptAndDeleted)
{
    const auto create = [&](const std::string& menu) {
        return code(post("/cgi-bin/menu/create?access_token=" + token(), menu));
    };
    EXPECT_EQ(code(get("/cgi-bin/menu/get?access_token=" + token())), 46003);
    EXPECT_EQ(create(std::string(simulator::demo_menu())), 0);
    EXPECT_EQ(platform->menu(), simulator::demo_menu());
    EXPECT_EQ(create(R"({"button":[]})"), 40016);
    EXPECT_EQ(create(R"({"button":[{"type":"click","name":"名字太长了真的","key":"k"}]})"), 40018);
    EXPECT_EQ(create(R"({"button":[{"type":"click","name":"甲"}]})"), 40019);
    EXPECT_EQ(create(R"({"button":[{"type":"click","name":"\u7532","key":"k"}]})"), 40033);
    EXPECT_TRUE(get("/cgi-bin/menu/get?access_token=" + token()).contains("menu"));
    EXPECT_EQ(code(get("/cgi-bin/menu/delete?access_token=" + token())), 0);
    EXPECT_EQ(platform->menu(), "");
}

TEST_F(api, QrCodesUsersAndReachability)
{
    const auto made = post(
        "/cgi-bin/qrcode/create?access_token=" + token(),
        R"({"expire_seconds":600,"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"case:77"}}})"
    );
    EXPECT_EQ(made.at("expire_seconds").as_int64(), 600);
    EXPECT_FALSE(made.at("ticket").as_string().empty());
    const auto user = [&] {
        return get(std::string("/cgi-bin/user/info?openid=") + somebody + "&access_token=" + token());
    };
    EXPECT_EQ(code(user()), 40003);
    platform->person(somebody);
    EXPECT_EQ(user().at("subscribe").as_int64(), 0);
    platform->person(somebody).follow("case:77");
    EXPECT_EQ(user().at("qr_scene_str").as_string(), "case:77");
    const auto check = post("/cgi-bin/callback/check?access_token=" + token(), R"({"action":"all"})");
    EXPECT_TRUE(check.contains("dns"));
}

TEST_F(api, FaultsHappenAsOftenAsArrangedAndOnlyWhereArranged)
{
    using kind = simulator::fault::kind;
    platform->person(somebody).say("你好");
    const auto mine = token();
    platform->arrange({.what = kind::errcode, .path = "/cgi-bin/message/custom/send", .times = 2, .code = -1}
    );
    EXPECT_EQ(with(mine), 0);
    EXPECT_EQ(send("一"), -1);
    EXPECT_EQ(send("一"), -1);
    EXPECT_EQ(send("一"), 0);
    platform->arrange({.what = kind::status, .path = "/cgi-bin/getcallbackip", .times = -1, .code = 502});
    EXPECT_EQ(client->Get("/cgi-bin/getcallbackip?access_token=" + mine)->status, 502);
    EXPECT_EQ(client->Get("/cgi-bin/getcallbackip?access_token=" + mine)->status, 502);
    platform->clear_faults();
    EXPECT_EQ(with(mine), 0);
}

TEST_F(api, ADroppedConnectionMayHaveHadItsEffect)
{
    using kind = simulator::fault::kind;
    auto& citizen = platform->person(somebody);
    citizen.say("你好");
    const auto path = "/cgi-bin/message/custom/send?access_token=" + token();
    const json::object body{{"touser", somebody}, {"msgtype", "text"}, {"text", {{"content", "到了吗"}}}};
    platform->arrange({.what = kind::drop_before, .path = "/cgi-bin/message/custom/send"});
    EXPECT_FALSE(client->Post(path, json::serialize(body), "application/json"));
    EXPECT_EQ(citizen.history().back().from, "person");
    platform->arrange({.what = kind::drop_after, .path = "/cgi-bin/message/custom/send"});
    EXPECT_FALSE(client->Post(path, json::serialize(body), "application/json"));
    EXPECT_EQ(citizen.history().back().from, "account");
    EXPECT_EQ(platform->calls("/cgi-bin/message/custom/send").size(), 2u);
}

TEST_F(api, ASlowCallOutlastsAnImpatientCaller)
{
    const auto mine = token();
    platform->arrange({.what = simulator::fault::kind::slow, .path = "/cgi-bin/getcallbackip", .delay = 30s});
    httplib::Client impatient(platform->api_base());
    impatient.set_read_timeout(50ms);
    EXPECT_FALSE(impatient.Get("/cgi-bin/getcallbackip?access_token=" + mine));
    EXPECT_EQ(with(mine), 0);
}

TEST_F(api, UnknownPathsAndNonsenseAreRefused)
{
    const auto unknown = client->Get("/cgi-bin/dance");
    ASSERT_TRUE(unknown);
    EXPECT_EQ(unknown->status, 404);
    for (const auto* body :
         {"[]", "\"x\"", "{\"touser\":", "\xff\xfe", "{\"touser\":5,\"msgtype\":[],\"text\":7}"})
        EXPECT_NE(code(post("/cgi-bin/message/custom/send?access_token=" + token(), body)), 0) << body;
}

}  // namespace
