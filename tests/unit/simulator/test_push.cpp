// What a person sends reaches the webhook as WeChat would send it, and what comes back is shown as a phone
// would.

#include "bot/simulator/fake_platform.hpp"
#include "tests/unit/simulator/webhook_server.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
namespace simulator = bot::simulator;
namespace wechat = bot::wechat;
using tests::raw_answer;
using tests::webhook_server;

constexpr std::string_view somebody = "oDemo0000000000000000000001";

wechat::passive_reply echo(const wechat::inbound& message)
{
    if (const auto* text = std::get_if<wechat::text_message>(&message.content))
        return wechat::text_reply{"听到：" + text->content + text->bizmsgmenuid};
    return wechat::text_reply{message.msg_type + message.event + message.event_key};
}

wechat::passive_reply nothing(const wechat::inbound&)
{
    return wechat::no_reply{};
}

class push : public testing::TestWithParam<wechat::mode> {
protected:
    simulator::platform_options options(wechat::mode mode = wechat::mode::safe)
    {
        simulator::platform_options made;
        made.account = tests::demo_account(mode);
        made.clock = &clock;
        made.answer_within = 200ms;
        return made;
    }

    // A platform with a webhook that answers so.
    void start(webhook_server::replier reply, webhook_server::interference instead = {}, bool resign = true)
    {
        auto chosen = options();
        chosen.resign_retries = resign;
        hook = std::make_unique<webhook_server>(chosen.account, clock, std::move(reply), std::move(instead));
        chosen.webhook = hook->url();
        platform = std::make_unique<simulator::fake_platform>(chosen);
    }

    simulator::person& citizen() { return platform->person(somebody); }

    bot::fixed_clock clock{bot::instant{1'763'000'000'000ms}};
    std::unique_ptr<webhook_server> hook;
    std::unique_ptr<simulator::fake_platform> platform;
};

