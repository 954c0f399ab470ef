#include "bot/wechat/query.hpp"
#include "bot/wechat/envelope.hpp"
#include "bot/wechat/signature.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

using namespace bot::wechat;

TEST(Query, ReadsNamesAndValues)
{
    const auto query =
        query_parameters::parse("signature=abc&timestamp=17&nonce=&openid=o%2D1&flag&&x=a=b").value();
    EXPECT_EQ(query.get("signature"), "abc");
    EXPECT_EQ(query.get("timestamp"), "17");
    EXPECT_EQ(query.find("nonce"), "");
    EXPECT_EQ(query.get("openid"), "o-1");
    EXPECT_EQ(query.find("flag"), "");
    EXPECT_EQ(query.get("x"), "a=b");
    EXPECT_EQ(query.find("absent"), std::nullopt);
    EXPECT_TRUE(query_parameters::parse(""));
}

TEST(Query, DecodesPercentAndPlus)
{
    const auto query = query_parameters::parse("a%62c=%E6%A1%88+%2B%2f&q=1%262").value();
    EXPECT_EQ(query.get("abc"), "案 +/");
    EXPECT_EQ(query.get("q"), "1&2");
}

TEST(Query, RefusesDuplicates)
{
    EXPECT_EQ(query_parameters::parse("nonce=1&nonce=1").error(), bot::errc::bad_message);
    EXPECT_EQ(query_parameters::parse("nonce=1&timestamp=2&%6eonce=3").error(), bot::errc::bad_message);
    EXPECT_EQ(query_parameters::parse("a&a=").error(), bot::errc::bad_message);
}

TEST(Query, RefusesBrokenEscapes)
{
    for (const auto* raw : {"a=%", "a=%1", "a=%zz", "a=%1g", "%=1", "a=%00", "a=%%41"})
        EXPECT_EQ(query_parameters::parse(raw).error(), bot::errc::bad_message) << raw;
    EXPECT_EQ(query_parameters::parse(std::string_view("a=\0b", 4)).error(), bot::errc::bad_message);
}

TEST(Query, RefusesTooMuch)
{
    std::string many;
    for (int i = 0; i < 17; ++i)
        many += "p" + std::to_string(i) + "=1&";
    EXPECT_EQ(query_parameters::parse(many).error(), bot::errc::bad_message);
    EXPECT_EQ(query_parameters::parse("a=" + std::string(8 * 1024, 'x')).error(), bot::errc::bad_message);
    EXPECT_TRUE(query_parameters::parse("a=" + std::string(8 * 1024 - 2, 'x')));
}

// WeCom's echostr is base64; its '+' arrives as it is, as %2B, or already turned into a space.
TEST(Query, PutsThePlusOfBase64Right)
{
    const std::string echo =
        "4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q==";
    std::string encoded = "echostr=";
    append_percent_encoded(encoded, echo);
    for (const auto& raw : {"echostr=" + echo, encoded}) {
        const auto query = query_parameters::parse(raw).value();
        EXPECT_EQ(query.base64("echostr"), echo);
        EXPECT_TRUE(signer().matches(
            "dd6b9c95b495b3f7e2901bfbc76c664930ffdb96",
            {"123456", "1411443780", "437374425", query.base64("echostr")}
        ));
        envelope key("kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR", "wx49f0ab532d5d035a");
        EXPECT_EQ(key.open(query.base64("echostr")).value(), "5927782489442352469");
    }
}

RC_GTEST_PROP(Query, ReadsBackWhatItEncodes, (std::string value))
{
    value.erase(std::remove(value.begin(), value.end(), '\0'), value.end());
    std::string raw = "a=1&v=";
    append_percent_encoded(raw, value);
    raw += "&z=2";
    const auto query = query_parameters::parse(raw);
    RC_ASSERT(query.has_value());
    RC_ASSERT(query->get("v") == value);
    RC_ASSERT(query->get("z") == "2");
}

}  // namespace
