// Time, retries and forgeries, rotation of secrets, delivery keys.

#include "bot/wechat/platform_side.hpp"
#include "bot/wechat/replay_memory.hpp"
#include "bot/wechat/signature.hpp"
#include "bot/wechat/webhook.hpp"
#include "tests/unit/wechat/requests.hpp"
#include "tests/unit/wechat/sample.hpp"

#include <gtest/gtest.h>

namespace {

using namespace bot::wechat;
using namespace requests;
using namespace std::chrono_literals;

// ---- time and replay ----

TEST(Receive, TakesTimestampsInsideTheWindow)
{
    for (const auto mode : {mode::plain, mode::safe}) {
        auto by = sample::account(mode);
        webhook hook(by);
        const auto push = pushed(by);
        const auto error = [&](bot::instant at) { return error_of(hook.receive(push.query, push.body, at)); };
        EXPECT_EQ(error(sample::now + 300s), "");
        EXPECT_EQ(error(sample::now - 300s), "");
        EXPECT_EQ(error(sample::now + 301s), "stale");
        EXPECT_EQ(error(sample::now - 301s), "stale");
        EXPECT_EQ(error(sample::now + 24h), "stale");
        by.replay_window = 0s;
        EXPECT_EQ(error_of(webhook(by).receive(push.query, push.body, sample::now + 24h * 3650)), "");
    }
}

TEST(Receive, ReadsTimestampsAs64Bits)
{
    const auto by = sample::account();
    webhook hook(by);
    const bot::instant year_2100{4102444800s};
    const auto push = pushed(by, text, year_2100);
    EXPECT_EQ(error_of(hook.receive(push.query, push.body, year_2100)), "");
    for (const auto* timestamp :
         {"timestamp", "", "-5", "1.5", "99999999999999999999", "9223372036854775807"}) {
        const auto signature = signer().sign({by.token, timestamp, "n"});
        const auto query =
            "signature=" + std::string(signature.text()) + "&timestamp=" + timestamp + "&nonce=n&echostr=e";
        const auto refused = webhook(by).verify(query, sample::now);
        ASSERT_FALSE(refused) << timestamp;
        EXPECT_NE(refused.error(), bot::errc::bad_signature) << timestamp;
    }
}

TEST(Receive, TakesARetryAndRefusesItsForgery)
{
    const auto by = sample::account(mode::plain);
    webhook hook(by);
    const auto push = pushed(by);
    const auto first = hook.receive(push.query, push.body, sample::now);
    const auto retry = hook.receive(push.query, push.body, sample::now + 5s);
    ASSERT_TRUE(first && retry);
    EXPECT_EQ(first->delivery, retry->delivery);
    EXPECT_EQ(
        error_of(hook.receive(push.query, sample::text_xml("撤回我的申请"), sample::now + 5s)),
        "bad_signature"
    );
    EXPECT_EQ(error_of(hook.receive(push.query, push.body, sample::now + 10s)), "")
        << "the true one is still welcome";
    const auto signed_anew = platform_side(by).push(text, sample::open_id, sample::now + 5s, "7");
    const auto again = hook.receive(signed_anew.query, signed_anew.body, sample::now + 5s);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->delivery, first->delivery) << "the address line is no part of the key";
}

// Timestamp and nonce are joined before they are signed: moving the border keeps the signature.
TEST(Receive, RefusesAForgeryThatMovesDigitsBetweenTimestampAndNonce)
{
    auto by = sample::account(mode::plain);
    by.replay_window = 0s;
    webhook hook(by);
    const auto push = platform_side(by).push(text, sample::open_id, sample::now, "2345");
    ASSERT_TRUE(hook.receive(push.query, push.body, sample::now));
    const auto moved = with(with(push.query, "timestamp", "733000002"), "nonce", "23451");
    EXPECT_EQ(
        signer().sign({by.token, "733000002", "23451"}).text(),
        signer().sign({by.token, "23451", "733000002"}).text()
    );
    EXPECT_EQ(error_of(hook.receive(moved, sample::text_xml("forged"), sample::now)), "bad_signature");
}

TEST(Receive, DoesNotTakeAnEncryptedRequestsAddressForAClearBody)
{
    auto by = sample::account(mode::compatible);
    by.allow_plain = true;
    webhook hook(by);
    const auto push = pushed(by);
    ASSERT_TRUE(hook.receive(push.query, push.body, sample::now));
    const auto stripped = without(without(push.query, "msg_signature"), "encrypt_type");
    EXPECT_EQ(error_of(hook.receive(stripped, sample::text_xml("forged"), sample::now)), "bad_signature");
}

