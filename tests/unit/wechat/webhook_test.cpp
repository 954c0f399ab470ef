#include "bot/wechat/webhook.hpp"
#include "bot/wechat/platform_side.hpp"
#include "bot/wechat/signature.hpp"
#include "tests/unit/wechat/requests.hpp"
#include "tests/unit/wechat/sample.hpp"
#include "tests/unit/wechat/vectors.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace {

using namespace bot::wechat;
using namespace requests;
using namespace std::chrono_literals;

// ---- address verification ----

TEST(Verify, AnswersTheEchoOfThePlatform)
{
    auto by = sample::account();
    by.token = "AAAAA";
    webhook hook(by);
    const bot::instant then{1714036504s};
    EXPECT_EQ(
        hook.verify(
                "signature=f464b24fc39322e44b38aa78f5edd27bd1441696&timestamp=1714036504&nonce=1514711492&"
                "echostr=4375120948345356249",
                then
        )
            .value(),
        "4375120948345356249"
    );
}

TEST(Verify, EchoesInEveryModeByteForByte)
{
    for (const auto mode : {mode::plain, mode::compatible, mode::safe}) {
        const auto by = sample::account(mode);
        EXPECT_EQ(
            webhook(by)
                .verify(platform_side(by).verification("a+b/c= d&e", sample::now, "n1"), sample::now)
                .value(),
            "a+b/c= d&e"
        );
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
        "&openid=o9AgO5Kd5ggOC-bXrbNODIiE3bGY&encrypt_type=aes&msg_signature="
        "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
        R"({"ToUserName":"gh_97417a04a28d","Encrypt":")" + std::string(vector.encrypt) + "\"}",
        bot::instant(1714112445s)
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

void PrintTo(const decision& row, std::ostream* out)
{
    *out << row.name;
}

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
    Rows,
    DecisionTable,
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
    EXPECT_EQ(
        error(without(without(push.query, "msg_signature"), "encrypt_type"), push.body), "bad_signature"
    );
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
    const auto error = [&](const std::string& query) {
        return error_of(hook.receive(query, push.body, sample::now));
    };
    EXPECT_EQ(error(with(push.query, "signature", std::string(40, '0'))), "bad_signature");
    EXPECT_EQ(error(with(push.query, "msg_signature", std::string(40, '0'))), "bad_signature");
    EXPECT_EQ(error(with(push.query, "nonce", "415670742")), "bad_signature");
    EXPECT_EQ(error(with(push.query, "timestamp", "1733000003")), "bad_signature");
    const auto address = push.query.substr(push.query.find('=') + 1, 40);
    EXPECT_EQ(error(with(push.query, "msg_signature", address)), "bad_signature")
        << "the address's where the body's is due";
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
        const std::string body = "<xml><ToUserName>gh_0a1b2c3d4e5f</ToUserName><Encrypt>" +
                                 std::string(vector.encrypt) + "</Encrypt></xml>";
        EXPECT_EQ(
            error_of(hook.receive(query, body, then)), vector.name == "N4" ? "wrong_receiver" : "bad_envelope"
        ) << vector.fault;
    }
    for (const auto* encrypt : {"", "AAAA", "not base64!", "===="}) {
        const auto query = sealed_as(by, pushed(by).query, encrypt);
        const std::string body = "<xml><ToUserName>gh_0a1b2c3d4e5f</ToUserName><Encrypt>" +
                                 std::string(encrypt) + "</Encrypt></xml>";
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
         {std::string("not xml"),
          std::string("<xml></xml>"),
          std::string("<!DOCTYPE xml><xml/>"),
          std::string(),
          sample::text_xml("\xFF"),
          std::string("<xml><MsgType>text</MsgType></xml>")}) {
        const auto push = pushed(by, clear);
        EXPECT_EQ(error_of(hook.receive(push.query, push.body, sample::now)), "bad_message") << clear;
    }
    const auto push = pushed(by);
    for (const std::string& outer :
         {std::string(), std::string("success"), std::string("<xml>"), std::string(1024 * 1024, 'x')})
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
