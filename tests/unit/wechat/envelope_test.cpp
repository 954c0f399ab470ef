#include "bot/wechat/envelope.hpp"
#include "bot/wechat/base64.hpp"
#include "bot/wechat/field_tree.hpp"
#include "bot/wechat/push_format.hpp"
#include "tests/unit/wechat/sample.hpp"
#include "tests/unit/wechat/vectors.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace {

using namespace bot::wechat;

std::span<const unsigned char, 16> bytes(std::string_view random)
{
    return std::span<const unsigned char, 16>(reinterpret_cast<const unsigned char*>(random.data()), 16);
}

envelope envelope_c()
{
    return {"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxb11529c136998cb6"};
}

const vectors::sealed& vector_named(std::string_view name)
{
    return *std::find_if(
        vectors::sealed_messages.begin(),
        vectors::sealed_messages.end(),
        [&](const auto& one) { return one.name == name; }
    );
}

TEST(Envelope, OpensEveryVector)
{
    for (const auto& vector : vectors::sealed_messages) {
        envelope key(vector.aes_key, std::string(vector.receive_id));
        const auto opened = key.open(vector.encrypt);
        ASSERT_TRUE(opened) << vector.name << ": " << opened.error().message();
        if (vector.message) {
            EXPECT_EQ(*opened, *vector.message) << vector.name;
        }
    }
}

TEST(Envelope, SealsEveryVectorByteForByte)
{
    int sealed = 0;
    for (const auto& vector : vectors::sealed_messages) {
        if (vector.random.empty())
            continue;
        envelope key(vector.aes_key, std::string(vector.receive_id));
        const std::string message(key.open(vector.encrypt).value());
        std::string made = "kept:";
        key.seal(message, bytes(vector.random), made);
        EXPECT_EQ(made, "kept:" + std::string(vector.encrypt)) << vector.name;
        ++sealed;
    }
    EXPECT_EQ(sealed, 13);
}

// What the vectors say about the messages whose text they do not give.
TEST(Envelope, FindsTheFieldsInside)
{
    const auto fields_of = [](std::string_view name, field_tree& fields) {
        const auto& vector = vector_named(name);
        envelope key(vector.aes_key, std::string(vector.receive_id));
        return read_push(key.open(vector.encrypt).value(), fields).has_value();
    };
    field_tree fields;
    ASSERT_TRUE(fields_of("A5", fields));
    EXPECT_EQ(fields.top().text("Event"), "debug_demo");
    EXPECT_EQ(fields.top().text("CreateTime"), "1715943329");
    ASSERT_TRUE(fields_of("B2", fields));
    EXPECT_EQ(fields.top().text("Content"), "hello");
    EXPECT_EQ(fields.top().text("FromUserName"), "mycreate");
    EXPECT_EQ(fields.top().text("MsgId"), "4561255354251345929");
    EXPECT_EQ(fields.top().text("AgentID"), "218");
    ASSERT_TRUE(fields_of("D", fields));
    EXPECT_EQ(fields.top().text("Content"), "hello");
    EXPECT_EQ(fields.top().text("CreateTime"), "1234567898");
    EXPECT_EQ(fields.top().text("MsgId"), "12345");
    ASSERT_TRUE(fields_of("F3", fields));
    EXPECT_EQ(fields.top().text("Content"), "test");
    EXPECT_EQ(fields.top().text("FromUserName"), "messense");
    EXPECT_EQ(fields.top().text("MsgId"), "4363689963896700987");
}

TEST(Envelope, RefusesFaultyContents)
{
    auto key = envelope_c();
    for (const auto& vector : vectors::faulty_messages) {
        const auto opened = key.open(vector.encrypt);
        ASSERT_FALSE(opened) << vector.name << ' ' << vector.fault;
        EXPECT_EQ(opened.error(), vector.name == "N4" ? bot::errc::wrong_receiver : bot::errc::bad_envelope);
    }
    EXPECT_EQ(key.open(vector_named("X1").encrypt).value(), std::string(26, 'x'))
        << "the key works on afterwards";
}

TEST(Envelope, RefusesKeysThatAreNone)
{
    for (const std::string_view key :
         {"",
          "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIw",
          "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIwsA",
          "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIw=",
          "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIw$"})
        EXPECT_THROW(envelope(key, "ww6a112864f8022910"), std::invalid_argument) << key;
}