TEST(ReplayMemory, ForgetsByAgeAndByCount)
{
    replay_memory memory(3);
    const auto one = fingerprint_of("one"), two = fingerprint_of("two");
    EXPECT_TRUE(memory.admits("a", one, sample::now, 600s));
    EXPECT_TRUE(memory.admits("a", one, sample::now + 600s, 600s));
    EXPECT_FALSE(memory.admits("a", two, sample::now + 600s, 600s));
    EXPECT_TRUE(memory.admits("a", two, sample::now + 601s, 600s)) << "too old to matter";
    for (const auto* signature : {"b", "c", "d"})
        EXPECT_TRUE(memory.admits(signature, one, sample::now + 601s, 600s));
    EXPECT_EQ(memory.size(), 3U);
    EXPECT_TRUE(memory.admits("a", one, sample::now + 601s, 600s)) << "pushed out";
    EXPECT_FALSE(memory.admits("d", two, sample::now + 601s, 600s));
}

// ---- rotation ----

TEST(Rotation, TakesThePreviousTokenAndKey)
{
    auto rotated = sample::account();
    rotated.previous_token = rotated.token;
    rotated.previous_aes_key = rotated.aes_key;
    rotated.token = "newtoken";
    rotated.aes_key = sample::other_key;
    webhook hook(rotated);
    struct row {
        bool old_token, old_key;
    };
    for (const auto& row : {row{false, false}, row{false, true}, row{true, false}, row{true, true}}) {
        auto platform = sample::account();
        platform.token = row.old_token ? rotated.previous_token : rotated.token;
        platform.aes_key = row.old_key ? rotated.previous_aes_key : rotated.aes_key;
        const auto push = pushed(platform);
        const auto got = hook.receive(push.query, push.body, sample::now);
        ASSERT_TRUE(got) << error_of(got);
        EXPECT_EQ(got->envelope.previous_token, row.old_token);
        EXPECT_EQ(got->envelope.previous_key, row.old_key);
        const auto opened = platform_side(platform).open(hook.answer(*got, text_reply{"好"}, sample::now));
        ASSERT_TRUE(opened) << "answered with what opened the request";
        EXPECT_EQ(std::get<text_reply>(opened->reply).content, "好");
    }
    EXPECT_TRUE(hook.verify(platform_side(sample::account()).verification("e", sample::now, "n"), sample::now)
    );
}

TEST(Rotation, DoesNotMixTwoTokensInOneRequest)
{
    auto rotated = sample::account();
    rotated.previous_token = rotated.token;
    rotated.token = "newtoken";
    auto current = sample::account();
    current.token = "newtoken";
    webhook hook(rotated);
    auto push = pushed(sample::account());
    push.query = with(push.query, "signature", signer().sign({"newtoken", "1733000002", "415670741"}).text());
    EXPECT_EQ(error_of(hook.receive(push.query, push.body, sample::now)), "bad_signature");
}

TEST(Rotation, ForgetsThePreviousOnesWhenTheyAreGone)
{
    auto rotated = sample::account();
    rotated.token = "newtoken";
    const auto push = pushed(sample::account());
    EXPECT_EQ(error_of(webhook(rotated).receive(push.query, push.body, sample::now)), "bad_signature");
    rotated = sample::account();
    rotated.aes_key = sample::other_key;
    EXPECT_EQ(error_of(webhook(rotated).receive(push.query, push.body, sample::now)), "bad_envelope");
}

// ---- delivery keys ----

TEST(Delivery, TellsEventsOfOneSecondApart)
{
    const auto by = sample::account();
    webhook hook(by);
    const auto key = [&](const std::string& clear) {
        const auto push = pushed(by, clear);
        return hook.receive(push.query, push.body, sample::now).value().delivery;
    };
    const auto click = sample::event_xml("CLICK", "<EventKey>A</EventKey>");
    EXPECT_EQ(key(click), key(click)) << "two envelopes of one event";
    EXPECT_TRUE(key(click).starts_with("wxb11529c136998cb6|oDemo0000000000000000000001|1733000001|CLICK|A|"))
        << key(click);
    EXPECT_EQ(
        key(click).size(),
        std::string_view("wxb11529c136998cb6|oDemo0000000000000000000001|1733000001|CLICK|A|").size() + 16
    );
    EXPECT_NE(key(click), key(sample::event_xml("CLICK", "<EventKey>B</EventKey>")));
    const auto check = [](std::string_view id) {
        return sample::event_xml("wxa_media_check", "<trace_id>" + std::string(id) + "</trace_id>");
    };
    EXPECT_NE(key(check("1")), key(check("2")));
    EXPECT_NE(
        key(sample::xml("<MsgType>text</MsgType><Content>a</Content>")),
        key(sample::xml("<MsgType>text</MsgType><Content>b</Content>"))
    ) << "a message without an id";
}

TEST(Delivery, TellsPeopleApartWhoShareAMessageId)
{
    const auto by = sample::account(mode::plain);
    webhook hook(by);
    auto other = text;
    other.replace(other.find("oDemo0000000000000000000001"), 27, "oDemo0000000000000000000002");
    const auto first = platform_side(by).push(text, sample::open_id, sample::now, "1");
    const auto second = platform_side(by).push(other, "oDemo0000000000000000000002", sample::now, "2");
    EXPECT_NE(
        hook.receive(first.query, first.body, sample::now).value().delivery,
        hook.receive(second.query, second.body, sample::now).value().delivery
    );
}

}  // namespace
