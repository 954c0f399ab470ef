#include "bot/wechat/signature.hpp"
#include "bot/wechat/jssdk.hpp"
#include "tests/unit/wechat/vectors.hpp"

#include <gtest/gtest.h>

namespace {

using namespace bot::wechat;

TEST(Signature, SignsTheAddressLikeThePlatform)
{
    signer hasher;
    for (const auto& vector : vectors::addresses) {
        EXPECT_EQ(hasher.sign({vector.token, vector.timestamp, vector.nonce}).text(), vector.signature)
            << vector.name;
        EXPECT_TRUE(hasher.matches(vector.signature, {vector.nonce, vector.token, vector.timestamp}))
            << vector.name;
    }
}

TEST(Signature, SignsTheCiphertextLikeThePlatform)
{
    signer hasher;
    for (const auto& vector : vectors::sealed_messages) {
        if (vector.signature.empty())
            continue;
        const auto made = hasher.sign({vector.token, vector.timestamp, vector.nonce, vector.encrypt});
        EXPECT_EQ(made.text(), vector.signature) << vector.name;
    }
    for (const auto& vector : vectors::faulty_messages)
        EXPECT_TRUE(hasher.matches(vector.signature, {"pamtest", "1700000000", "n0nce", vector.encrypt}))
            << vector.name;
}

TEST(Signature, TakesThePartsAsTheyAre)
{
    EXPECT_TRUE(signer().matches(
        "8edac0945683c119ee71c9f6256d76c48aa08a96", {"RMNlACHlV5ThzfRlVS4D4", "timestamp", "nonce", "encrypt"}
    ));
}

TEST(Signature, RefusesWhatDiffersAnywhere)
{
    signer hasher;
    const std::string right(hasher.sign({"AAAAA", "1714036504", "1514711492"}).text());
    for (std::size_t i = 0; i < right.size(); ++i) {
        auto wrong = right;
        wrong[i] = wrong[i] == '0' ? '1' : '0';
        EXPECT_FALSE(hasher.matches(wrong, {"AAAAA", "1714036504", "1514711492"})) << i;
    }
    EXPECT_FALSE(hasher.matches("", {"AAAAA", "1714036504", "1514711492"}));
    EXPECT_FALSE(hasher.matches(right + "0", {"AAAAA", "1714036504", "1514711492"}));
    EXPECT_FALSE(hasher.matches(right.substr(0, 39), {"AAAAA", "1714036504", "1514711492"}));
    EXPECT_FALSE(hasher.matches(right, {"AAAAA", "1714036504", "1514711493"}));
}

// The signature of the address is not that of the body: using one for the other must fail.
TEST(Signature, KeepsTheTwoSignaturesApart)
{
    signer hasher;
    const auto& body = vectors::sealed_messages[0];
    const auto address = hasher.sign({body.token, body.timestamp, body.nonce});
    EXPECT_NE(address.text(), body.signature);
    EXPECT_FALSE(hasher.matches(address.text(), {body.token, body.timestamp, body.nonce, body.encrypt}));
}

TEST(Signature, ComparesWholeTexts)
{
    EXPECT_TRUE(same_in_constant_time("", ""));
    EXPECT_TRUE(same_in_constant_time("abc", "abc"));
    EXPECT_FALSE(same_in_constant_time("abc", "abd"));
    EXPECT_FALSE(same_in_constant_time("abc", "abcd"));
    EXPECT_FALSE(same_in_constant_time("", "a"));
}

TEST(Jssdk, SignsThePage)
{
    EXPECT_EQ(
        jssdk_signature(
            "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg",
            "Wm3WZYTPz0wzccnW",
            "1414587457",
            "http://mp.weixin.qq.com?params=value"
        ),
        "0f9de62fce790f9a083d5c99e95740ceb90c27ed"
    );
    const auto* page = "https://m.example.org/case?id=7&t=%E6%A1%88";
    EXPECT_EQ(
        jssdk_signature("TICKET-demo_1", "Ab3", "1700000000", page),
        "1c68fe2da84d8168340790e59cfe1d89adc33eb9"
    );
    EXPECT_EQ(
        jssdk_signature("TICKET-demo_1", "Ab3", "1700000000", std::string(page) + "#part"),
        "1c68fe2da84d8168340790e59cfe1d89adc33eb9"
    );
}

}  // namespace