TEST_P(push, CarriesTextAndShowsTheReplyInEveryMode)
{
    auto chosen = options(GetParam());
    webhook_server server(chosen.account, clock, echo);
    chosen.webhook = server.url();
    simulator::fake_platform fake(chosen);
    const auto answer = fake.person(somebody).say("楼上漏水😡]]> <b>");
    EXPECT_EQ(answer.kind, "text");
    EXPECT_EQ(answer.text, "听到：楼上漏水😡]]> <b>");
    ASSERT_EQ(answer.raw.deliveries.size(), 1u);
    const auto& sent = answer.raw.deliveries[0];
    EXPECT_EQ(sent.outcome, "answered");
    EXPECT_EQ(sent.body.find("楼上") == std::string::npos, GetParam() == wechat::mode::safe);
    EXPECT_EQ(sent.query.find("encrypt_type=aes") != std::string::npos, GetParam() != wechat::mode::plain);
    EXPECT_NE(sent.clear_answer.find("听到"), std::string::npos);
    EXPECT_NE(answer.raw.clear.find("<Content>"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Modes, push, testing::Values(wechat::mode::plain, wechat::mode::compatible, wechat::mode::safe)
);

TEST_F(push, VerifiesTheAddressAndNoticesAWrongToken)
{
    start(echo);
    EXPECT_TRUE(platform->verify_webhook());
    auto other = options();
    other.account.token = "anotherToken";
    other.webhook = hook->url();
    simulator::fake_platform stranger(other);
    EXPECT_FALSE(stranger.verify_webhook());
    const auto answer = stranger.person(somebody).say("你好");
    EXPECT_EQ(answer.kind, "failure");
    EXPECT_EQ(answer.raw.deliveries.back().outcome, "refused");
    EXPECT_TRUE(hook->arrivals().empty());
}

TEST_F(push, SilenceIsNotRetriedAndShowsNothing)
{
    start(nothing);
    const auto answer = citizen().say("谢谢");
    EXPECT_EQ(answer.kind, "nothing");
    EXPECT_EQ(answer.raw.deliveries[0].outcome, "silent");
    EXPECT_EQ(hook->arrivals().size(), 1u);
    ASSERT_EQ(citizen().history().size(), 1u);
}

TEST_F(push, ARefusedDeliveryIsRepeatedAndTheSecondAnswerCounts)
{
    start(echo, [](int arrival) {
        return arrival == 1 ? std::optional(raw_answer{500, "oops"}) : std::nullopt;
    });
    const auto answer = citizen().say("你好");
    EXPECT_EQ(answer.text, "听到：你好");
    ASSERT_EQ(answer.raw.deliveries.size(), 2u);
    EXPECT_EQ(answer.raw.deliveries[0].outcome, "refused");
    EXPECT_EQ(answer.raw.deliveries[0].status, 500);
    EXPECT_EQ(answer.raw.deliveries[0].answer, "oops");
    EXPECT_EQ(answer.raw.deliveries[1].outcome, "answered");
    EXPECT_LE(answer.raw.deliveries[0].took, answer.raw.deliveries[1].started);
    const auto came = hook->arrivals();
    EXPECT_EQ(came[0].push.message, came[1].push.message);
    EXPECT_EQ(came[0].push.delivery, came[1].push.delivery);
    EXPECT_NE(came[0].query, came[1].query);
}

TEST_F(push, ARetryMayRepeatTheSameQuery)
{
    start(
        echo,
        [](int arrival) { return arrival < 3 ? std::optional(raw_answer{502, ""}) : std::nullopt; },
        false
    );
    EXPECT_EQ(citizen().say("你好").text, "听到：你好");
    const auto came = hook->arrivals();
    ASSERT_EQ(came.size(), 3u);
    EXPECT_EQ(came[0].query, came[2].query);
    EXPECT_EQ(came[0].body, came[2].body);
}

TEST_F(push, AfterThreeTriesWithoutAnswerThePersonSeesTheGreyLine)
{
    start(echo, [](int) { return std::optional(raw_answer{.hang = true}); });
    const auto answer = citizen().say("你好");
    EXPECT_EQ(answer.kind, "failure");
    EXPECT_EQ(answer.text, "该公众号提供的服务出现故障，请稍后再试");
    ASSERT_EQ(answer.raw.deliveries.size(), 3u);
    for (const auto& one : answer.raw.deliveries) {
        EXPECT_EQ(one.outcome, "timed_out");
        EXPECT_GE(one.took, 200ms);
        EXPECT_EQ(one.status, 0);
    }
    EXPECT_GE(answer.raw.deliveries[2].started, 400ms);
    EXPECT_EQ(citizen().history().back().from, "platform");
    EXPECT_EQ(citizen().waiting(), 0);
}

TEST_F(push, NobodyListensIsAFailureToo)
{
    auto chosen = options();
    {
        webhook_server gone(chosen.account, clock, echo);
        chosen.webhook = gone.url();
    }
    simulator::fake_platform fake(chosen);
    const auto answer = fake.person(somebody).say("你好");
    EXPECT_EQ(answer.kind, "failure");
    EXPECT_EQ(answer.raw.deliveries.size(), 3u);
    EXPECT_EQ(answer.raw.deliveries[0].outcome, "unreachable");
}

struct bad_answer {
    const char* name;
    const char* body;
};

class nonsense : public testing::TestWithParam<bad_answer> {};

TEST_P(nonsense, IsAFailureAtOnceWithoutARetry)
{
    const bot::fixed_clock clock{bot::instant{1'763'000'000'000ms}};
    simulator::platform_options options;
    options.account = tests::demo_account();
    options.clock = &clock;
    webhook_server server(options.account, clock, echo, [](int) {
        return std::optional(raw_answer{200, GetParam().body});
    });
    options.webhook = server.url();
    simulator::fake_platform fake(options);
    const auto answer = fake.person(somebody).say("你好");
    EXPECT_EQ(answer.kind, "failure");
    ASSERT_EQ(answer.raw.deliveries.size(), 1u);
    EXPECT_EQ(answer.raw.deliveries[0].outcome, "unreadable");
    EXPECT_EQ(server.arrivals().size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(
    Answers,
    nonsense,
    testing::Values(
        bad_answer{"Json", R"({"ok":true})"},
        bad_answer{"Html", "<html><body>502</body></html>"},
        bad_answer{"Word", "ok"},
        // Clear text in safe mode.
        bad_answer{
            "Clear",
            "<xml><ToUserName>oDemo0000000000000000000001</ToUserName><FromUserName>gh_0a1b2c3d4e5f</"
            "FromUserName>"
            "<CreateTime>1763000000</CreateTime><MsgType>text</MsgType><Content>hi</Content></xml>"
        }
    ),
    [](const auto& one) { return one.param.name; }
);

}  // namespace
