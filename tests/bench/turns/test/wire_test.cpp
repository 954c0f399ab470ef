#include "tests/bench/turns/wire.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

// The generator is checked against published vectors, not against the server: two equal faults would agree.
load::account published()
{
    load::account as;
    as.token = "pamtest";
    as.app_id = "wxb11529c136998cb6";
    return as;
}

std::string sign(load::codec& c, std::vector<std::string_view> parts)
{
    const auto digest = c.sign(parts);
    return {digest.data(), digest.size()};
}

TEST(Wire, SealsThePublishedMessage)
{
    load::codec c(published());
    std::string sealed = "kept";
    c.seal("我是中文abcd123", "aaaabbbbccccdddd", sealed);
    EXPECT_EQ(
        sealed, "keptjn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=="
    );
}

TEST(Wire, SignsInByteOrder)
{
    load::account as;
    load::codec c(as);
    EXPECT_EQ(sign(c, {"weixin", "1700000000", "99"}), "6e154e8bf494df6ffcf2eeea3a31559a59c64b88");
    EXPECT_EQ(sign(c, {"9token", "1700000000", "10"}), "0e31f7a9035268f685f86e39aef9067e0bdcdfb7");
    EXPECT_EQ(sign(c, {"Token", "1700000000", "abc"}), "3c13fb6ec9f637e274e9a0beb132ea1d1aab4b67");
    EXPECT_EQ(
        sign(c, {"RMNlACHlV5ThzfRlVS4D4", "timestamp", "nonce", "encrypt"}),
        "8edac0945683c119ee71c9f6256d76c48aa08a96"
    );
}

struct sealed_message {
    const char* name;
    const char* encrypted;
    const char* clear;  // nullptr: refused
};
class Opens : public testing::TestWithParam<sealed_message> {};

TEST_P(Opens, OnlyWhatIsSound)
{
    load::codec c(published());
    const char* reason = nullptr;
    const auto clear = c.open(GetParam().encrypted, reason);
    EXPECT_EQ(clear, GetParam().clear ? GetParam().clear : "") << reason;
}

INSTANTIATE_TEST_SUITE_P(
    Vectors,
    Opens,
    testing::Values(
        sealed_message{
            "pad32",
            "Q3stYC6hdFzMh9T8HCvyDHDxbrF7f8TfmYxXSN1y2Vbjja9RgRLcXPjzJF67v90V3+"
            "cSUeXVsBz9zy9FS6aOlAKOGPMkX9CsY1Hcm0RGBpai3w0JQLugbmmRSSjGXHj+",
            "xxxxxxxxxxxxxxxxxxxxxxxxxx"
        },
        sealed_message{
            "pad1",
            "Q3stYC6hdFzMh9T8HCvyDHKNXV2kFh0kNSkrOec3Ns3EXJ/6w2ZrymLt+4Xf4dQBbrrdi4bLRoT8sXJkvVW3bg==",
            "xxxxxxxxxxxxxxxxxxxxxxxxx"
        },
        sealed_message{
            "pad17",
            "Q3stYC6hdFzMh9T8HCvyDCGVO9uGWwCBIqkYZiMlD2aabOr3P7CCrQYyXTrKFfSRz1WnctqIOFjH0JzXk+FnEw==",
            "xxxxxxxxx"
        },
        sealed_message{
            "length",
            "Q3stYC6hdFzMh9T8HCvyDLN+7oAK8sIXaMp2+Wdcai6316twwdS2exc309RcUVQjFQvbvBQ+EdcYpXIPAQOZKg==",
            nullptr
        },
        sealed_message{
            "pad33",
            "Q3stYC6hdFzMh9T8HCvyDOKstB5xrxAIe3ABnTlqIfej2/uNYXLGtAZSHxZNFiP6ImtK4PidCoE5nLroyuJnkQ==",
            nullptr
        },
        sealed_message{
            "pad0",
            "Q3stYC6hdFzMh9T8HCvyDOKstB5xrxAIe3ABnTlqIfd8Na7fgs9759bME/0rQMtlqh9ePBBPKTMCkObJZo6C2Q==",
            nullptr
        },
        sealed_message{
            "otherapp",
            "Q3stYC6hdFzMh9T8HCvyDPKBDUtXuW8gsAocpa3J6aflfEAvOPO86FDQkDDMeYlni+n037tRsYNBu9RtKmnZEw==",
            nullptr
        },
        sealed_message{"notbase64", "Q3st*C6h", nullptr},
        sealed_message{"empty", "", nullptr}
    ),
    [](const auto& info) { return info.param.name; }
);

TEST(Wire, RefusesABadKey)
{
    auto as = published();
    as.aes_key.pop_back();
    EXPECT_THROW(load::codec{as}, std::invalid_argument);
    as.aes_key += "$";
    EXPECT_THROW(load::codec{as}, std::invalid_argument);
    as.safe = false;
    EXPECT_NO_THROW(load::codec{as});
}

TEST(Wire, ReadsElements)
{
    std::string text;
    EXPECT_TRUE(load::element("<a><Content><![CDATA[x<y>]]]]><![CDATA[>z]]></Content></a>", "<Content>", text)
    );
    EXPECT_EQ(text, "x<y>]]>z");
    EXPECT_TRUE(load::element("<Content>a&amp;b&lt;&#10;&other;</Content>", "<Content>", text));
    EXPECT_EQ(text, "a&b<\n&other;");
    EXPECT_TRUE(load::element("<Content></Content>", "<Content>", text));
    EXPECT_EQ(text, "");
    EXPECT_FALSE(load::element("<Title>x</Title>", "<Content>", text));
    EXPECT_FALSE(load::element("<Content><![CDATA[cut", "<Content>", text));
}

}  // namespace
