// Bad input at the webhook of the running binary: refused or answered sensibly, counted by reason, never a crash; a good
// message before and after it is answered, and nothing is lost.

#include "bot/wechat/inbound_xml.hpp"
#include "tests/integration/journal_check.hpp"
#include "tests/integration/server_process.hpp"

#include <gtest/gtest.h>

#include <httplib.h>

namespace testing_support {
namespace {

bot::instant now()
{
    return bot::system_clock().now();
}

class Hostile : public testing::TestWithParam<engine> {
protected:
    Hostile()
        : site(GetParam()),
          server(site.serve_arguments()),
          http("127.0.0.1", server.port()),
          citizen(site.account(), "oHostile", {server.port()})
    {
    }

    // Signs and encrypts a clear body as the platform would for this account.
    int post(const std::string& clear, const bot::wechat::account& as)
    {
        bot::wechat::platform_side platform(as);
        const auto push = platform.push(clear, "oHostile", now(), "n" + std::to_string(++nonce_));
        return post_raw(push.query, push.body);
    }

    int post_raw(const std::string& query, const std::string& body)
    {
        const auto response = http.Post("/wechat/main?" + query, body, "text/xml");
        last_body_ = response ? response->body : "";
        return response ? response->status : 0;
    }

    std::string good_xml() { return to_xml(citizen.text("你好")); }

    // The value of a counter line of /metrics that begins with `name`; 0 when there is none.
    double counted(const std::string& name)
    {
        const auto page = http.Get("/metrics");
        if (!page)
            return -1;
        const auto at = page->body.find("\n" + name);
        if (at == std::string::npos)
            return 0;
        const auto end = page->body.find('\n', at + 1);
        const auto line = page->body.substr(at + 1, end - at - 1);
        return std::stod(line.substr(line.rfind(' ')));
    }

    double refused(const std::string& reason)
    {
        return counted("hejie_webhook_refused_total{reason=\"" + reason + "\"}");
    }

    void TearDown() override
    {
        EXPECT_NE(citizen.say("你好").find("<MsgType>"), std::string::npos);
        EXPECT_EQ(server.stop(), 0);
        expect_true_journal(site, embedded_engine(), citizen);
    }

    test_site site;
    server_process server;
    httplib::Client http;
    citizen_client citizen;
    std::string last_body_;

private:
    int nonce_ = 0;
};

TEST_P(Hostile, WrongSignatureIsRefusedAndCounted)
{
    auto account = site.account();
    account.token = "another";
    EXPECT_EQ(post(good_xml(), account), 403);
    EXPECT_EQ(refused("bad_signature"), 1);
}

TEST_P(Hostile, WrongAppIdIsRefusedAndCounted)
{
    auto account = site.account();
    account.app_id = "wxOTHERAPPID000000";
    EXPECT_EQ(post(good_xml(), account), 403);
    EXPECT_EQ(refused("wrong_receiver"), 1);
}

TEST_P(Hostile, WrongKeyIsRefusedAndCounted)
{
    auto account = site.account();
    account.aes_key = "zyxwvutsrqponmlkjihgfedcba9876543210GFEDCBA";
    EXPECT_EQ(post(good_xml(), account), 403);
    EXPECT_EQ(refused("bad_envelope"), 1);
}

TEST_P(Hostile, PlainInSafeModeIsRefusedAndCounted)
{
    auto account = site.account();
    account.configured_mode = bot::wechat::mode::plain;
    EXPECT_EQ(post(good_xml(), account), 403);
    EXPECT_EQ(refused("refused_mode"), 1);
}

TEST_P(Hostile, DoctypeIsRefusedAndCounted)
{
    EXPECT_EQ(post("<!DOCTYPE x [<!ENTITY a \"b\">]>" + good_xml(), site.account()), 403);
    EXPECT_EQ(refused("bad_message"), 1);
}

TEST_P(Hostile, InvalidUtf8IsRefusedAndCounted)
{
    std::string xml = good_xml();
    xml.replace(xml.find("你"), 3, "\xC3\x28\xFF");
    EXPECT_EQ(post(xml, site.account()), 403);
    EXPECT_EQ(refused("bad_message"), 1);
}

TEST_P(Hostile, OneMebibyteBodyIsRefused)
{
    EXPECT_EQ(post_raw("signature=x&timestamp=1&nonce=n", std::string(1 << 20, 'x')), 413);
    EXPECT_EQ(counted("hejie_http_refused_total{reason=\"body_size\"}"), 1);
}

TEST_P(Hostile, OldTimestampIsRefusedAndCounted)
{
    bot::wechat::platform_side platform(site.account());
    const auto push = platform.push(good_xml(), "oHostile", now() - std::chrono::hours(2), "n");
    EXPECT_EQ(post_raw(push.query, push.body), 403);
    EXPECT_EQ(refused("stale"), 1);
}

TEST_P(Hostile, UnknownTypeIsAcknowledged)
{
    std::string xml = good_xml();
    xml.replace(xml.find("<![CDATA[text]]>"), 16, "<![CDATA[hologram]]>");
    EXPECT_EQ(post(xml, site.account()), 200);
    EXPECT_EQ(last_body_, "success");
}

TEST_P(Hostile, OtherAddressesAndMethodsAreToldApart)
{
    EXPECT_EQ(http.Get("/wechat/nobody")->status, 404);
    EXPECT_EQ(http.Delete("/wechat/main")->status, 405);
    EXPECT_EQ(http.Get("/wechat/main")->status, 403);
    EXPECT_EQ(http.Get("/healthz")->status, 200);
    EXPECT_EQ(http.Get("/readyz")->status, 200);
}

INSTANTIATE_TEST_SUITE_P(
    Engines, Hostile, testing::ValuesIn(engines_here()), [](const auto& info) { return name_of(info.param); }
);

}  // namespace
}  // namespace testing_support
