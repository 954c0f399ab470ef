#include "bot/wechat/envelope.hpp"
#include "bot/wechat/platform_side.hpp"
#include "bot/wechat/replay_memory.hpp"
#include "bot/wechat/signature.hpp"
#include "bot/wechat/webhook.hpp"
#include "tests/unit/wechat/sample.hpp"
#include "tests/unit/wechat/vectors.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace {

using namespace bot::wechat;
using namespace std::chrono_literals;

const std::string text = sample::text_xml("邻居半夜装修😡");

push_request pushed(const account& by, std::string_view clear = text, bot::instant at = sample::now)
{
    return platform_side(by).push(clear, sample::open_id, at, "415670741");
}

std::string without(std::string query, std::string_view name)
{
    const auto begin = query.find(std::string(name) + "=");
    const auto end = query.find('&', begin);
    return query.erase(begin, end == query.npos ? query.npos : end - begin + 1);
}

std::string with(std::string query, std::string_view name, std::string_view value)
{
    return without(std::move(query), name) + "&" + std::string(name) + "=" + std::string(value);
}

std::string sealed_as(const account& by, std::string_view query, std::string_view encrypt, std::string_view nonce = "415670741")
{
    const auto timestamp = std::to_string(sample::now.time_since_epoch().count() / 1000);
    return with(std::string(query), "msg_signature", signer().sign({by.token, timestamp, nonce, encrypt}).text());
}

std::string error_of(const bot::result<received>& got) { return got ? "" : std::string(bot::error_name(got.error())); }

// ---- address verification ----

TEST(Verify, AnswersTheEchoOfThePlatform)
{
    auto by = sample::account();
    by.token = "AAAAA";
    webhook hook(by);
    const bot::instant then{1714036504s};
    EXPECT_EQ(
        hook.verify(
            "signature=f464b24fc39322e44b38aa78f5edd27bd1441696&timestamp=1714036504&nonce=1514711492&echostr=4375120948345356249",
            then
        ).value(),
        "4375120948345356249"
    );
}

TEST(Verify, EchoesInEveryModeByteForByte)
{
    for (const auto mode : {mode::plain, mode::compatible, mode::safe}) {
        const auto by = sample::account(mode);
        EXPECT_EQ(webhook(by).verify(platform_side(by).verification("a+b/c= d&e", sample::now, "n1"), sample::now).value(), "a+b/c= d&e");
    }
}

TEST(Verify, RefusesBeforeItEchoes)
{
    const auto by = sample::account();
    webhook hook(by);
    const auto query = platform_side(by).verification("echo", sample::now, "n1");
    const auto refusal = [&](const std::string& changed, bot::instant at = sample::now) {
        const auto got = hook.verify(changed, at);
        return got ? "" : std::string(bot::error_name(got.error()));
    };
    EXPECT_EQ(refusal(query), "");
    EXPECT_EQ(refusal(without(query, "signature")), "bad_signature");
    EXPECT_EQ(refusal(without(query, "nonce")), "bad_signature");
    EXPECT_EQ(refusal(without(query, "timestamp")), "bad_signature");
    EXPECT_EQ(refusal(with(query, "nonce", "n2")), "bad_signature");
    EXPECT_EQ(refusal(with(query, "signature", "f464b24fc39322e44b38aa78f5edd27bd1441696")), "bad_signature");
    EXPECT_EQ(refusal(without(query, "echostr")), "bad_message");
    EXPECT_EQ(refusal(with(query, "echostr", std::string(257, 'e'))), "bad_message");
    EXPECT_EQ(refusal(query + "&echostr=other"), "bad_message");
    EXPECT_EQ(refusal(query, sample::now + 301s), "stale");
    EXPECT_EQ(refusal(query, sample::now - 301s), "stale");
    EXPECT_EQ(refusal(""), "bad_signature");
}

// ---- the decision table ----

TEST(Receive, OpensASafeMessage)
{
    const auto by = sample::account();
    webhook hook(by);
    const auto push = pushed(by);
    const auto got = hook.receive(push.query, push.body, sample::now);
    ASSERT_TRUE(got) << error_of(got);
    EXPECT_EQ(std::get<text_message>(got->message.content).content, "邻居半夜装修😡");
    EXPECT_TRUE(got->envelope.encrypted);
    EXPECT_FALSE(got->envelope.json);
    EXPECT_FALSE(got->envelope.previous_key);
    EXPECT_EQ(got->envelope.nonce, "415670741");
    EXPECT_EQ(got->delivery, "wxb11529c136998cb6|oDemo0000000000000000000001|24800000000000001|1733000001");
}