TEST(Envelope, RefusesWhatIsNoBase64OfWholeBlocks)
{
    auto key = envelope_c();
    const std::string good(vector_named("X1").encrypt);
    const std::string_view view = good;
    for (const std::string& bad :
         {std::string(),
          std::string("="),
          std::string("===="),
          std::string("abc"),
          std::string("abcd"),
          good + "====",
          good + "A",
          "A" + good,
          std::string(view.substr(4)),
          std::string(view.substr(0, 64)),
          good.substr(0, 10) + "!" + good.substr(11),
          good.substr(0, 10) + "\xE4" + good.substr(11),
          std::string(view.substr(0, 40)) + "=" + std::string(view.substr(41)),
          std::string(64, 'A'),
          std::string(60'000, 'A')}) {
        const auto opened = key.open(bad);
        ASSERT_FALSE(opened) << bad.substr(0, 80);
        EXPECT_EQ(opened.error(), bot::errc::bad_envelope) << bad.substr(0, 80);
    }
    EXPECT_TRUE(key.open(" \n" + good + "\r\n")) << "an element may be written over lines";
}

TEST(Envelope, RefusesAnotherKeyAndAnotherReceiver)
{
    const auto& vector = vector_named("C2");
    envelope other_key("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", std::string(vector.receive_id));
    EXPECT_FALSE(other_key.open(vector.encrypt));
    for (const std::string id : {"", "wxb11529c136998cb", "wxb11529c136998cb66", "Wxb11529c136998cb6"}) {
        envelope other_id(vector.aes_key, id);
        EXPECT_EQ(other_id.open(vector.encrypt).error(), bot::errc::wrong_receiver) << id;
    }
}

// Every length around the borders of the blocks, so that each of the 32 paddings occurs.
TEST(Envelope, ReadsBackEveryPadding)
{
    auto key = envelope_c();
    random_prefixes prefixes;
    for (std::size_t size = 0; size <= 96; ++size) {
        std::string sealed;
        key.seal(std::string(size, 'm'), prefixes.next(), sealed);
        EXPECT_EQ(sealed.size(), base64_length((38 + size) / 32 * 32 + 32)) << size;
        EXPECT_EQ(key.open(sealed).value(), std::string(size, 'm')) << size;
    }
}

RC_GTEST_PROP(Envelope, ReadsBackAnyBytes, (const std::string& message))
{
    auto key = envelope_c();
    random_prefixes prefixes;
    std::string sealed;
    key.seal(message, prefixes.next(), sealed);
    RC_ASSERT(key.open(sealed).value() == message);
}

RC_GTEST_PROP(
    Envelope,
    NeverCrashesOnBrokenCiphertext,
    (const std::string& message, std::size_t where, std::uint8_t flip)
)
{
    RC_PRE(flip != 0);
    auto key = envelope_c();
    random_prefixes prefixes;
    std::string sealed;
    key.seal(message, prefixes.next(), sealed);
    std::string raw(sealed.size(), '\0');
    raw.resize(decode_base64(sealed, reinterpret_cast<unsigned char*>(raw.data())).value());
    raw[where % raw.size()] = static_cast<char>(raw[where % raw.size()] ^ flip);
    std::string broken;
    append_base64(broken, {reinterpret_cast<const unsigned char*>(raw.data()), raw.size()});
    const auto opened = key.open(broken);
    if (opened) {
        RC_ASSERT(opened->size() <= raw.size());
    }
}

TEST(RandomPrefixes, AreNeverTheSame)
{
    random_prefixes prefixes;
    std::set<std::string> seen;
    for (int i = 0; i < 2000; ++i) {
        const auto fresh = prefixes.next();
        seen.emplace(reinterpret_cast<const char*>(fresh.data()), fresh.size());
    }
    EXPECT_EQ(seen.size(), 2000U);
}

RC_GTEST_PROP(Base64, AgreesWithOpenssl, (const std::string& bytes))
{
    const std::span<const unsigned char> span(
        reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()
    );
    std::string ours;
    append_base64(ours, span);
    std::string theirs(base64_length(bytes.size()) + 1, '\0');
    theirs.resize(static_cast<std::size_t>(EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(theirs.data()), span.data(), static_cast<int>(span.size())
    )));
    RC_ASSERT(ours == theirs);
    std::string back(ours.size() / 4 * 3, '\0');
    const auto size = decode_base64(ours, reinterpret_cast<unsigned char*>(back.data()));
    RC_ASSERT(size.has_value());
    RC_ASSERT(back.substr(0, *size) == bytes);
}

}  // namespace