// The platform's own example, outer envelope and all.
TEST(Receive, OpensThePlatformsExample)
{
    const auto& vector = vectors::sealed_messages[0];
    account by = sample::account();
    by.original_id = "gh_97417a04a28d";
    by.app_id = vector.receive_id;
    by.token = vector.token;
    by.aes_key = vector.aes_key;
    webhook hook(by);
    const auto got = hook.receive(
        "signature=6c5c811b55cc85e0e1b54100749188c20beb3f5d&timestamp=1714112445&nonce=415670741"
        "&openid=o9AgO5Kd5ggOC-bXrbNODIiE3bGY&encrypt_type=aes&msg_signature=046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
        R"({"ToUserName":"gh_97417a04a28d","Encrypt":")" + std::string(vector.encrypt) + "\"}", bot::instant(1714112445s)
    );
    ASSERT_TRUE(got) << error_of(got);
    EXPECT_EQ(std::get<debug_demo_event>(got->message.content).debug_str, "hello world");
    EXPECT_TRUE(got->envelope.json);
}

struct decision {
    const char* name;
    mode configured;
    bool allow_plain;
    mode sent_as;
    const char* error;  // empty: taken
};

void PrintTo(const decision& row, std::ostream* out) { *out << row.name; }

class DecisionTable : public testing::TestWithParam<decision> {};

TEST_P(DecisionTable, Holds)
{
    auto by = sample::account(GetParam().configured);
    by.allow_plain = GetParam().allow_plain;
    const auto push = pushed(sample::account(GetParam().sent_as));
    webhook hook(by);
    EXPECT_EQ(error_of(hook.receive(push.query, push.body, sample::now)), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DecisionTable,
    testing::Values(
        decision{"safe, ciphertext", mode::safe, false, mode::safe, ""},
        decision{"safe, both copies", mode::safe, false, mode::compatible, ""},
        decision{"safe, clear", mode::safe, false, mode::plain, "refused_mode"},
        decision{"safe, clear, option of another mode", mode::safe, true, mode::plain, "refused_mode"},
        decision{"compatible, ciphertext", mode::compatible, false, mode::safe, ""},
        decision{"compatible, both copies", mode::compatible, false, mode::compatible, ""},
        decision{"compatible, clear", mode::compatible, false, mode::plain, "refused_mode"},
        decision{"compatible, clear, allowed", mode::compatible, true, mode::plain, ""},
        decision{"plain, clear", mode::plain, false, mode::plain, ""},
        decision{"plain, ciphertext", mode::plain, false, mode::safe, "refused_mode"},
        decision{"plain, both copies", mode::plain, false, mode::compatible, "refused_mode"}
    )
);

// Leaving parameters out must not open a weaker way.
TEST(Receive, CannotBeTalkedIntoAWeakerMode)
{
    const auto by = sample::account();
    webhook hook(by);
    const auto push = pushed(by);
    const auto error = [&](const std::string& query, const std::string& body) {
        return error_of(hook.receive(query, body, sample::now));
    };
    EXPECT_EQ(error(without(push.query, "encrypt_type"), push.body), "") << "the ciphertext decides";
    EXPECT_EQ(error(with(push.query, "encrypt_type", "raw"), push.body), "");
    EXPECT_EQ(error(without(push.query, "signature"), push.body), "") << "msg_signature signs enough";
    EXPECT_EQ(error(without(push.query, "msg_signature"), push.body), "bad_signature");
    EXPECT_EQ(error(without(without(push.query, "msg_signature"), "encrypt_type"), push.body), "bad_signature");
    EXPECT_EQ(error(push.query, text), "bad_envelope") << "says aes, has no ciphertext";
    EXPECT_EQ(error(without(push.query, "encrypt_type"), text), "refused_mode");
    EXPECT_EQ(error("", text), "refused_mode");
    EXPECT_EQ(error("", push.body), "bad_signature");
    EXPECT_EQ(error(push.query + "&nonce=415670741", push.body), "bad_message") << "a parameter given twice";
}

TEST(Receive, RefusesWrongSignatures)
{
    const auto by = sample::account();
    webhook hook(by);
    const auto push = pushed(by);
    const auto error = [&](const std::string& query) { return error_of(hook.receive(query, push.body, sample::now)); };
    EXPECT_EQ(error(with(push.query, "signature", std::string(40, '0'))), "bad_signature");
    EXPECT_EQ(error(with(push.query, "msg_signature", std::string(40, '0'))), "bad_signature");
    EXPECT_EQ(error(with(push.query, "nonce", "415670742")), "bad_signature");
    EXPECT_EQ(error(with(push.query, "timestamp", "1733000003")), "bad_signature");
    const auto address = push.query.substr(push.query.find('=') + 1, 40);
    EXPECT_EQ(error(with(push.query, "msg_signature", address)), "bad_signature") << "the address's where the body's is due";
    auto stranger = by;
    stranger.token = "stranger";
    EXPECT_EQ(error(pushed(stranger).query), "bad_signature");
}

TEST(Receive, RefusesCiphertextThatWasChanged)
{
    const auto by = sample::account();
    webhook hook(by);
    auto push = pushed(by);
    const auto at = push.body.find("<Encrypt><![CDATA[") + 40;
    push.body[at] = push.body[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(error_of(hook.receive(push.query, push.body, sample::now)), "bad_signature");
}

TEST(Receive, RefusesFaultyEnvelopesWithRightSignatures)
{
    const auto by = sample::account();
    webhook hook(by);
    const bot::instant then{1700000000s};
    const auto timestamp = "&timestamp=1700000000&nonce=n0nce&encrypt_type=aes";
    for (const auto& vector : vectors::faulty_messages) {
        const std::string query = "msg_signature=" + std::string(vector.signature) + timestamp;
        const std::string body = "<xml><ToUserName>gh_0a1b2c3d4e5f</ToUserName><Encrypt>" + std::string(vector.encrypt) + "</Encrypt></xml>";
        EXPECT_EQ(error_of(hook.receive(query, body, then)), vector.name == "N4" ? "wrong_receiver" : "bad_envelope") << vector.fault;
    }
    for (const auto* encrypt : {"", "AAAA", "not base64!", "===="}) {
        const auto query = sealed_as(by, pushed(by).query, encrypt);
        const std::string body = "<xml><ToUserName>gh_0a1b2c3d4e5f</ToUserName><Encrypt>" + std::string(encrypt) + "</Encrypt></xml>";
        EXPECT_EQ(error_of(hook.receive(query, body, sample::now)), "bad_envelope") << encrypt;
    }
}

TEST(Receive, RefusesOtherReceivers)
{
    const auto by = sample::account();
    auto other = by;
    webhook hook(by);
    other.app_id = "wxOTHERAPPID000000";
    EXPECT_EQ(error_of(hook.receive(pushed(other).query, pushed(other).body, sample::now)), "bad_signature")
        << "two ciphertexts differ in their random bytes";
    const auto for_other_app = pushed(other);
    EXPECT_EQ(error_of(hook.receive(for_other_app.query, for_other_app.body, sample::now)), "wrong_receiver");
    other = by;
    other.original_id = "gh_ffffffffffff";
    const auto outer = pushed(other);
    EXPECT_EQ(error_of(hook.receive(outer.query, outer.body, sample::now)), "wrong_receiver");
    auto inner = text;
    inner.replace(inner.find("gh_0a1b2c3d4e5f"), 15, "gh_ffffffffffff");
    const auto push = pushed(by, inner);
    EXPECT_EQ(error_of(hook.receive(push.query, push.body, sample::now)), "wrong_receiver");
    auto missing = pushed(by);
    missing.body.erase(5, missing.body.find("<Encrypt>") - 5);
    EXPECT_EQ(error_of(hook.receive(missing.query, missing.body, sample::now)), "wrong_receiver");
    const auto plain = sample::account(mode::plain);
    const auto clear = pushed(plain, inner);
    EXPECT_EQ(error_of(webhook(plain).receive(clear.query, clear.body, sample::now)), "wrong_receiver");
}

TEST(Receive, RefusesMessagesItCannotRead)
{
    const auto by = sample::account();
    webhook hook(by);
    for (const std::string& clear :
         {std::string("not xml"), std::string("<xml></xml>"), std::string("<!DOCTYPE xml><xml/>"), std::string(),
          sample::text_xml("\xFF"), std::string("<xml><MsgType>text</MsgType></xml>")}) {
        const auto push = pushed(by, clear);
        EXPECT_EQ(error_of(hook.receive(push.query, push.body, sample::now)), "bad_message") << clear;
    }
    const auto push = pushed(by);
    for (const std::string& outer : {std::string(), std::string("success"), std::string("<xml>"), std::string(1024 * 1024, 'x')})
        EXPECT_EQ(error_of(hook.receive(push.query, outer, sample::now)), "bad_message");
}

// Compatible mode carries the clear fields too; only the signed copy counts.
TEST(Receive, BelievesTheEncryptedCopy)
{
    const auto by = sample::account(mode::compatible);
    auto push = pushed(by);
    const auto at = push.body.find("邻居");
    push.body.replace(at, std::string_view("邻居").size(), "forged");
    webhook hook(by);
    const auto got = hook.receive(push.query, push.body, sample::now);
    ASSERT_TRUE(got) << error_of(got);
    EXPECT_EQ(std::get<text_message>(got->message.content).content, "邻居半夜装修😡");
}

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
    for (const auto* timestamp : {"timestamp", "", "-5", "1.5", "99999999999999999999", "9223372036854775807"}) {
        const auto signature = signer().sign({by.token, timestamp, "n"});
        const auto query = "signature=" + std::string(signature.text()) + "&timestamp=" + timestamp + "&nonce=n&echostr=e";
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
    EXPECT_EQ(error_of(hook.receive(push.query, sample::text_xml("撤回我的申请"), sample::now + 5s)), "bad_signature");
    EXPECT_EQ(error_of(hook.receive(push.query, push.body, sample::now + 10s)), "") << "the true one is still welcome";
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
    EXPECT_EQ(signer().sign({by.token, "733000002", "23451"}).text(), signer().sign({by.token, "23451", "733000002"}).text());
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
    EXPECT_TRUE(hook.verify(platform_side(sample::account()).verification("e", sample::now, "n"), sample::now));
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
    EXPECT_TRUE(key(click).starts_with("wxb11529c136998cb6|oDemo0000000000000000000001|1733000001|CLICK|A|")) << key(click);
    EXPECT_EQ(key(click).size(), std::string_view("wxb11529c136998cb6|oDemo0000000000000000000001|1733000001|CLICK|A|").size() + 16);
    EXPECT_NE(key(click), key(sample::event_xml("CLICK", "<EventKey>B</EventKey>")));
    const auto check = [](std::string_view id) {
        return sample::event_xml("wxa_media_check", "<trace_id>" + std::string(id) + "</trace_id>");
    };
    EXPECT_NE(key(check("1")), key(check("2")));
    EXPECT_NE(key(sample::xml("<MsgType>text</MsgType><Content>a</Content>")), key(sample::xml("<MsgType>text</MsgType><Content>b</Content>")))
        << "a message without an id";
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

// ---- configuration ----

TEST(Webhook, RefusesMalformedAccounts)
{
    const std::vector<std::function<void(account&)>> faults{
        [](account& a) { a.token = ""; },
        [](account& a) { a.token = "ab"; },
        [](account& a) { a.token = "with space"; },
        [](account& a) { a.token = std::string(33, 't'); },
        [](account& a) { a.previous_token = "-"; },
        [](account& a) { a.aes_key = ""; },
        [](account& a) { a.aes_key.pop_back(); },
        [](account& a) { a.aes_key += "A"; },
        [](account& a) { a.aes_key[3] = '$'; },
        [](account& a) { a.previous_aes_key = "short"; },
        [](account& a) { a.original_id = ""; },
        [](account& a) { a.original_id = "wx123"; },
        [](account& a) { a.original_id = "gh_<>"; },
        [](account& a) { a.app_id = ""; },
        [](account& a) { a.app_id = "wx|1"; },
    };
    EXPECT_NO_THROW(webhook{sample::account()});
    for (std::size_t i = 0; i < faults.size(); ++i) {
        auto by = sample::account();
        faults[i](by);
        EXPECT_THROW(webhook{by}, std::invalid_argument) << i;
    }
    auto plain = sample::account(mode::plain);
    plain.aes_key.clear();
    EXPECT_NO_THROW(webhook{plain}) << "plain mode needs no key";
    EXPECT_EQ(webhook(plain).configured().original_id, sample::original_id);
}

}  // namespace
